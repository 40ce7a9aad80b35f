// SPDX-License-Identifier: Apache-2.0
// What a layer is going to hold, as files, trees and archives are put into it
// one after the other.

#ifndef GRAPH_ENGINE_EXEC_LAYER_TREE_H_
#define GRAPH_ENGINE_EXEC_LAYER_TREE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/archive/layer.h"
#include "engine/base/digest.h"

namespace graph {

// Where the bytes of a file are: in a store, or at `offset` of a spool.
struct LayerBytes {
  std::optional<Digest> blob;
  int64_t offset = 0;
};

// The later wins, as where a package is unpacked over others:
//
// - What lies below a symlink goes where that points, within the layer. So does
//   a folder that would take the place of a symlink to a folder.
// - A symlink never takes the place of a folder, nor does an empty folder that
//   is put weakly change one that is there.
// - Where a file would take the place of a folder, it fails.
//
// Every failure is kInvalidArgument and names the path. One thread at a time.
class LayerTree {
 public:
  struct Node {
    LayerEntry entry;  // A kHardLink or kOpaque never.
    LayerBytes bytes;
    bool opaque = false;  // kDirectory
  };

  // `entry.path` is as LayerEntry wants it. A hard link becomes a copy of what
  // it names, which must be there.
  absl::Status Put(LayerEntry entry, LayerBytes bytes = {});
  // A folder, if there is none; 0755 and with the owner told.
  absl::Status PutWeakly(LayerEntry directory);

  // Each pattern is one of merge_tree.h, and must match something.
  absl::Status Drop(absl::string_view pattern);
  absl::Status SetMode(absl::string_view pattern, uint32_t mode);
  absl::Status SetOwner(absl::string_view pattern, uint32_t uid, uint32_t gid);

  // By path.
  const std::map<std::string, Node>& nodes() const { return nodes_; }

 private:
  absl::Status PutDirectory(LayerEntry entry, int hops);
  absl::Status PutLeaf(LayerEntry entry, LayerBytes bytes);
  absl::Status CopyOf(LayerEntry entry);
  absl::StatusOr<std::string> Resolved(const std::string& path) const;
  bool IsFolder(const std::string& path) const;
  bool HasBelow(const std::string& path) const;
  void EraseBelow(const std::string& path);
  template <typename Change>
  absl::Status ForMatches(absl::string_view pattern, const Change& change);

  std::map<std::string, Node> nodes_;
};

// Where `target`, the target of a symlink in the folder `folder`, leads inside
// the root that both are in; links in the way are not followed.
std::string LinkPlace(absl::string_view folder, absl::string_view target);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_LAYER_TREE_H_
