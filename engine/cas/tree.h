// SPDX-License-Identifier: Apache-2.0
// Directory trees as blobs: build.bazel.remote.execution.v2.Directory, one
// message a folder, each naming its children by digest, so that equal folders
// are one blob and a tree is known by the digest of its root.

#ifndef GRAPH_ENGINE_CAS_TREE_H_
#define GRAPH_ENGINE_CAS_TREE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"

namespace graph {

struct FileNode {
  std::string name;
  Digest digest;
  bool executable = false;
  friend bool operator==(const FileNode&, const FileNode&) = default;
};

struct DirectoryNode {
  std::string name;
  Digest digest;  // Of the child's Directory message.
  friend bool operator==(const DirectoryNode&, const DirectoryNode&) = default;
};

struct SymlinkNode {
  std::string name;
  std::string target;
  friend bool operator==(const SymlinkNode&, const SymlinkNode&) = default;
};

// One folder. Each list is sorted by name, and no name occurs twice.
struct Directory {
  std::vector<FileNode> files;
  std::vector<DirectoryNode> directories;
  std::vector<SymlinkNode> symlinks;

  // The canonical message: what REAPI servers would digest.
  std::string Encode() const;
  // Fails with kDataLoss.
  static absl::StatusOr<Directory> Decode(absl::string_view bytes);

  friend bool operator==(const Directory&, const Directory&) = default;
};

// A file, symlink or empty folder of a tree, for building and walking one.
struct TreeEntry {
  enum class Kind { kFile, kSymlink, kEmptyDirectory };
  Kind kind = Kind::kFile;
  Digest digest;            // kFile
  bool executable = false;  // kFile
  std::string target;       // kSymlink
  friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
};

// Relative path with `/` (no `.`, `..` or empty parts) → what is there.
using TreeEntries = std::map<std::string, TreeEntry, std::less<>>;

// Stores the Directory messages of a tree and returns the digest of its root.
// Fails with kInvalidArgument where a path is both a file and a folder.
absl::StatusOr<Digest> PutTree(const TreeEntries& entries, BlobStore& store);

// Every leaf of the tree at `root`. Fails as Get does.
absl::StatusOr<TreeEntries> GetTree(const Digest& root, BlobStore& store);

// Takes the folder at `path` into the store (see BlobStore::PutFile for
// `consume`) and returns the digest of its root. Device nodes and sockets fail
// with kInvalidArgument.
absl::StatusOr<Digest> PutDirectory(const std::string& path, bool consume,
                                    BlobStore& store);

// Makes the folder `path`, which must not exist, with links to the blobs of the
// tree at `root`.
absl::Status LinkDirectory(const Digest& root, const std::string& path,
                           BlobStore& store);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_TREE_H_
