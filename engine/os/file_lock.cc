// SPDX-License-Identifier: Apache-2.0
#include "engine/os/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

#include "absl/status/status_macros.h"
#include "engine/os/errors.h"

namespace graph {
namespace {

absl::StatusOr<FileDescriptor> OpenLock(const std::string& path) {
  FileDescriptor file(Retry(
      [&] { return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644); }));
  if (!file.valid()) return ErrnoError("cannot open", path);
  return file;
}

int Operation(FileLock::Mode mode) {
  return mode == FileLock::Mode::kShared ? LOCK_SH : LOCK_EX;
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Acquire(const std::string& path, Mode mode) {
  ASSIGN_OR_RETURN(FileDescriptor file, OpenLock(path));
  if (Retry([&] { return flock(file.get(), Operation(mode)); }) != 0) {
    return ErrnoError("cannot lock", path);
  }
  return FileLock(std::move(file));
}

absl::StatusOr<std::optional<FileLock>> FileLock::TryAcquire(
    const std::string& path, Mode mode) {
  ASSIGN_OR_RETURN(FileDescriptor file, OpenLock(path));
  if (Retry([&] { return flock(file.get(), Operation(mode) | LOCK_NB); }) !=
      0) {
    if (errno == EWOULDBLOCK) return std::optional<FileLock>();
    return ErrnoError("cannot lock", path);
  }
  return std::optional<FileLock>(FileLock(std::move(file)));
}

bool FileLock::IsAt(const std::string& path) const {
  struct stat ours, there;
  return fstat(file_.get(), &ours) == 0 && lstat(path.c_str(), &there) == 0 &&
         ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

}  // namespace graph
