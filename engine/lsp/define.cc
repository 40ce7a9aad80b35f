// SPDX-License-Identifier: Apache-2.0
// Where what stands at a place is made.

#include <optional>
#include <string>
#include <vector>

#include "engine/lsp/features.h"
#include "engine/lsp/labels.h"
#include "engine/lsp/meaning.h"
#include "engine/lsp/names_used.h"
#include "engine/lsp/walk.h"

namespace graph {
namespace {

// load("path", "name"): the path's file, or the name in it.
std::optional<Place> InLoad(Workspace& workspace, const ParsedFile& parsed,
                            uint32_t offset) {
  for (const dsl::LoadStmt* load : parsed.file->loads()) {
    if (!Touches(load->extent, offset)) continue;
    const auto module = workspace.ModuleFile(load->path->value, parsed.id);
    if (!module.has_value() || workspace.Text(*module) == nullptr) continue;
    if (Touches(load->path->extent, offset)) return Place{*module, nullptr, {}};
    for (const dsl::LoadName& each : load->names) {
      if (!Touches(each.local->extent, offset) &&
          !Touches(each.original->extent, offset)) {
        continue;
      }
      const auto made = FindGlobal(workspace, *module, each.original->value);
      if (made.has_value()) return made->place();
    }
  }
  return std::nullopt;
}

// The `"srcs": attr.…` of the rule that a call's argument belongs to.
std::optional<Place> OfArgument(Workspace& workspace, const ParsedFile& parsed,
                                uint32_t offset) {
  std::optional<Place> found;
  TreeVisitor visitor;
  visitor.expression = [&](const dsl::Expr& expr) {
    if (expr.kind != dsl::ExprKind::kCall) return;
    const auto& call = dsl::As<dsl::CallExpr>(expr);
    for (const dsl::Argument& argument : call.arguments) {
      if (argument.kind != dsl::ArgumentKind::kNamed ||
          !Touches(argument.name.extent, offset)) {
        continue;
      }
      const auto made = FindMade(workspace, parsed.id,
                                 DottedName(*parsed.file, *call.callee));
      if (made.has_value()) {
        found = FindParameter(*made, parsed.file->name(argument.name.name));
      }
    }
  };
  Walk(*parsed.file, visitor);
  return found;
}

}  // namespace

std::vector<Place> FindDefinition(Workspace& workspace, const FileId& file,
                                  uint32_t offset) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  if (parsed == nullptr) return {};
  if (auto place = InLoad(workspace, *parsed, offset)) return {*place};
  if (const auto use = NameAt(*parsed->file, offset)) {
    const std::string name(parsed->file->name(use->name));
    if (use->kind == NameUse::Kind::kLocal ||
        use->kind == NameUse::Kind::kGlobal) {
      return {parsed->At(use->binding)};
    }
    const auto made = FindMade(workspace, file, name);
    if (made.has_value()) return {made->place()};
    return {};
  }
  if (const auto label = LabelAt(workspace, *parsed, offset)) {
    if (auto place = FindTargetPlace(workspace, label->label)) return {*place};
    return {};
  }
  if (auto place = OfArgument(workspace, *parsed, offset)) return {*place};
  return {};
}

}  // namespace graph
