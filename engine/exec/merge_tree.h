// SPDX-License-Identifier: Apache-2.0
// Laying trees over each other, by digests alone.

#ifndef GRAPH_ENGINE_EXEC_MERGE_TREE_H_
#define GRAPH_ENGINE_EXEC_MERGE_TREE_H_

#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/tree.h"

namespace graph {

// Whether `path`, or a folder that it lies in, is what `pattern` says: `*`
// stands for any letters of one part of a path, `**` as a part for any number
// of parts.
bool MatchesPattern(absl::string_view pattern, absl::string_view path);

// Fails with kInvalidArgument for a pattern that matches nothing.
absl::Status RemoveMatches(std::span<const std::string> patterns,
                           TreeEntries& entries);

// As RemoveMatches, of what there may be or not.
void DiscardMatches(std::span<const std::string> patterns,
                    TreeEntries& entries);

// What lies below the folder `strip` of `entries` ("": all), as a tree of its
// own. Fails with kInvalidArgument if nothing does.
absl::StatusOr<TreeEntries> Below(absl::string_view strip, TreeEntries entries);

// Puts `layer` over `tree`, below the folder `prefix` ("": the root). A file
// replaces a file; fails with kInvalidArgument where a file and a folder meet.
absl::Status Overlay(const TreeEntries& layer, absl::string_view prefix,
                     TreeEntries& tree);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_MERGE_TREE_H_
