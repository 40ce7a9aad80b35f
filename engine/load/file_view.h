// SPDX-License-Identifier: Apache-2.0
// The files of all repositories as loading sees them: read and listed once,
// and noted.

#ifndef GRAPH_ENGINE_LOAD_FILE_VIEW_H_
#define GRAPH_ENGINE_LOAD_FILE_VIEW_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/mutex.h"
#include "engine/base/packed_string.h"
#include "engine/load/read_log.h"
#include "engine/load/source_tree.h"

namespace graph {

// What is in a folder.
class Listing {
 public:
  explicit Listing(std::vector<SourceEntry> entries)
      : entries_(std::move(entries)) {}

  const std::vector<SourceEntry>& entries() const { return entries_; }
  // kAbsent if there is nothing of that name.
  EntryKind Find(absl::string_view name) const;
  // Whether the folder is a package of its own.
  bool is_package() const;
  // Whether it is the root of a workspace. Below the root of another one, what
  // is in it belongs to that other: `...` and globs do not go there.
  bool is_workspace() const;
  bool is_boundary() const { return is_package() || is_workspace(); }

 private:
  std::vector<SourceEntry> entries_;
};

// Safe for concurrent use.
class FileView {
 public:
  explicit FileView(SourceTrees trees) : trees_(std::move(trees)) {}

  bool HasRepo(absl::string_view repo) const { return trees_.contains(repo); }
  // Not empty; sorted.
  std::vector<absl::string_view> repos() const;

  // Fails with kNotFound, also if there is no such repository. Noted.
  absl::StatusOr<std::string> Read(absl::string_view repo,
                                   absl::string_view path);
  // A folder that cannot be listed is empty. Noted. Lives as long as the view.
  const Listing& List(absl::string_view repo, absl::string_view path);
  // Looks the path up in the listing of its folder, if that was made before;
  // not noted.
  EntryKind Stat(absl::string_view repo, absl::string_view path);

  ReadLog log() const;

 private:
  // By repository, in no order: most are noted once.
  using Paths = absl::flat_hash_map<std::string, std::vector<PackedString>>;

  // Sorted, each once.
  static std::vector<ReadLog::Item> Sorted(const Paths& paths);
  const Listing* FindListing(const ReadLog::Item& key) const
      ABSL_LOCKS_EXCLUDED(mu_);

  const SourceTrees trees_;
  mutable Mutex mu_;
  Paths files_ ABSL_GUARDED_BY(mu_);
  Paths absent_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::pair<std::string, std::string>,
                      std::unique_ptr<const Listing>>
      listings_ ABSL_GUARDED_BY(mu_);
};

// `folder/name`; either alone if the other is empty.
std::string JoinPath(absl::string_view folder, absl::string_view name);
// The folder of a path, "" for the root, and its last part.
std::pair<absl::string_view, absl::string_view> SplitPath(
    absl::string_view path);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_FILE_VIEW_H_
