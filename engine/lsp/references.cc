// SPDX-License-Identifier: Apache-2.0
// Where else the same thing is named.

#include <string>
#include <utility>
#include <vector>

#include "engine/lsp/features.h"
#include "engine/lsp/labels.h"
#include "engine/lsp/names_used.h"
#include "engine/lsp/target_uses.h"

namespace graph {

std::vector<Place> FindReferences(Workspace& workspace, const FileId& file,
                                  uint32_t offset, bool with_declaration) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  std::vector<Place> places;
  if (parsed == nullptr) return places;
  if (const auto use = NameAt(*parsed->file, offset)) {
    for (const NameUse& each : NamesUsed(*parsed->file)) {
      if (each.kind != use->kind || each.name != use->name ||
          !(each.binding == use->binding) ||
          (!with_declaration && each.extent == use->binding)) {
        continue;
      }
      places.push_back(parsed->At(each.extent));
    }
    return places;
  }
  const std::optional<Label> label = TargetAt(workspace, *parsed, offset);
  if (!label.has_value()) return places;
  const TargetUses uses = FindTargetUses(workspace, *label);
  if (with_declaration && uses.declaration.has_value()) {
    places.push_back(*uses.declaration);
  }
  for (const TargetUse& each : uses.uses) places.push_back(each.place);
  return places;
}

}  // namespace graph
