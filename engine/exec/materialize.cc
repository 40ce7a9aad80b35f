// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/materialize.h"

#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/tree.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

bool IsRealDirectory(const std::string& path) {
  absl::StatusOr<FileState> state = LinkStat(path);
  return state.ok() && state->type == FileType::kDirectory;
}

bool IsLinkTo(const std::string& target, const std::string& path) {
  absl::StatusOr<std::string> found = ReadLink(path);
  return found.ok() && *found == target;
}

}  // namespace

absl::Status Materializer::Place(const OutputEntry& output) {
  const std::string path = absl::StrCat(root_, "/", output.path);
  if (IsRight(output, path)) return absl::OkStatus();
  ++placed_;
  RETURN_IF_ERROR(MakeParent(output.path, false));
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
      return IsRightFolder(output.digest, path);
  }
  return false;
}

// Whether it holds exactly what the Directory message says, all the way down.
bool Materializer::IsRightFolder(const Digest& digest,
                                 const std::string& path) {
  if (!IsRealDirectory(path)) return false;
  absl::StatusOr<std::string> bytes = store_.Get(digest);
  if (!bytes.ok()) return false;
  absl::StatusOr<Directory> folder = Directory::Decode(*bytes);
  absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(path);
  if (!folder.ok() || !entries.ok() ||
      entries->size() != folder->files.size() + folder->symlinks.size() +
                             folder->directories.size()) {
    return false;
  }
  for (const FileNode& file : folder->files) {
    if (!store_.IsLinked(file.digest, file.executable,
                         absl::StrCat(path, "/", file.name))) {
      return false;
    }
  }
  for (const SymlinkNode& link : folder->symlinks) {
    if (!IsLinkTo(link.target, absl::StrCat(path, "/", link.name))) {
      return false;
    }
  }
  for (const DirectoryNode& child : folder->directories) {
    if (!IsRightFolder(child.digest, absl::StrCat(path, "/", child.name))) {
      return false;
    }
  }
  return true;
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
