// SPDX-License-Identifier: Apache-2.0
// Which Spec files the words of a command line name.

#ifndef GRAPH_ENGINE_SESSION_SPEC_FILES_H_
#define GRAPH_ENGINE_SESSION_SPEC_FILES_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/load/source_tree.h"
#include "engine/model/label.h"

namespace graph {

// Paths in `tree`, sorted. A word is a pattern (`//x/...`, `:y`, `-//z`), or a
// path: absolute below `root`, or relative to `here`. A folder stands for all
// *.spec in it and below, a pattern for those in the folders of its packages;
// graph-out and what begins with a dot are left out. No words mean the root.
// Fails with kNotFound for what names no Spec file, with kInvalidArgument for
// what lies outside.
absl::StatusOr<std::set<std::string>> FindSpecFiles(
    const SourceTree& tree, absl::string_view root, const PackageName& here,
    const std::vector<std::string>& words);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_SPEC_FILES_H_
