// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/sandbox_root.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/tree.h"

namespace graph {
namespace {

constexpr absl::string_view kOutputs = "graph-out";
constexpr uint32_t kFolderMode = 0755;

absl::string_view ParentOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : path.substr(0, slash);
}

}  // namespace

bool SandboxRoot::IsOf(Kind kind, SpawnInput::Kind input) {
  switch (input) {
    case SpawnInput::Kind::kFile:
      return kind == Kind::kFile;
    case SpawnInput::Kind::kDirectory:
      return kind == Kind::kTree || kind == Kind::kShownTree;
    case SpawnInput::Kind::kSymlink:
      return kind == Kind::kSymlink;
  }
  return false;
}

std::string SandboxRoot::Absolute(absl::string_view path) const {
  return absl::StrCat(path_, "/", path);
}

bool SandboxRoot::Writable(absl::string_view path) const {
  if (walls_ == Walls::kNone) return true;
  return absl::StartsWith(path, kOutputs) &&
         (path.size() == kOutputs.size() || path[kOutputs.size()] == '/');
}

// --- Before a command ------------------------------------------------------

absl::Status SandboxRoot::Prepare(const Spawn& spawn) {
  if (!trusted_) {
    RETURN_IF_ERROR(Clear());
  }
  trusted_ = false;  // Until Collect() has looked.
  return Apply(spawn);
}

absl::Status SandboxRoot::Apply(const Spawn& spawn) {
  ++command_;
  std::vector<std::string> folders;
  std::vector<const SpawnInput*> inputs;
  RETURN_IF_ERROR(UseFolder(kOutputs, &folders));
  for (const SpawnInput& input : spawn.inputs) {
    RETURN_IF_ERROR(UseFolder(ParentOf(input.path), &folders));
    auto found = entries_.find(input.path);
    if (found != entries_.end() && IsOf(found->second.kind, input.kind) &&
        found->second.digest == input.digest &&
        found->second.executable == input.executable &&
        found->second.target == input.target) {
      found->second.used = command_;
    } else {
      inputs.push_back(&input);
    }
  }
  for (const SpawnOutput& output : spawn.outputs) {
    RETURN_IF_ERROR(UseFolder(ParentOf(output.path), &folders));
  }
  RETURN_IF_ERROR(RemoveUnused());
  for (const std::string& folder : folders) RETURN_IF_ERROR(MakeFolder(folder));
  for (const SpawnInput* input : inputs) RETURN_IF_ERROR(AddInput(*input));
  return absl::OkStatus();
}

// Marks the folder `path` and those above it as needed; those that are not
// there are added to `missing`, parents first.
absl::Status SandboxRoot::UseFolder(absl::string_view path,
                                    std::vector<std::string>* missing) {
  if (path.empty()) return absl::OkStatus();
  auto [found, is_new] = entries_.try_emplace(path);
  if (found->second.used == command_) {
    if (found->second.kind == Kind::kFolder) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is an input, and a folder of other inputs"));
  }
  if (found->second.kind != Kind::kFolder) {
    RETURN_IF_ERROR(RemoveLeaf(found->first, found->second));
    found->second = Entry();
    is_new = true;
  }
  found->second.used = command_;
  RETURN_IF_ERROR(UseFolder(ParentOf(path), missing));
  if (is_new) missing->emplace_back(path);
  return absl::OkStatus();
}

absl::Status SandboxRoot::RemoveLeaf(const std::string& path,
                                     const Entry& entry) {
  if (entry.kind == Kind::kTree) return RemoveTree(Absolute(path));
  if (entry.kind != Kind::kShownTree) return RemoveFile(Absolute(path));
  std::string spare = absl::StrCat(spares_, "/", ++spares_made_);
  RETURN_IF_ERROR(Rename(Absolute(path), spare));
  aside_.push_back({entry.digest, Writable(path), std::move(spare),
                    std::move(shown_.at(path))});
  shown_.erase(path);
  return absl::OkStatus();
}

absl::Status SandboxRoot::DropPutAside() {
  for (const PutAside& tree : aside_) {
    RETURN_IF_ERROR(RemoveDirectory(tree.folder));
  }
  aside_.clear();
  return absl::OkStatus();
}

absl::Status SandboxRoot::LinkShown() {
  for (const auto& [path, shown] : shown_) {
    // The command may have moved it.
    RETURN_IF_ERROR(RemoveTree(Absolute(path)));
    RETURN_IF_ERROR(MakeDirectories(Absolute(ParentOf(path))));
    RETURN_IF_ERROR(
        LinkDirectory(entries_.at(path).digest, Absolute(path), store_));
  }
  return absl::OkStatus();
}

absl::Status SandboxRoot::RemoveUnused() {
  std::vector<std::string> folders;
  for (auto it = entries_.begin(); it != entries_.end();) {
    const auto& [path, entry] = *it;
    if (entry.used == command_) {
      ++it;
      continue;
    }
    if (entry.kind == Kind::kFolder) {
      folders.push_back(path);
    } else {
      RETURN_IF_ERROR(RemoveLeaf(path, entry));
    }
    entries_.erase(it++);
  }
  // Children before their parents. All that was in them is gone.
  std::sort(folders.rbegin(), folders.rend());
  for (const std::string& folder : folders) {
    std::string spare = absl::StrCat(spares_, "/", ++spares_made_);
    RETURN_IF_ERROR(Rename(Absolute(folder), spare));
    spare_folders_.push_back(std::move(spare));
  }
  return absl::OkStatus();
}

absl::Status SandboxRoot::MakeFolder(const std::string& path) {
  if (path == kOutputs) return absl::OkStatus();
  if (!spare_folders_.empty()) {
    RETURN_IF_ERROR(Rename(spare_folders_.back(), Absolute(path)));
    spare_folders_.pop_back();
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(MakeDirectory(Absolute(path), kFolderMode));
  return SetMode(Absolute(path), kFolderMode);  // Whatever our umask is.
}

// Shows the tree if that is worth it, or links it.
absl::StatusOr<SandboxRoot::Kind> SandboxRoot::AddTree(
    const SpawnInput& input) {
  const std::string path = Absolute(input.path);
  auto aside =
      std::find_if(aside_.begin(), aside_.end(), [&](const PutAside& tree) {
        return tree.digest == input.digest &&
               tree.writable == Writable(input.path);
      });
  if (aside != aside_.end()) {
    RETURN_IF_ERROR(Rename(aside->folder, path));
    shown_[input.path] = std::move(aside->shown);
    aside_.erase(aside);
    return Kind::kShownTree;
  }
  std::shared_ptr<const HeldTree> held;
  if (trees_ != nullptr) {
    ASSIGN_OR_RETURN(held, trees_->Find(input.digest, input.path));
  }
  if (held == nullptr) {
    RETURN_IF_ERROR(LinkDirectory(input.digest, path, store_));
    return Kind::kTree;
  }
  RETURN_IF_ERROR(MakeDirectory(path, kFolderMode));
  shown_[input.path] = {++shown_made_, std::move(held)};
  return Kind::kShownTree;
}

absl::Status SandboxRoot::AddInput(const SpawnInput& input) {
  if (entries_.contains(input.path)) {
    return absl::InvalidArgumentError(absl::StrCat(
        input.path, " is an input twice, or also a folder of other inputs"));
  }
  const std::string path = Absolute(input.path);
  Entry entry;
  entry.used = command_;
  entry.digest = input.digest;
  entry.executable = input.executable;
  entry.target = input.target;
  switch (input.kind) {
    case SpawnInput::Kind::kFile:
      entry.kind = Kind::kFile;
      RETURN_IF_ERROR(store_.Link(input.digest, input.executable, path));
      break;
    case SpawnInput::Kind::kDirectory: {
      ASSIGN_OR_RETURN(entry.kind, AddTree(input));
      break;
    }
    case SpawnInput::Kind::kSymlink:
      entry.kind = Kind::kSymlink;
      RETURN_IF_ERROR(Symlink(input.target, path));
      break;
  }
  if (Writable(input.path)) {
    if (entry.kind == Kind::kTree) {
      ASSIGN_OR_RETURN(entry.leaves, LeavesOf(path));
    } else {
      ASSIGN_OR_RETURN(entry.state, LinkStat(path));
    }
  }
  entries_[input.path] = std::move(entry);
  return absl::OkStatus();
}

// Back to nothing but an empty graph-out, which stays the same folder where it
// is mounted.
absl::Status SandboxRoot::Clear() {
  entries_.clear();
  shown_.clear();
  if (absl::StatusOr<FileState> own = LinkStat(path_);
      !own.ok() || own->type != FileType::kDirectory) {
    // Where there are no walls, it may be anything by now.
    RETURN_IF_ERROR(RemoveTree(path_));
    RETURN_IF_ERROR(MakeDirectory(path_, kFolderMode));
  }
  ASSIGN_OR_RETURN(auto entries, ListDirectory(path_));
  bool stands = false;
  for (const DirectoryEntry& entry : entries) {
    if (entry.name == kOutputs && entry.type == FileType::kDirectory) {
      stands = true;
      continue;
    }
    RETURN_IF_ERROR(RemoveTree(Absolute(entry.name)));
  }
  const std::string outputs = Absolute(kOutputs);
  if (!stands) return MakeDirectory(outputs, kFolderMode);
  RETURN_IF_ERROR(SetMode(outputs, kFolderMode));
  ASSIGN_OR_RETURN(entries, ListDirectory(outputs));
  for (const DirectoryEntry& entry : entries) {
    RETURN_IF_ERROR(RemoveTree(absl::StrCat(outputs, "/", entry.name)));
  }
  return absl::OkStatus();
}

// --- After a command -------------------------------------------------------

absl::StatusOr<SandboxRoot::Collected> SandboxRoot::Collect(const Spawn& spawn,
                                                            bool succeeded) {
  Collected collected;
  // First of all: a folder may have become a link to anywhere, and from here on
  // paths are followed.
  if (!FoldersStand()) {
    collected.complaints.push_back(
        "the command removed or replaced a folder that holds its inputs or "
        "outputs");
    return collected;
  }
  trusted_ = true;
  FindDamage(&collected.complaints);
  if (succeeded && collected.complaints.empty()) {
    TakeLinks(spawn, &collected);
    for (const SpawnOutput& output : spawn.outputs) {
      absl::Status taken = TakeOutput(output, &collected);
      if (!taken.ok()) {
        trusted_ = false;
        return taken;
      }
    }
    std::sort(collected.outputs.begin(), collected.outputs.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
  }
  if (trusted_ && !RemoveUndeclared().ok()) trusted_ = false;
  if (!collected.complaints.empty()) collected.outputs.clear();
  return collected;
}

// Every folder is looked at itself, and with it all those above it: if all are
// folders, none is reached through a link.
bool SandboxRoot::FoldersStand() const {
  absl::StatusOr<FileState> own = LinkStat(path_);
  if (!own.ok() || own->type != FileType::kDirectory) return false;
  std::vector<std::string> other_modes;
  for (const auto& [path, entry] : entries_) {
    if (entry.kind != Kind::kFolder || !Writable(path)) continue;
    absl::StatusOr<FileState> state = LinkStat(Absolute(path));
    if (!state.ok() || state->type != FileType::kDirectory) return false;
    if (state->mode != kFolderMode) other_modes.push_back(Absolute(path));
  }
  return std::all_of(
      other_modes.begin(), other_modes.end(),
      [](const auto& path) { return SetMode(path, kFolderMode).ok(); });
}

absl::Status SandboxRoot::RemoveUndeclared() {
  if (walls_ == Walls::kNone) {
    RETURN_IF_ERROR(RemoveUndeclaredIn(""));
  }
  for (const auto& [path, entry] : entries_) {
    if (entry.kind == Kind::kFolder && Writable(path)) {
      RETURN_IF_ERROR(RemoveUndeclaredIn(path));
    }
  }
  return absl::OkStatus();
}

absl::Status SandboxRoot::RemoveUndeclaredIn(const std::string& folder) {
  ASSIGN_OR_RETURN(auto children, ListDirectory(Absolute(folder)));
  std::string path;
  for (const DirectoryEntry& child : children) {
    path.assign(folder);
    absl::StrAppend(&path, folder.empty() ? "" : "/", child.name);
    if (entries_.contains(path)) continue;
    RETURN_IF_ERROR(RemoveTree(Absolute(path)));
  }
  return absl::OkStatus();
}

}  // namespace graph
