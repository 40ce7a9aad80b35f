// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/tree_store.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/exec/tree_changes.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// How many trees of a place are remembered: different workspaces have the same
// places.
constexpr size_t kMostOthers = 4;

absl::Status AddFresh(const Digest& digest, const std::string& path,
                      BlobStore& store) {
  RETURN_IF_ERROR(MakeDirectory(path));
  return LinkDirectory(digest, absl::StrCat(path, "/tree"), store);
}

}  // namespace

TreeStore::Known& TreeStore::KnownOf(const Digest& digest) {
  MutexLock lock(&mu_);
  std::unique_ptr<Known>& known = known_[digest];
  if (known == nullptr) known = std::make_unique<Known>();
  return *known;
}

// Reads no more of it than it has to.
absl::StatusOr<bool> TreeStore::IsLarge(const Digest& digest) {
  size_t entries = 0;
  std::vector<Digest> folders = {digest};
  while (!folders.empty()) {
    ASSIGN_OR_RETURN(const std::string bytes, store_.Get(folders.back()));
    folders.pop_back();
    ASSIGN_OR_RETURN(const Directory folder, Directory::Decode(bytes));
    entries += folder.files.size() + folder.symlinks.size() +
               folder.directories.size();
    if (entries >= kFewest) return true;
    for (const DirectoryNode& child : folder.directories) {
      folders.push_back(child.digest);
    }
  }
  return false;
}

absl::StatusOr<std::shared_ptr<const HeldTree>> TreeStore::Find(
    const Digest& digest, absl::string_view place) {
  Known& known = KnownOf(digest);
  MutexLock lock(&known.mu);
  if (!known.is_large.has_value()) {
    ASSIGN_OR_RETURN(known.is_large, IsLarge(digest));
  }
  if (!*known.is_large) return nullptr;
  if (std::shared_ptr<const HeldTree> held = known.held.lock()) return held;
  bool is_new = false;
  ASSIGN_OR_RETURN(
      FolderHold hold,
      folders_.FindOrMake(digest.hex(), [&](const std::string& path) {
        is_new = true;
        return Make(digest, place, path);
      }));
  auto held = std::make_shared<const HeldTree>(std::move(hold));
  if (is_new || !known.is_whole) {
    known.is_whole = false;
    ASSIGN_OR_RETURN(const std::vector<TreeChange> broken,
                     FindBroken(digest, held->path(), store_));
    RETURN_IF_ERROR(ApplyChanges(broken, held->path(), store_));
    known.is_whole = true;
  }
  known.held = held;
  return held;
}

std::vector<Digest> TreeStore::OthersAt(const std::string& note) const {
  std::vector<Digest> others;
  const std::string text = ReadFile(note).value_or("");
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    absl::StatusOr<Digest> digest = Digest::Parse(line);
    if (digest.ok()) others.push_back(*digest);
  }
  return others;
}

absl::Status TreeStore::Make(const Digest& digest, absl::string_view place,
                             const std::string& path) {
  const std::string notes = absl::StrCat(folders_.root(), "/at");
  const std::string note =
      absl::StrCat(notes, "/", Digest::Of(place).hex().substr(0, 32));
  std::vector<Digest> others = OthersAt(note);
  std::erase(others, digest);
  if (!MakeOfAnother(digest, others, path)) {
    RETURN_IF_ERROR(AddFresh(digest, path, store_));
  }
  std::string text = absl::StrCat(digest.ToString(), "\n");
  RETURN_IF_ERROR(WriteFile(absl::StrCat(path, "/digest"), text));
  for (size_t i = 0; i < std::min(others.size(), kMostOthers - 1); ++i) {
    absl::StrAppend(&text, others[i].ToString(), "\n");
  }
  RETURN_IF_ERROR(MakeDirectories(notes));
  return WriteFileAtomic(note, text);
}

std::vector<TreeStore::Damage> TreeStore::Examine() const {
  std::vector<Damage> damaged;
  for (const KeptFolder& folder : folders_.List()) {
    if (folders_.IsHeld(folder.name)) continue;
    const std::string path = absl::StrCat(folders_.root(), "/", folder.name);
    const absl::StatusOr<Digest> digest = Digest::Parse(
        absl::StripAsciiWhitespace(ReadFile(path + "/digest").value_or("")));
    if (!digest.ok() || digest->hex() != folder.name) {
      damaged.push_back({folder.name, 1});
      continue;
    }
    const absl::StatusOr<std::vector<TreeChange>> broken =
        FindBroken(*digest, path + "/tree", store_, /*use=*/false);
    // Without its messages nobody can tell, and nobody uses it.
    if (absl::IsNotFound(broken.status())) continue;
    if (!broken.ok()) damaged.push_back({folder.name, 1});
    if (broken.ok() && !broken->empty()) {
      damaged.push_back({folder.name, broken->size()});
    }
  }
  return damaged;
}

void TreeStore::DropOldNotes() const {
  const std::string notes = absl::StrCat(folders_.root(), "/at");
  auto entries = ListDirectory(notes);
  if (!entries.ok()) return;
  for (const DirectoryEntry& entry : *entries) {
    const std::string note = absl::StrCat(notes, "/", entry.name);
    const std::vector<Digest> trees = OthersAt(note);
    const bool kept =
        std::any_of(trees.begin(), trees.end(), [this](const Digest& tree) {
          return Exists(absl::StrCat(folders_.root(), "/", tree.hex()));
        });
    if (!kept) RemoveFile(note).IgnoreError();
  }
}

// If another tree has more in common with this one than not, takes it away and
// makes this one of it.
bool TreeStore::MakeOfAnother(const Digest& digest,
                              const std::vector<Digest>& others,
                              const std::string& path) {
  std::optional<TreeDifference> least;
  Digest nearest;
  for (const Digest& other : others) {
    // Its messages may have gone from the store.
    absl::StatusOr<TreeDifference> difference =
        DifferenceOf(other, digest, store_);
    if (!difference.ok()) continue;
    const auto count = static_cast<int64_t>(difference->changes.size());
    if (count > difference->same) continue;
    if (least.has_value() &&
        least->changes.size() <= difference->changes.size()) {
      continue;
    }
    least = *std::move(difference);
    nearest = other;
  }
  if (!least.has_value()) return false;
  if (!folders_.Take(nearest.hex(), digest.hex(), path)) return false;
  const absl::Status applied =
      ApplyChanges(least->changes, absl::StrCat(path, "/tree"), store_);
  if (applied.ok()) return true;
  // Whoever makes it afresh finds the same bytes lost, and says so.
  RemoveTree(path).IgnoreError();
  return false;
}

}  // namespace graph
