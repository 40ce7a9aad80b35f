// SPDX-License-Identifier: Apache-2.0
// Every place that names one target, in the files of a workspace.

#ifndef GRAPH_ENGINE_LSP_TARGET_USES_H_
#define GRAPH_ENGINE_LSP_TARGET_USES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/lsp/labels.h"
#include "engine/lsp/workspace.h"
#include "engine/model/label.h"

namespace graph {

struct TargetUse {
  Place place;  // Without quotes.
  std::string text;
};

struct TargetUses {
  // The name in the call that declares it, without quotes; nothing if no call
  // in the build file says that name.
  std::optional<Place> declaration;
  bool plain_declaration = true;  // The literal is the name itself.
  std::vector<TargetUse> uses;
  // Files that name it perhaps, but have errors of syntax.
  std::vector<FileId> broken;
};

TargetUses FindTargetUses(Workspace& workspace, const Label& target);

// The target that is declared, or named, at a place.
std::optional<Label> TargetAt(Workspace& workspace, const ParsedFile& file,
                              uint32_t offset);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_TARGET_USES_H_
