// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/entry.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

bool IsCleanPath(absl::string_view path) {
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return path.find('\0') == absl::string_view::npos;
}

// The folder that `path` is in; "" for the root.
absl::string_view Parent(absl::string_view path) {
  size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : path.substr(0, slash);
}

}  // namespace

absl::StatusOr<std::vector<const ArchiveEntry*>> SortedEntries(
    std::span<const ArchiveEntry> entries) {
  std::vector<const ArchiveEntry*> sorted;
  sorted.reserve(entries.size());
  for (const ArchiveEntry& entry : entries) {
    if (!IsCleanPath(entry.path)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", entry.path, "` is no path for an archive"));
    }
    sorted.push_back(&entry);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->path < b->path; });
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i]->path == sorted[i - 1]->path) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", sorted[i]->path, "` comes twice"));
    }
  }

  absl::flat_hash_set<absl::string_view> folders;
  for (const ArchiveEntry* entry : sorted) {
    absl::string_view folder = Parent(entry->path);
    while (!folder.empty() && folders.insert(folder).second) {
      folder = Parent(folder);
    }
  }
  // An empty folder that is not empty after all is implied as others are.
  std::erase_if(sorted, [&](const ArchiveEntry* entry) {
    return entry->kind == ArchiveEntry::Kind::kEmptyDirectory &&
           folders.contains(entry->path);
  });
  for (const ArchiveEntry* entry : sorted) {
    if (folders.contains(entry->path)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", entry->path, "` is both a file and a folder"));
    }
  }
  return sorted;
}

absl::StatusOr<std::string> ReadEntry(const ArchiveEntry& entry,
                                      const BlobReader& read) {
  ASSIGN_OR_RETURN(std::string bytes, read(entry.digest),
                   _ << "reading " << entry.path);
  if (static_cast<int64_t>(bytes.size()) != entry.digest.size()) {
    return absl::DataLossError(absl::StrCat("`", entry.path, "` should have ",
                                            entry.digest.size(),
                                            " bytes and has ", bytes.size()));
  }
  return bytes;
}

}  // namespace graph
