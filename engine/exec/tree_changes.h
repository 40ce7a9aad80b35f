// SPDX-License-Identifier: Apache-2.0
// How a folder that is one tree becomes another.

#ifndef GRAPH_ENGINE_EXEC_TREE_CHANGES_H_
#define GRAPH_ENGINE_EXEC_TREE_CHANGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"

namespace graph {

// What is to be at a path; its `path` is relative to the root of the tree.
struct TreeChange {
  std::string path;
  std::optional<SpawnInput> wanted;  // nullopt: nothing. Its path is not set.
};

struct TreeDifference {
  std::vector<TreeChange> changes;
  // How many entries of the folders that differ are the same in both.
  int64_t same = 0;
};

// How `from` becomes `to`, by what their Directory messages say: only folders
// that differ are looked at. Fails as BlobStore::Get does.
absl::StatusOr<TreeDifference> DifferenceOf(const Digest& from,
                                            const Digest& to, BlobStore& store);

// What in the folder `path`, made as the tree `digest` says, is not sealed or
// not there any more. With `use`, the blobs of the others are used now, and the
// modes of folders are mended. Fails as Get does.
absl::StatusOr<std::vector<TreeChange>> FindBroken(const Digest& digest,
                                                   const std::string& path,
                                                   BlobStore& store,
                                                   bool use = true);

// Makes the changes in the folder `path`, which nobody else changes. Whoever
// reads a file meanwhile has the old one or the new one. Fails as
// BlobStore::Link does.
absl::Status ApplyChanges(const std::vector<TreeChange>& changes,
                          const std::string& path, BlobStore& store);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TREE_CHANGES_H_
