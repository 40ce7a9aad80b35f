// SPDX-License-Identifier: Apache-2.0
// The part of filesystem.h that deals with folders.
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/os/errors.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr int kOpenFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

FileType TypeOf(unsigned char type) {
  switch (type) {
    case DT_REG:
      return FileType::kRegular;
    case DT_DIR:
      return FileType::kDirectory;
    case DT_LNK:
      return FileType::kSymlink;
    default:
      return FileType::kOther;
  }
}

// For file systems that leave the type out of the listing.
FileType TypeAt(int directory, const char* name) {
  struct stat s;
  if (fstatat(directory, name, &s, AT_SYMLINK_NOFOLLOW) != 0) {
    return FileType::kOther;
  }
  return TypeOf(IFTODT(s.st_mode));
}

absl::StatusOr<std::vector<DirectoryEntry>> List(FileDescriptor directory,
                                                 const std::string& path) {
  DIR* stream = fdopendir(directory.get());
  if (stream == nullptr) return ErrnoError("cannot list", path);
  directory.Release();
  std::vector<DirectoryEntry> entries;
  errno = 0;
  while (const dirent* entry = readdir(stream)) {
    absl::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    entries.push_back(
        {std::string(name), entry->d_type == DT_UNKNOWN
                                ? TypeAt(dirfd(stream), entry->d_name)
                                : TypeOf(entry->d_type)});
    errno = 0;
  }
  absl::Status end =
      errno == 0 ? absl::OkStatus() : ErrnoError("cannot list", path);
  closedir(stream);
  RETURN_IF_ERROR(end);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

// Opens `name` in `parent`, granting ourselves the bits that reading and
// emptying it needs.
FileDescriptor OpenForRemoval(int parent, const std::string& name) {
  constexpr mode_t kNeeded = S_IRWXU;
  struct stat s;
  if (fstatat(parent, name.c_str(), &s, AT_SYMLINK_NOFOLLOW) != 0) return {};
  if (S_ISDIR(s.st_mode) && (s.st_mode & kNeeded) != kNeeded) {
    fchmodat(parent, name.c_str(), (s.st_mode | kNeeded) & 07777, 0);
  }
  return FileDescriptor(openat(parent, name.c_str(), kOpenFolder));
}

// `path` is for messages. Absence is success: somebody was faster.
absl::Status RemoveAt(int parent, const std::string& name,
                      const std::string& path) {
  if (unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) {
    return absl::OkStatus();
  }
  if (errno != EISDIR && errno != EPERM && errno != EACCES) {
    return ErrnoError("cannot remove", path);
  }
  const absl::Status refused = ErrnoError("cannot remove", path);
  FileDescriptor folder = OpenForRemoval(parent, name);
  if (!folder.valid()) return refused;
  FileDescriptor listed(fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
  ASSIGN_OR_RETURN(auto entries, List(std::move(listed), path));
  for (const DirectoryEntry& entry : entries) {
    RETURN_IF_ERROR(RemoveAt(folder.get(), entry.name,
                             absl::StrCat(path, "/", entry.name)));
  }
  if (unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
    return ErrnoError("cannot remove", path);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FileDescriptor> OpenDirectory(const std::string& path) {
  FileDescriptor directory(
      open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return ErrnoError("cannot open", path);
  return directory;
}

absl::StatusOr<std::vector<DirectoryEntry>> ListDirectory(
    const std::string& path) {
  ASSIGN_OR_RETURN(FileDescriptor directory, OpenDirectory(path));
  return List(std::move(directory), path);
}

absl::Status MakeDirectory(const std::string& path, uint32_t mode) {
  if (mkdir(path.c_str(), mode) != 0) return ErrnoError("cannot make", path);
  return absl::OkStatus();
}

absl::Status MakeDirectories(const std::string& path, uint32_t mode) {
  if (mkdir(path.c_str(), mode) == 0) return absl::OkStatus();
  if (errno == EEXIST || errno == EISDIR) {
    if (IsDirectory(path)) return absl::OkStatus();
    errno = ENOTDIR;
    return ErrnoError("cannot make", path);
  }
  if (errno != ENOENT) return ErrnoError("cannot make", path);
  const size_t slash = path.find_last_not_of('/');
  const size_t parent_end =
      slash == std::string::npos ? slash : path.rfind('/', slash);
  if (parent_end == std::string::npos || parent_end == 0) {
    return ErrnoError("cannot make", path);
  }
  RETURN_IF_ERROR(MakeDirectories(path.substr(0, parent_end), mode));
  if (mkdir(path.c_str(), mode) != 0 && errno != EEXIST) {
    return ErrnoError("cannot make", path);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> MakeTemporaryDirectory(const std::string& parent,
                                                   absl::string_view prefix) {
  std::string path = absl::StrCat(parent, "/", prefix, "XXXXXX");
  if (mkdtemp(path.data()) == nullptr) {
    return ErrnoError("cannot make a folder in", parent);
  }
  return path;
}

absl::Status RemoveTree(const std::string& path) {
  return RemoveAt(AT_FDCWD, path, path);
}

}  // namespace graph
