// SPDX-License-Identifier: Apache-2.0
// Who holds `kept` alone, for the moment in which a folder loses its name, also
// holds the lock of the name: so whoever has that lock finds a folder if it is
// there.
#include "engine/cas/folder_store.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/cas/last_use.h"
#include "engine/cas/store_layout.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

using Mode = FileLock::Mode;

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr absl::string_view kUnfinished = "unfinished-";

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

// nullopt if nobody noted it.
std::optional<int64_t> SpaceOf(const std::string& path) {
  const std::string text = ReadFile(MarkOf(path)).value_or("");
  int64_t space = 0;
  if (!absl::SimpleAtoi(text, &space) || space < 0) return std::nullopt;
  return space;
}

// To write it is to say that the folder is used now.
absl::Status NoteSpace(const std::string& path, int64_t space) {
  return WriteFile(MarkOf(path), absl::StrCat(space, "\n"));
}

absl::Status MarkFolderUsed(const std::string& path) {
  ASSIGN_OR_RETURN(const FileState state, LinkStat(MarkOf(path)));
  if (state.mtime_ns / kSecondNs + kUseGrainS > NowSeconds()) {
    return absl::OkStatus();
  }
  return NoteSpace(path, SpaceOf(path).value_or(0));
}

// Adds up what folders take.
class Sum {
 public:
  // Without `files`, only folders are looked at: all files are the store's.
  Sum(FolderStore::Links links, bool files) : links_(links), files_(files) {}

  // What is there and was not in an earlier folder. A file that has names
  // elsewhere, too, counts as that says who made it first.
  int64_t Of(const std::string& path, bool others_count) {
    auto entries = ListDirectory(path);
    auto own = LinkStat(path);
    if (!entries.ok() || !own.ok()) return 0;
    int64_t space = SpaceOfFile(std::max<int64_t>(own->size, 1));
    for (const DirectoryEntry& entry : *entries) {
      const std::string child = absl::StrCat(path, "/", entry.name);
      if (entry.type == FileType::kDirectory) {
        space += Of(child, others_count);
      } else if (files_) {
        auto state = LinkStat(child);
        if (state.ok() && Counts(*state, others_count)) {
          space += SpaceOfFile(state->size);
        }
      }
    }
    return space;
  }

 private:
  bool Counts(const FileState& file, bool others_count) {
    if (file.links < 2) return true;
    return links_ == FolderStore::Links::kAmongFolders && others_count &&
           seen_.insert(file.inode).second;
  }

  const FolderStore::Links links_;
  const bool files_;
  absl::flat_hash_set<uint64_t> seen_;
};

bool IsName(absl::string_view name) {
  constexpr size_t kHex = 64;
  return name.size() == kHex &&
         name.find_first_not_of("0123456789abcdef") == name.npos;
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
                                                   const Maker& make) const {
  std::optional<FolderHold> found = Find(name);
  if (found.has_value()) return *std::move(found);
  RETURN_IF_ERROR(MakeDirectories(absl::StrCat(root_, "/locks")));
  ASSIGN_OR_RETURN(const FileLock making,
                   FileLock::Acquire(LockPath(name), Mode::kExclusive));
  found = Find(name);
  if (found.has_value()) return *std::move(found);
  const std::string unfinished = PathOf(absl::StrCat(kUnfinished, name));
  RETURN_IF_ERROR(RemoveTree(unfinished));
  absl::Status made = make(unfinished);
  if (made.ok()) {
    // One that was taken has its number.
    std::optional<int64_t> space = SpaceOf(unfinished);
    if (!space.has_value()) {
      space = SpaceOfFile(1) +  // For `kept`.
              Sum(links_, links_ == Links::kAmongFolders).Of(unfinished, false);
    }
    made = NoteSpace(unfinished, *space);
  }
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
                       const std::string& path) const {
  std::optional<FileLock> removing;
  if (LockPath(name) != LockPath(wanted)) {
    removing = TryLock(name);
    if (!removing.has_value()) return false;
  }
  const std::optional<FileLock> alone = TryHold(PathOf(name), Mode::kExclusive);
  return alone.has_value() && Rename(PathOf(name), path).ok();
}

// --- Housekeeping ------------------------------------------------------------

std::vector<KeptFolder> FolderStore::List() const {
  std::vector<KeptFolder> all;
  auto root = LinkStat(root_);
  if (!root.ok() || root->type != FileType::kDirectory) return all;
  auto entries = ListDirectory(root_);
  if (!entries.ok()) return all;
  for (DirectoryEntry& entry : *entries) {
    if (!IsName(entry.name) || entry.type != FileType::kDirectory) continue;
    const std::string path = PathOf(entry.name);
    KeptFolder folder{std::move(entry.name), SpaceOf(path).value_or(0), 0};
    // One that an older release made was used when it was made, at least.
    auto state = LinkStat(MarkOf(path));
    if (!state.ok()) state = LinkStat(path);
    if (!state.ok()) continue;
    folder.last_use = state->mtime_ns / kSecondNs;
    all.push_back(std::move(folder));
  }
  return all;
}

std::vector<KeptFolder> FolderStore::Measure() const {
  std::vector<KeptFolder> all = List();
  Sum sum(links_, /*files=*/true);
  for (KeptFolder& folder : all) {
    const std::string path = PathOf(folder.name);
    const int64_t space = sum.Of(path, true);
    if (space == std::exchange(folder.space, space)) continue;
    // That is no use of it.
    auto mark = InputFile::Open(MarkOf(path));
    auto state = LinkStat(MarkOf(path));
    if (NoteSpace(path, space).ok() && mark.ok() && state.ok()) {
      mark->Seal(state->mode, state->mtime_ns).IgnoreError();
    }
  }
  return all;
}

std::optional<FileLock> FolderStore::TryLock(const std::string& name) const {
  if (!MakeDirectories(absl::StrCat(root_, "/locks")).ok()) return std::nullopt;
  auto lock = FileLock::TryAcquire(LockPath(name), Mode::kExclusive);
  return lock.ok() ? *std::move(lock) : std::nullopt;
}

bool FolderStore::IsHeld(const std::string& name) const {
  const std::optional<FileLock> lock = TryLock(name);
  if (!lock.has_value()) return true;
  return Exists(PathOf(name)) &&
         !TryHold(PathOf(name), Mode::kExclusive).has_value();
}

bool FolderStore::Remove(const std::string& name) const {
  const std::optional<FileLock> lock = TryLock(name);
  if (!lock.has_value()) return false;
  const std::string unfinished = PathOf(absl::StrCat(kUnfinished, name));
  if (!RemoveTree(unfinished).ok()) return false;
  {
    const std::optional<FileLock> alone =
        TryHold(PathOf(name), Mode::kExclusive);
    if (!alone.has_value() || !Rename(PathOf(name), unfinished).ok()) {
      return false;
    }
  }
  // Should it stop halfway, it is found by that name.
  RemoveTree(unfinished).IgnoreError();
  return true;
}

std::vector<std::string> FolderStore::Leftovers(bool remove) const {
  std::vector<std::string> found;
  auto entries = ListDirectory(root_);
  if (!entries.ok()) return found;
  for (const DirectoryEntry& entry : *entries) {
    absl::string_view name = entry.name;
    if (!absl::ConsumePrefix(&name, kUnfinished)) continue;
    std::optional<FileLock> lock;
    // Older releases called them otherwise, and made them under another lock.
    if (IsName(name)) {
      lock = TryLock(std::string(name));
      if (!lock.has_value() || !Exists(PathOf(entry.name))) continue;
    }
    if (!remove || RemoveTree(PathOf(entry.name)).ok()) {
      found.push_back(entry.name);
    }
  }
  return found;
}

std::vector<std::string> FolderStore::Strays(
    std::span<const absl::string_view> own) const {
  std::vector<std::string> strays;
  auto entries = ListDirectory(root_);
  if (!entries.ok()) return strays;
  for (const DirectoryEntry& entry : *entries) {
    absl::string_view name = entry.name;
    if (name == "locks" || IsName(name)) continue;
    if (absl::StartsWith(name, kUnfinished)) continue;
    const bool known =
        std::any_of(own.begin(), own.end(), [&](absl::string_view beginning) {
          return absl::StartsWith(entry.name, beginning);
        });
    if (!known) strays.push_back(entry.name);
  }
  return strays;
}

}  // namespace graph
