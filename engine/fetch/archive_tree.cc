// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/archive_tree.h"

#include <set>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/archive/extract.h"
#include "engine/archive/tree_guard.h"
#include "engine/fetch/lock.h"
#include "engine/fetch/store_sink.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr size_t kMostNamesShown = 5;

absl::StatusOr<TreeEntries> ExtractedIn(const std::string& scratch,
                                        const Digest& archive,
                                        absl::string_view strip_prefix,
                                        BlobStore& store,
                                        const Cancellation& cancellation) {
  const std::string path = scratch + "/archive";
  RETURN_IF_ERROR(store.Link(archive, /*executable=*/false, path));
  StoreSink sink(store, scratch);
  RETURN_IF_ERROR(Extract(path, {.strip_prefix = std::string(strip_prefix)},
                          sink, cancellation));
  return sink.entries();
}

// A symlink that stayed in the archive may leave the folder.
absl::Status CheckLinks(const TreeEntries& entries) {
  TreeGuard guard;
  for (const auto& [path, entry] : entries) {
    switch (entry.kind) {
      case TreeEntry::Kind::kFile:
        RETURN_IF_ERROR(guard.AddFile(path));
        break;
      case TreeEntry::Kind::kSymlink:
        RETURN_IF_ERROR(guard.AddSymlink(path, entry.target));
        break;
      case TreeEntry::Kind::kEmptyDirectory:
        RETURN_IF_ERROR(guard.AddDirectory(path));
        break;
    }
  }
  return guard.CheckSymlinks();
}

}  // namespace

absl::StatusOr<TreeEntries> TreeOfArchive(const Digest& archive,
                                          absl::string_view strip_prefix,
                                          const FetchContext& context,
                                          BlobStore& store,
                                          const Cancellation& cancellation) {
  // A name of its own, so that what a killed build left is found and removed.
  const std::string folder = context.cache_dir + "/downloads";
  const std::string name = absl::StrCat(folder, "/", archive.hex());
  const std::string scratch = name + ".unpack";
  RETURN_IF_ERROR(MakeDirectories(folder));
  ASSIGN_OR_RETURN(FileLock lock,
                   AcquireOrCancel(name + ".lock", cancellation));
  RETURN_IF_ERROR(RemoveTree(scratch));
  RETURN_IF_ERROR(MakeDirectory(scratch));
  const bool without_top = strip_prefix == kTopFolder;
  absl::StatusOr<TreeEntries> tree = ExtractedIn(
      scratch, archive, without_top ? "" : strip_prefix, store, cancellation);
  const absl::Status removed = RemoveTree(scratch);
  RETURN_IF_ERROR(tree.status());
  RETURN_IF_ERROR(removed);
  return without_top ? WithoutTopFolder(*tree) : tree;
}

absl::StatusOr<TreeEntries> WithoutTopFolder(const TreeEntries& entries) {
  std::set<std::string> names;
  bool all_in_folders = true;
  TreeEntries below;
  for (const auto& [path, entry] : entries) {
    const size_t slash = path.find('/');
    names.insert(path.substr(0, slash));
    if (slash != std::string::npos) {
      below[path.substr(slash + 1)] = entry;
    } else if (entry.kind != TreeEntry::Kind::kEmptyDirectory) {
      all_in_folders = false;
    }
    if (names.size() > kMostNamesShown) break;
  }
  if (names.size() == 1 && all_in_folders) {
    RETURN_IF_ERROR(CheckLinks(below));
    return below;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "the archive does not lie in one folder, which `strip_prefix` \"",
      kTopFolder, "\" would take: at its top are ",
      names.empty() ? "no files" : absl::StrJoin(names, ", "),
      "; name the folder, or none"));
}

}  // namespace graph
