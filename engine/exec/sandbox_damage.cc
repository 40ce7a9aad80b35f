// SPDX-License-Identifier: Apache-2.0
// What a command did to its inputs.
//
// A file is the same for sure if nothing of its state changed: nobody can set
// the time of the last change of state. That time also moves when a neighbour
// links the same blob; then the bytes are compared, because all the rest can be
// put back by who changed them.
#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/tree.h"
#include "engine/exec/sandbox_root.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

constexpr size_t kChunk = size_t{256} << 10;

bool MayBeSame(const FileState& a, const FileState& b) {
  return a.type == b.type && a.inode == b.inode && a.size == b.size &&
         a.mtime_ns == b.mtime_ns && a.mode == b.mode;
}

bool HasBytes(const std::string& path, const Digest& digest) {
  absl::StatusOr<InputFile> file = InputFile::Open(path);
  if (!file.ok()) return false;
  thread_local std::string buffer(kChunk, '\0');
  Digester digester;
  while (true) {
    absl::StatusOr<size_t> size = file->Read(buffer.data(), buffer.size());
    if (!size.ok()) return false;
    digester.Update({buffer.data(), *size});
    if (*size < buffer.size()) return digester.Finish() == digest;
  }
}

constexpr auto ByName = [](const auto& a, const auto& b) {
  return a.first < b.first;
};

// Everything below `path` that is no folder, by relative path, sorted.
absl::Status ListLeaves(
    const std::string& path, const std::string& prefix,
    std::vector<std::pair<std::string, FileState>>* leaves) {
  ASSIGN_OR_RETURN(auto entries, ListDirectory(path));
  for (const DirectoryEntry& entry : entries) {
    const std::string child = absl::StrCat(path, "/", entry.name);
    const std::string relative = absl::StrCat(prefix, entry.name);
    if (entry.type == FileType::kDirectory) {
      RETURN_IF_ERROR(ListLeaves(child, absl::StrCat(relative, "/"), leaves));
      continue;
    }
    ASSIGN_OR_RETURN(FileState state, LinkStat(child));
    leaves->emplace_back(relative, state);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SandboxRoot::TreeState> SandboxRoot::LeavesOf(
    const std::string& path) {
  TreeState leaves;
  RETURN_IF_ERROR(ListLeaves(path, "", &leaves));
  return leaves;
}

void SandboxRoot::FindDamage(std::vector<std::string>* complaints) {
  for (auto& [path, entry] : entries_) {
    if (entry.kind == Kind::kFolder || !Writable(path)) continue;
    const bool damaged = entry.kind == Kind::kTree ? IsTreeDamaged(path, entry)
                         : entry.kind == Kind::kShownTree
                             ? !IsShownStill(path, entry)
                             : IsDamaged(path, entry);
    if (!damaged) continue;
    trusted_ = false;
    complaints->push_back(absl::StrCat(
        "the command changed its input ", path,
        "; inputs are shared with other actions: write to an output instead"));
  }
  std::sort(complaints->begin(), complaints->end());
}

// Nobody can write to the tree; only its place, with the folders above, could
// have got another name.
bool SandboxRoot::IsShownStill(const std::string& path,
                               const Entry& entry) const {
  absl::StatusOr<FileState> now = LinkStat(Absolute(path));
  return now.ok() && now->type == FileType::kDirectory &&
         now->inode == entry.state.inode;
}

bool SandboxRoot::IsDamaged(const std::string& path, Entry& entry) {
  const std::string file = Absolute(path);
  absl::StatusOr<FileState> now = LinkStat(file);
  if (now.ok() && *now == entry.state) return false;
  if (now.ok() && MayBeSame(*now, entry.state) &&
      (entry.kind == Kind::kFile
           ? HasBytes(file, entry.digest)
           : ReadLink(file).value_or("") == entry.target)) {
    entry.state = *now;
    return false;
  }
  if (entry.kind == Kind::kFile) {
    Distrust(file, entry.digest, entry.state, now.value_or(FileState()));
  }
  return true;
}

// Files that were added to an input tree are no damage (interpreters cache
// beside what they read), but are removed with the tree.
bool SandboxRoot::IsTreeDamaged(const std::string& path, Entry& entry) {
  const std::string root = Absolute(path);
  absl::StatusOr<FileState> state = LinkStat(root);
  if (!state.ok() || state->type != FileType::kDirectory) return true;
  absl::StatusOr<TreeState> now = LeavesOf(root);
  if (!now.ok()) return true;
  if (*now == entry.leaves) return false;
  std::sort(now->begin(), now->end(), ByName);
  std::sort(entry.leaves.begin(), entry.leaves.end(), ByName);
  if (!IsWhole(root, entry, *now)) return true;
  // What was added stays until the tree goes, which has to be soon.
  if (now->size() != entry.leaves.size()) trusted_ = false;
  entry.leaves = *std::move(now);
  return false;
}

// Whether all leaves of `entry` are among `now` and have their bytes; those
// that have not are distrusted. Both are sorted by name.
bool SandboxRoot::IsWhole(const std::string& path, const Entry& entry,
                          const TreeState& now) {
  absl::StatusOr<TreeEntries> leaves = GetTree(entry.digest, store_);
  if (!leaves.ok()) return false;
  bool whole = true;
  for (const auto& leaf : entry.leaves) {
    auto found = std::lower_bound(now.begin(), now.end(), leaf, ByName);
    const bool there = found != now.end() && found->first == leaf.first;
    if (there && found->second == leaf.second) continue;
    auto known = leaves->find(leaf.first);
    const std::string place = absl::StrCat(path, "/", leaf.first);
    const FileState state = there ? found->second : FileState();
    if (there && known != leaves->end() && MayBeSame(state, leaf.second) &&
        (known->second.kind == TreeEntry::Kind::kFile
             ? HasBytes(place, known->second.digest)
             : ReadLink(place).value_or("") == known->second.target)) {
      continue;
    }
    whole = false;
    if (known != leaves->end() &&
        known->second.kind == TreeEntry::Kind::kFile) {
      Distrust(place, known->second.digest, leaf.second, state);
    }
  }
  return whole;
}

// Has the store look at a blob whose link at `path` is not what it was, so that
// it sets the blob aside if its bytes changed. Not for us to read: our links
// are made anew.
void SandboxRoot::Distrust(const std::string& path, const Digest& digest,
                           const FileState& before, const FileState& now) {
  if (now.inode == before.inode && now.type == FileType::kRegular) {
    // The mode belongs to the blob, not to our name for it. Another time breaks
    // its seal, if the command forged it.
    absl::StatusOr<InputFile> file = InputFile::Open(path);
    if (!file.ok() && SetMode(path, before.mode).ok()) {
      file = InputFile::Open(path);
    }
    if (file.ok()) file->Seal(before.mode, 0).IgnoreError();
  }
  store_.Get(digest).status().IgnoreError();
}

}  // namespace graph
