// SPDX-License-Identifier: Apache-2.0
// What analysis makes of targets: the actions that would build them, and what
// each target that was asked for gives. Plain values; no text of the language
// is needed any more.

#ifndef GRAPH_ENGINE_ANALYZE_ANALYSIS_H_
#define GRAPH_ENGINE_ANALYZE_ANALYSIS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/action/action.h"
#include "engine/model/label.h"

namespace graph {

// A target that was asked for, for one configuration.
struct ConfiguredTarget {
  Label label;
  std::string kind;               // `genrule rule`, `source file`.
  std::vector<ArtifactId> files;  // What `graph build` shows; each once.
  // What `graph run` starts, with `args` and `env`, and what it needs beside
  // itself when it runs, sorted by id.
  std::optional<ArtifactId> executable;
  std::vector<ArtifactId> runfiles;
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;  // Sorted by name.
  // Of a test its own, of a suite those of all its tests; sorted.
  std::vector<ActionId> tests;
};

struct Analysis {
  // Holds the actions of all targets that were looked at, wanted or not.
  ActionGraph graph;
  std::vector<ConfiguredTarget> targets;  // As asked for, in that order.
  // Of each Debian package in Action::packages, the target that asks for it;
  // not of the default ones.
  absl::flat_hash_map<std::string, Label> asked_by;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_ANALYSIS_H_
