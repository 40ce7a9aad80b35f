// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_DISK_TREE_H_
#define GRAPH_ENGINE_SESSION_DISK_TREE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/load/source_tree.h"
#include "engine/session/request_memory.h"

namespace graph {

// The source tree below a folder of this host. Notes in `reads` the stamp of
// all that it is asked for, taken before it looks.
class DiskTree final : public SourceTree {
 public:
  // `root` is absolute. `reads` outlives the tree.
  DiskTree(std::string root, Reads& reads)
      : root_(std::move(root)), reads_(reads) {}

  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override;
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override;
  EntryKind Stat(absl::string_view path) const override;

 private:
  std::string Absolute(absl::string_view path) const;

  std::string root_;
  Reads& reads_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_DISK_TREE_H_
