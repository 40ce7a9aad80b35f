// SPDX-License-Identifier: Apache-2.0
// Files and folders of the host.
//
// Failures carry the path and the system's words, and the code that fits:
// kNotFound (absent, or a parent is), kAlreadyExists, kPermissionDenied,
// kFailedPrecondition (a folder where a file is needed, a folder that is not
// empty, another device), kResourceExhausted (disk full) and so on. Everything
// here may be called from any thread.

#ifndef GRAPH_ENGINE_OS_FILESYSTEM_H_
#define GRAPH_ENGINE_OS_FILESYSTEM_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/os/file_descriptor.h"

namespace graph {

enum class FileType : uint8_t {
  kAbsent,
  kRegular,
  kDirectory,
  kSymlink,
  kOther
};

// What can be known of a file without reading it. Two equal states of a path
// mean, but for a write within the clock's tick, that nobody changed it.
struct FileState {
  FileType type = FileType::kAbsent;
  uint32_t mode = 0;  // The permission bits, 07777.
  uint32_t links = 0;
  int64_t size = 0;
  int64_t mtime_ns = 0;
  int64_t ctime_ns = 0;
  uint64_t inode = 0;
  uint64_t device = 0;

  bool executable() const { return (mode & 0100) != 0; }
  friend bool operator==(const FileState&, const FileState&) = default;
};

struct DirectoryEntry {
  std::string name;
  FileType type = FileType::kOther;  // Of the entry itself: links not followed.
  friend bool operator==(const DirectoryEntry&,
                         const DirectoryEntry&) = default;
};

// --- Whole files -----------------------------------------------------------

absl::StatusOr<std::string> ReadFile(const std::string& path);
absl::StatusOr<std::string> ReadFileAt(const FileDescriptor& directory,
                                       const std::string& name);

struct WriteOptions {
  uint32_t mode = 0644;  // Exactly: the umask does not matter.
  bool sync = false;     // The bytes and the name survive a loss of power.
};

// `path` has the old content or the new one at every moment, also if we are
// killed. Leaves a temporary file `.<name>.<something>.tmp` behind only then.
absl::Status WriteFileAtomic(const std::string& path, absl::string_view bytes,
                             const WriteOptions& options = {});

// Creates or truncates.
absl::Status WriteFile(const std::string& path, absl::string_view bytes,
                       uint32_t mode = 0644);
absl::Status AppendToFile(const std::string& path, absl::string_view bytes);

// A regular file, bytes and permission bits; `to` must not exist.
absl::Status CopyFile(const std::string& from, const std::string& to);

// Makes the bytes (of a file) or the names (of a folder) survive a loss of
// power.
absl::Status Sync(const std::string& path);
// The same for everything on the disk of `path`; may take seconds.
absl::Status SyncFilesystem(const std::string& path);

// --- States ----------------------------------------------------------------

// Absence is a failure here (kNotFound). Stat follows links, LinkStat does not.
absl::StatusOr<FileState> Stat(const std::string& path);
absl::StatusOr<FileState> LinkStat(const std::string& path);

// The states of many paths, following links, with `threads` threads; absence
// (or an unreadable parent) is a state. Neighbours in the same folder are
// cheaper: sort the paths.
std::vector<FileState> StatMany(std::span<const std::string> paths,
                                int threads = 2);

bool Exists(const std::string& path);       // Anything, even a dangling link.
bool IsDirectory(const std::string& path);  // Follows links.

// --- Folders ---------------------------------------------------------------

absl::StatusOr<FileDescriptor> OpenDirectory(const std::string& path);

// Sorted by name, without `.` and `..`.
absl::StatusOr<std::vector<DirectoryEntry>> ListDirectory(
    const std::string& path);

// With its parents; fine if it is there already.
absl::Status MakeDirectories(const std::string& path, uint32_t mode = 0755);

// Only the last part; kAlreadyExists if anything has that name.
absl::Status MakeDirectory(const std::string& path, uint32_t mode = 0755);

// A new folder `<parent>/<prefix>XXXXXX` that nobody else has.
absl::StatusOr<std::string> MakeTemporaryDirectory(const std::string& parent,
                                                   absl::string_view prefix);

// --- Names -----------------------------------------------------------------

// Replaces a file at `to`, atomically.
absl::Status Rename(const std::string& from, const std::string& to);
absl::Status HardLink(const std::string& existing, const std::string& created);
absl::Status Symlink(const std::string& target, const std::string& created);
absl::StatusOr<std::string> ReadLink(const std::string& path);
absl::Status SetMode(const std::string& path, uint32_t mode);

absl::Status RemoveFile(const std::string& path);       // Not a folder.
absl::Status RemoveDirectory(const std::string& path);  // Must be empty.
// Whatever is at `path`, or nothing. Never follows a link, and removes
// folders that lack the permission bits for it.
absl::Status RemoveTree(const std::string& path);

// --- Places ----------------------------------------------------------------

absl::StatusOr<std::string> CurrentDirectory();
absl::Status ChangeDirectory(const std::string& path);
// Absolute, without links, `.` and `..`; the file must exist.
absl::StatusOr<std::string> RealPath(const std::string& path);
// The path of the running program.
absl::StatusOr<std::string> ProgramPath();
// What an ordinary user could still write on the disk of `path`.
absl::StatusOr<int64_t> FreeBytes(const std::string& path);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_FILESYSTEM_H_
