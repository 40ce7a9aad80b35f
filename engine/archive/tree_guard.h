// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_ARCHIVE_TREE_GUARD_H_
#define GRAPH_ENGINE_ARCHIVE_TREE_GUARD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// The path that a name in an archive means: `./a//b/` is `a/b`, and the root
// itself is "". Fails with kInvalidArgument if it is absolute, has a `..` part
// or a NUL.
absl::StatusOr<std::string> NormalisedPath(absl::string_view name);

// The tree that an archive describes, as far as it is read, to tell what it may
// add. It knows nothing of the disk, so nothing there can deceive it.
//
// Paths are normalised. Every failure is kInvalidArgument and names the path.
class TreeGuard {
 public:
  // A folder may come as often as it likes; a file or symlink only once, not
  // in place of a folder, and not below a file or symlink.
  absl::Status AddFile(const std::string& path);
  absl::Status AddSymlink(const std::string& path, absl::string_view target);
  absl::Status AddDirectory(const std::string& path);

  bool IsFile(const std::string& path) const;
  // The target of the symlink at `path`, or nullptr.
  const std::string* SymlinkTarget(const std::string& path) const;

  // Whether every symlink stays inside, wherever it goes by way of others.
  // Only the whole tree can tell, so this comes last.
  absl::Status CheckSymlinks() const;

  // Sorted.
  std::vector<std::string> EmptyDirectories() const;

 private:
  struct Node {
    enum class Kind : uint8_t { kFile, kSymlink, kDirectory };
    Kind kind = Kind::kDirectory;
    bool has_children = false;  // kDirectory
    std::string target;         // kSymlink
  };

  absl::Status AddParents(absl::string_view path);
  absl::Status AddLeaf(const std::string& path, Node node);
  bool StaysInside(absl::string_view path, absl::string_view target) const;

  absl::flat_hash_map<std::string, Node> nodes_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_TREE_GUARD_H_
