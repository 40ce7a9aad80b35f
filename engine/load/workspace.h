// SPDX-License-Identifier: Apache-2.0
// The settings of a workspace, and the versions that all of it shares: what
// WORKSPACE.spec says in its call of workspace(), and behind it.

#ifndef GRAPH_ENGINE_LOAD_WORKSPACE_H_
#define GRAPH_ENGINE_LOAD_WORKSPACE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/environment.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/load/declared_version.h"
#include "engine/load/source_tree.h"

namespace graph {

inline constexpr absl::string_view kWorkspaceFileName = "WORKSPACE.spec";

// Empty, or 0: not said.
struct WorkspaceSettings {
  std::string name;             // Mandatory.
  std::string minimum_version;  // Of the tool: `0.1.0`.
  std::string default_platform;
  std::vector<std::string> default_configs;
  std::string isolation;
  int64_t jobs = 0;
  std::vector<DeclaredVersion> versions;  // In their order.
};

// Reads kWorkspaceFileName of `tree`, which is shown as `WORKSPACE.spec` in
// diagnostics. Fails with kNotFound if there is none; with kInvalidArgument and
// diagnostics (see diagnosed.h) if it is wrong, asks for a newer tool than
// `tool_version`, or names a setting that does not exist; `report`, if
// given, takes those diagnostics too.
absl::StatusOr<WorkspaceSettings> LoadWorkspace(
    const SourceTree& tree, std::shared_ptr<const dsl::Environment> universe,
    absl::string_view tool_version,
    const std::function<void(const dsl::Diagnostic&)>& report = nullptr);

// What WORKSPACE.spec knows without binding it.
std::shared_ptr<const dsl::Environment> WorkspaceNames(
    std::shared_ptr<const dsl::Environment> universe);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_WORKSPACE_H_
