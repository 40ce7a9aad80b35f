// SPDX-License-Identifier: Apache-2.0
// What is said of the thing at a place.

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/docs/builtin_docs.h"
#include "engine/docs/rule_text.h"
#include "engine/load/place.h"
#include "engine/lsp/describe.h"
#include "engine/lsp/features.h"
#include "engine/lsp/labels.h"
#include "engine/lsp/meaning.h"
#include "engine/lsp/names_used.h"
#include "engine/lsp/walk.h"

namespace graph {
namespace {

// What lies at an offset, the innermost of each.
struct Spot {
  const dsl::DotExpr* dot = nullptr;        // The cursor is on its name.
  const dsl::CallExpr* call = nullptr;      // The cursor is on the name of
  const dsl::Argument* argument = nullptr;  // this argument of it.
};

Spot FindSpot(const dsl::File& file, uint32_t offset) {
  Spot spot;
  TreeVisitor visitor;
  visitor.expression = [&](const dsl::Expr& expr) {
    if (expr.kind == dsl::ExprKind::kDot) {
      const auto& dot = dsl::As<dsl::DotExpr>(expr);
      if (Touches(dot.name.extent, offset)) spot.dot = &dot;
    } else if (expr.kind == dsl::ExprKind::kCall) {
      const auto& call = dsl::As<dsl::CallExpr>(expr);
      for (const dsl::Argument& argument : call.arguments) {
        if (argument.kind == dsl::ArgumentKind::kNamed &&
            Touches(argument.name.extent, offset)) {
          spot.call = &call;
          spot.argument = &argument;
        }
      }
    }
  };
  Walk(file, visitor);
  return spot;
}

std::optional<HoverText> OfName(Workspace& workspace, const ParsedFile& parsed,
                                const NameUse& use) {
  const std::string name(parsed.file->name(use.name));
  const Place place = parsed.At(use.extent);
  if (use.kind == NameUse::Kind::kLocal) {
    return HoverText{Code(LineOf(parsed.At(use.binding))), place};
  }
  const std::string text = DescribeName(workspace, parsed.id, name);
  if (text.empty()) return std::nullopt;
  return HoverText{text, place};
}

std::optional<HoverText> OfArgument(Workspace& workspace,
                                    const ParsedFile& parsed,
                                    const Spot& spot) {
  const std::string callee = DottedName(*parsed.file, *spot.call->callee);
  const std::string name(parsed.file->name(spot.argument->name.name));
  const Place place = parsed.At(spot.argument->name.extent);
  if (const RuleClass* rule = RuleNamed(workspace, parsed.id, callee)) {
    const auto index = rule->Find(name);
    if (index.has_value()) {
      return HoverText{AttributeText(rule->attributes()[*index]), place};
    }
  }
  const auto made = FindMade(workspace, parsed.id, callee);
  if (!made.has_value()) return std::nullopt;
  const auto parameter = FindParameter(*made, name);
  if (!parameter.has_value()) return std::nullopt;
  return HoverText{Code(LineOf(*parameter)), place};
}

std::optional<HoverText> OfLabel(Workspace& workspace, const ParsedFile& parsed,
                                 const LabelText& label) {
  const std::optional<Place> place = FindTargetPlace(workspace, label.label);
  if (!place.has_value()) return std::nullopt;
  return HoverText{DescribeTarget(workspace, label.label, *place),
                   parsed.At(label.extent)};
}

std::optional<HoverText> OfLoad(Workspace& workspace, const ParsedFile& parsed,
                                uint32_t offset) {
  for (const dsl::LoadStmt* load : parsed.file->loads()) {
    const auto module = workspace.ModuleFile(load->path->value, parsed.id);
    if (!module.has_value()) continue;
    if (Touches(load->path->extent, offset)) {
      const auto loaded = workspace.Parsed(*module);
      if (loaded == nullptr) return std::nullopt;
      const dsl::StringExpr* doc = loaded->file->doc();
      return HoverText{
          absl::StrCat(Code(DisplayPath(module->repo, module->path)),
                       doc == nullptr ? "" : PlainDoc(doc->value)),
          parsed.At(load->path->extent)};
    }
    for (const dsl::LoadName& each : load->names) {
      if (!Touches(each.original->extent, offset)) continue;
      const std::string text = DescribeName(
          workspace, parsed.id, parsed.file->name(each.local->name));
      if (!text.empty()) {
        return HoverText{text, parsed.At(each.original->extent)};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<HoverText> Hover(Workspace& workspace, const FileId& file,
                               uint32_t offset) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  if (parsed == nullptr) return std::nullopt;
  if (auto hover = OfLoad(workspace, *parsed, offset)) return hover;
  if (const auto use = NameAt(*parsed->file, offset)) {
    return OfName(workspace, *parsed, *use);
  }
  const Spot spot = FindSpot(*parsed->file, offset);
  if (spot.dot != nullptr) {
    const std::string text = DescribeMember(workspace, *parsed, *spot.dot);
    if (text.empty()) return std::nullopt;
    return HoverText{text, parsed->At(spot.dot->name.extent)};
  }
  if (spot.argument != nullptr) return OfArgument(workspace, *parsed, spot);
  if (const auto label = LabelAt(workspace, *parsed, offset)) {
    return OfLabel(workspace, *parsed, *label);
  }
  return std::nullopt;
}

}  // namespace graph
