// SPDX-License-Identifier: Apache-2.0
// Who holds `kept` alone, for the moment in which a folder loses its name, also
// holds the lock of the name: so whoever has that lock finds a folder if it is
// there.
#include "engine/cas/folder_store.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/last_use.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

using Mode = FileLock::Mode;

std::string MarkOf(const std::string& folder) {
  return absl::StrCat(folder, "/kept");
}

// The lock of the folder at `path`, if it can be had now.
std::optional<FileLock> TryHold(const std::string& path, Mode mode) {
  const std::string mark = MarkOf(path);
  auto lock = FileLock::TryAcquire(mark, mode);
  if (!lock.ok() || !lock->has_value() || !(*lock)->IsAt(mark)) {
    return std::nullopt;
  }
  return *std::move(lock);
}

// Says in `kept` that the folder is used now.
absl::Status MarkFolderUsed(const std::string& path) {
  const std::string mark = MarkOf(path);
  ASSIGN_OR_RETURN(const FileState state, LinkStat(mark));
  if (state.mtime_ns / 1'000'000'000 + kUseGrainS > NowSeconds()) {
    return absl::OkStatus();
  }
  return WriteFile(mark, "");
}

}  // namespace

std::string FolderStore::PathOf(const std::string& name) const {
  return absl::StrCat(root_, "/", name);
}

std::string FolderStore::LockPath(const std::string& name) const {
  return absl::StrCat(root_, "/locks/", name.substr(0, 2));
}

std::optional<FolderHold> FolderStore::Find(const std::string& name) const {
  std::string path = PathOf(name);
  std::optional<FileLock> lock = TryHold(path, Mode::kShared);
  if (!lock.has_value()) return std::nullopt;
  MarkFolderUsed(path).IgnoreError();
  return FolderHold(*std::move(lock), std::move(path));
}

absl::StatusOr<FolderHold> FolderStore::FindOrMake(const std::string& name,
                                                   const Maker& make) {
  std::optional<FolderHold> found = Find(name);
  if (found.has_value()) return *std::move(found);
  RETURN_IF_ERROR(MakeDirectories(absl::StrCat(root_, "/locks")));
  ASSIGN_OR_RETURN(const FileLock making,
                   FileLock::Acquire(LockPath(name), Mode::kExclusive));
  found = Find(name);
  if (found.has_value()) return *std::move(found);
  const std::string unfinished = absl::StrCat(root_, "/unfinished-", name);
  RETURN_IF_ERROR(RemoveTree(unfinished));
  absl::Status made = make(unfinished);
  if (made.ok()) made = WriteFile(MarkOf(unfinished), "");
  if (made.ok()) made = Rename(unfinished, PathOf(name));
  if (!made.ok()) {
    RemoveTree(unfinished).IgnoreError();
    return made;
  }
  found = Find(name);
  if (found.has_value()) return *std::move(found);
  return absl::UnavailableError(
      absl::StrCat("cannot lock ", MarkOf(PathOf(name))));
}

bool FolderStore::Take(const std::string& name, const std::string& wanted,
                       const std::string& path) {
  std::optional<FileLock> removing;
  if (LockPath(name) != LockPath(wanted)) {
    auto lock = FileLock::TryAcquire(LockPath(name), Mode::kExclusive);
    if (!lock.ok() || !lock->has_value()) return false;
    removing = *std::move(lock);
  }
  const std::optional<FileLock> alone = TryHold(PathOf(name), Mode::kExclusive);
  return alone.has_value() && Rename(PathOf(name), path).ok();
}

}  // namespace graph
