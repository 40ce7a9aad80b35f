// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/materialize.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/tree.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

constexpr uint32_t kFolderMode = 0755;  // As LinkDirectory() makes them.

bool IsRealDirectory(const std::string& path) {
  absl::StatusOr<FileState> state = LinkStat(path);
  return state.ok() && state->type == FileType::kDirectory;
}

// Of a list sorted by name; nullptr if it has none of this name.
template <typename T>
const T* FindName(const std::vector<T>& sorted, absl::string_view name) {
  auto found = std::lower_bound(
      sorted.begin(), sorted.end(), name,
      [](const T& item, absl::string_view n) { return item.name < n; });
  return found != sorted.end() && found->name == name ? &*found : nullptr;
}

bool IsLinkTo(const std::string& target, const std::string& path) {
  absl::StatusOr<std::string> found = ReadLink(path);
  return found.ok() && *found == target;
}

}  // namespace

absl::Status Materializer::Place(const OutputEntry& output) {
  const std::string path = absl::StrCat(root_, "/", output.path);
  if (IsRight(output, path)) return absl::OkStatus();
  RETURN_IF_ERROR(MakeParent(output.path, false));
  if (output.kind == OutputEntry::Kind::kDirectory && IsRealDirectory(path)) {
    return Refit(output, path);
  }
  ++placed_;
  if (output.kind == OutputEntry::Kind::kFile) {
    // To make a link is one step already, if the name is free.
    absl::Status made = Make(output, path);
    if (made.ok()) return made;
    if (!absl::IsAlreadyExists(made)) {
      // Somebody may have removed the folder since we made it.
      RETURN_IF_ERROR(MakeParent(output.path, true));
    }
  }
  return Replace(output, path);
}

absl::Status Materializer::Remove(absl::string_view path) {
  return RemoveTree(absl::StrCat(root_, "/", path));
}

// What an older build left in the way, a file or a symbolic link, goes. The
// first folder, graph-out itself, may be a link: that is the user's choice.
absl::Status Materializer::MakeParent(absl::string_view relative, bool again) {
  const size_t end = relative.rfind('/');
  if (end == relative.npos) return absl::OkStatus();
  const std::string parent(relative.substr(0, end));
  {
    MutexLock lock(&mu_);
    if (!again && parents_.contains(parent)) return absl::OkStatus();
  }
  size_t slash = parent.find('/');
  while (slash != parent.npos) {
    slash = parent.find('/', slash + 1);
    const std::string folder =
        absl::StrCat(root_, "/", parent.substr(0, slash));
    if (Exists(folder) && !IsRealDirectory(folder)) {
      RETURN_IF_ERROR(RemoveFile(folder));
    }
  }
  RETURN_IF_ERROR(MakeDirectories(absl::StrCat(root_, "/", parent)));
  MutexLock lock(&mu_);
  parents_.insert(parent);
  return absl::OkStatus();
}

bool Materializer::IsRight(const OutputEntry& output, const std::string& path) {
  switch (output.kind) {
    case OutputEntry::Kind::kFile:
      return store_.IsLinked(output.digest, output.executable, path);
    case OutputEntry::Kind::kSymlink:
      return IsLinkTo(output.target, path);
    case OutputEntry::Kind::kDirectory:
      return false;  // See Refit().
  }
  return false;
}

// What is in the folder `path` and not as the Directory message says, at any
// depth; the mode of a folder is put right at once.
absl::Status Materializer::FindChanges(const Digest& digest,
                                       const std::string& path,
                                       std::vector<Change>& changes) {
  ASSIGN_OR_RETURN(const std::string bytes, store_.Get(digest));
  ASSIGN_OR_RETURN(const Directory folder, Directory::Decode(bytes));
  ASSIGN_OR_RETURN(const FileState state, LinkStat(path));
  if (state.mode != kFolderMode) {
    RETURN_IF_ERROR(SetMode(path, kFolderMode));
  }
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> there,
                   ListDirectory(path));
  size_t known = 0;
  const auto type_of = [&](const std::string& name) {
    const DirectoryEntry* entry = FindName(there, name);
    if (entry == nullptr) return FileType::kAbsent;
    ++known;
    return entry->type;
  };
  for (const FileNode& file : folder.files) {
    std::string child = absl::StrCat(path, "/", file.name);
    if (type_of(file.name) == FileType::kRegular &&
        store_.IsLinked(file.digest, file.executable, child)) {
      continue;
    }
    changes.push_back(
        {std::move(child), OutputEntry{"", OutputEntry::Kind::kFile,
                                       file.digest, file.executable, ""}});
  }
  for (const SymlinkNode& link : folder.symlinks) {
    std::string child = absl::StrCat(path, "/", link.name);
    if (type_of(link.name) == FileType::kSymlink &&
        IsLinkTo(link.target, child)) {
      continue;
    }
    changes.push_back(
        {std::move(child), OutputEntry{"", OutputEntry::Kind::kSymlink,
                                       Digest(), false, link.target}});
  }
  for (const DirectoryNode& below : folder.directories) {
    std::string child = absl::StrCat(path, "/", below.name);
    if (type_of(below.name) == FileType::kDirectory) {
      RETURN_IF_ERROR(FindChanges(below.digest, child, changes));
      continue;
    }
    changes.push_back(
        {std::move(child), OutputEntry{"", OutputEntry::Kind::kDirectory,
                                       below.digest, false, ""}});
  }
  if (known == there.size()) return absl::OkStatus();
  for (const DirectoryEntry& entry : there) {
    if (FindName(folder.files, entry.name) == nullptr &&
        FindName(folder.symlinks, entry.name) == nullptr &&
        FindName(folder.directories, entry.name) == nullptr) {
      changes.push_back({absl::StrCat(path, "/", entry.name), std::nullopt});
    }
  }
  return absl::OkStatus();
}

// Fails with kNotFound, before anything is touched, if bytes are lost.
absl::Status Materializer::CheckBlobs(const std::vector<Change>& changes) {
  std::vector<Digest> blobs;
  for (const Change& change : changes) {
    if (!change.wanted.has_value()) continue;
    if (change.wanted->kind == OutputEntry::Kind::kFile) {
      blobs.push_back(change.wanted->digest);
    } else if (change.wanted->kind == OutputEntry::Kind::kDirectory) {
      ASSIGN_OR_RETURN(const TreeEntries entries,
                       GetTree(change.wanted->digest, store_));
      for (const auto& [path, entry] : entries) {
        if (entry.kind == TreeEntry::Kind::kFile) blobs.push_back(entry.digest);
      }
    }
  }
  ASSIGN_OR_RETURN(const std::vector<Digest> missing, store_.Missing(blobs));
  if (missing.empty()) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("the store has lost blob ", missing.front().ToString()));
}

absl::Status Materializer::Refit(const OutputEntry& output,
                                 const std::string& path) {
  std::vector<Change> changes;
  RETURN_IF_ERROR(FindChanges(output.digest, path, changes));
  if (changes.empty()) return absl::OkStatus();
  ++placed_;
  RETURN_IF_ERROR(CheckBlobs(changes));
  for (const Change& change : changes) {
    if (!change.wanted.has_value()) {
      RETURN_IF_ERROR(RemoveTree(change.path));
    } else {
      RETURN_IF_ERROR(Replace(*change.wanted, change.path));
    }
  }
  return absl::OkStatus();
}

absl::Status Materializer::Make(const OutputEntry& output,
                                const std::string& path) {
  switch (output.kind) {
    case OutputEntry::Kind::kFile:
      return store_.Link(output.digest, output.executable, path);
    case OutputEntry::Kind::kSymlink:
      return Symlink(output.target, path);
    case OutputEntry::Kind::kDirectory:
      return LinkDirectory(output.digest, path, store_);
  }
  return absl::InternalError("an output of no kind");
}

absl::Status Materializer::Replace(const OutputEntry& output,
                                   const std::string& path) {
  // What a kill leaves in the store's folder is swept later.
  ASSIGN_OR_RETURN(const std::string temporary, store_.NewTemporaryPath());
  absl::Status replaced = ReplaceBy(output, temporary, path);
  if (replaced.ok() || absl::IsNotFound(replaced) ||
      absl::IsDataLoss(replaced)) {
    return replaced;
  }
  // The workspace lies on another file system.
  const std::string beside =
      absl::StrCat(path.substr(0, path.rfind('/')), "/.graph-", ProcessId(),
                   "-", ++last_temporary_, ".tmp");
  return ReplaceBy(output, beside, path);
}

absl::Status Materializer::ReplaceBy(const OutputEntry& output,
                                     const std::string& temporary,
                                     const std::string& path) {
  absl::Status status = Make(output, temporary);
  if (status.ok()) {
    const bool folders = IsRealDirectory(temporary) || IsRealDirectory(path);
    status = folders && Exists(path) ? ExchangeNames(temporary, path)
                                     : Rename(temporary, path);
  }
  // What failed, what was there before, or a link to the very file that was
  // there, which a rename leaves alone.
  absl::Status removed = RemoveTree(temporary);
  return status.ok() ? removed : status;
}

}  // namespace graph
