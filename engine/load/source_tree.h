// SPDX-License-Identifier: Apache-2.0
// Where the files of a repository come from: a folder of the host, or the rules
// that are compiled in.

#ifndef GRAPH_ENGINE_LOAD_SOURCE_TREE_H_
#define GRAPH_ENGINE_LOAD_SOURCE_TREE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// What is at a path, symlinks followed. A link that leads nowhere, a socket and
// the like are absent.
enum class EntryKind : uint8_t { kAbsent, kFile, kDirectory };

struct SourceEntry {
  std::string name;
  EntryKind kind = EntryKind::kFile;
  // Is a symlink. Linked folders are not walked into by `...` and `**`.
  bool linked = false;

  friend bool operator==(const SourceEntry&, const SourceEntry&) = default;
};

// Paths are relative to its root, with `/`; the root itself is "". Safe for
// concurrent use.
class SourceTree {
 public:
  virtual ~SourceTree() = default;

  // Fails with kNotFound if there is no such file.
  virtual absl::StatusOr<std::string> ReadFile(
      absl::string_view path) const = 0;
  // Sorted by name; a folder that is not there is empty.
  virtual absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const = 0;
  virtual EntryKind Stat(absl::string_view path) const = 0;
};

// A tree of given files. The bytes are copied. Not safe for Add() while others
// read.
class MemoryTree : public SourceTree {
 public:
  MemoryTree() = default;
  explicit MemoryTree(
      const std::vector<std::pair<std::string, std::string>>& files);

  // Adds or replaces; the folders above come into being. REQUIRES: no file is
  // where a folder has to be.
  void Add(absl::string_view path, absl::string_view text);
  void Remove(absl::string_view path);

  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override;
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override;
  EntryKind Stat(absl::string_view path) const override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

// By name; the workspace itself is "". The trees outlive their users.
using SourceTrees = std::map<std::string, const SourceTree*, std::less<>>;

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_SOURCE_TREE_H_
