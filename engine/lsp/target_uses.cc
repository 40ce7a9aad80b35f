// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/target_uses.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "engine/lsp/cursor.h"
#include "engine/lsp/names_used.h"

namespace graph {
namespace {

void AddDeclaration(const ParsedFile& parsed, const Label& target,
                    TargetUses& uses) {
  for (const TargetCall& call : TargetCalls(parsed)) {
    if (call.name->value != target.name()) continue;
    const dsl::Extent body = BodyOf(*parsed.source, call.name->extent);
    uses.declaration = parsed.At(body);
    uses.plain_declaration = parsed.source->Text(body) == target.name();
    return;
  }
}

}  // namespace

TargetUses FindTargetUses(Workspace& workspace, const Label& target) {
  TargetUses uses;
  for (const FileId& file : workspace.SpecFiles(/*modules_too=*/true)) {
    const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
    // Whoever names it says its name, or its package's as a whole.
    const size_t slash = target.package().rfind('/');
    const absl::string_view folder = slash == absl::string_view::npos
                                         ? target.package()
                                         : target.package().substr(slash + 1);
    if (source == nullptr ||
        (!absl::StrContains(source->text(), target.name()) &&
         target.name() != folder)) {
      continue;
    }
    const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
    if (parsed == nullptr) continue;
    if (!parsed->whole) {
      uses.broken.push_back(file);
      continue;
    }
    if (file == BuildFileOf(target)) AddDeclaration(*parsed, target, uses);
    for (LabelText& label : LabelsIn(workspace, *parsed)) {
      if (label.label == target) {
        uses.uses.push_back({parsed->At(label.extent), std::move(label.text)});
      }
    }
  }
  return uses;
}

std::optional<Label> TargetAt(Workspace& workspace, const ParsedFile& file,
                              uint32_t offset) {
  for (const TargetCall& call : TargetCalls(file)) {
    if (!Touches(call.name->extent, offset)) continue;
    absl::StatusOr<Label> label =
        Label::Create(file.id.repo, file.id.folder(), call.name->value);
    if (label.ok()) return *std::move(label);
  }
  if (auto label = LabelAt(workspace, file, offset)) return label->label;
  return std::nullopt;
}

}  // namespace graph
