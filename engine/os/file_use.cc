// SPDX-License-Identifier: Apache-2.0
#include "engine/os/file_use.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "engine/os/errors.h"
#include "engine/os/file_state.h"

namespace graph {
namespace {

absl::StatusOr<FileUse> UseOf(int folder, const std::string& path) {
  struct stat s;
  if (fstatat(folder, path.c_str(), &s, AT_SYMLINK_NOFOLLOW) != 0) {
    return ErrnoError("cannot find", path);
  }
  return FileUse{StateOf(s),
                 s.st_atim.tv_sec * 1'000'000'000 + s.st_atim.tv_nsec};
}

}  // namespace

absl::StatusOr<FileUse> LinkStatUse(const std::string& path) {
  return UseOf(AT_FDCWD, path);
}

absl::StatusOr<FileUse> LinkStatUseAt(const FileDescriptor& directory,
                                      const std::string& name) {
  return UseOf(directory.get(), name);
}

absl::Status MarkUsed(const std::string& path) {
  struct timespec times[2] = {};
  times[0].tv_nsec = UTIME_NOW;
  times[1].tv_nsec = UTIME_OMIT;
  if (utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0) {
    return ErrnoError("cannot set the time of", path);
  }
  return absl::OkStatus();
}

}  // namespace graph
