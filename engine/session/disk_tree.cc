// SPDX-License-Identifier: Apache-2.0
#include "engine/session/disk_tree.h"

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

EntryKind KindOf(FileType type) {
  if (type == FileType::kRegular) return EntryKind::kFile;
  if (type == FileType::kDirectory) return EntryKind::kDirectory;
  return EntryKind::kAbsent;
}

}  // namespace

std::string DiskTree::Absolute(absl::string_view path) const {
  return path.empty() ? root_ : absl::StrCat(root_, "/", path);
}

absl::StatusOr<std::string> DiskTree::ReadFile(absl::string_view path) const {
  const std::string absolute = Absolute(path);
  reads_.Add(absolute, SettledStamp(absolute));
  return graph::ReadFile(absolute);
}

absl::StatusOr<std::vector<SourceEntry>> DiskTree::List(
    absl::string_view path) const {
  const std::string absolute = Absolute(path);
  reads_.Add(absolute, SettledStamp(absolute));
  absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(absolute);
  if (absl::IsNotFound(entries.status())) return std::vector<SourceEntry>();
  RETURN_IF_ERROR(entries.status());
  std::vector<SourceEntry> result;
  for (DirectoryEntry& entry : *entries) {
    const bool linked = entry.type == FileType::kSymlink;
    // Where a link leads may change without its folder.
    const EntryKind kind =
        linked ? Stat(absl::StrCat(path, path.empty() ? "" : "/", entry.name))
               : KindOf(entry.type);
    if (kind != EntryKind::kAbsent) {
      result.push_back({std::move(entry.name), kind, linked});
    }
  }
  return result;
}

EntryKind DiskTree::Stat(absl::string_view path) const {
  const std::string absolute = Absolute(path);
  const FileStamp stamp = SettledStamp(absolute);
  reads_.Add(absolute, stamp);
  return KindOf(TypeOf(stamp));
}

}  // namespace graph
