// SPDX-License-Identifier: Apache-2.0
#include "engine/os/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "engine/os/errors.h"

namespace graph {

absl::StatusOr<InputFile> InputFile::Open(const std::string& path) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  // Only its owner may read a file without leaving the time in it.
  FileDescriptor file(
      Retry([&] { return open(path.c_str(), kFlags | O_NOATIME); }));
  if (!file.valid() && errno == EPERM) {
    file = FileDescriptor(Retry([&] { return open(path.c_str(), kFlags); }));
  }
  if (!file.valid()) return ErrnoError("cannot open", path);
  struct stat state;
  if (fstat(file.get(), &state) != 0) return ErrnoError("cannot read", path);
  if (!S_ISREG(state.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is not a regular file"));
  }
  return InputFile(std::move(file), path, state.st_size,
                   (state.st_mode & S_IXUSR) != 0);
}

absl::StatusOr<size_t> InputFile::Read(char* buffer, size_t size) {
  size_t done = 0;
  while (done < size) {
    ssize_t n =
        Retry([&] { return read(file_.get(), buffer + done, size - done); });
    if (n < 0) return ErrnoError("cannot read", path_);
    if (n == 0) break;
    done += n;
  }
  return done;
}

absl::Status InputFile::Seal(uint32_t mode, int64_t time_ns) {
  if (fchmod(file_.get(), mode) != 0) {
    return ErrnoError("cannot set the mode of", path_);
  }
  struct timespec time;
  time.tv_sec = time_ns / 1'000'000'000;
  time.tv_nsec = time_ns % 1'000'000'000;
  struct timespec now {};
  now.tv_nsec = UTIME_NOW;
  const struct timespec both[2] = {now, time};
  if (futimens(file_.get(), both) != 0) {
    return ErrnoError("cannot set the time of", path_);
  }
  return absl::OkStatus();
}

absl::Status RenameNew(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(),
                RENAME_NOREPLACE) != 0) {
    return ErrnoError("cannot rename", absl::StrCat(from, " to ", to));
  }
  return absl::OkStatus();
}

absl::Status ExchangeNames(const std::string& a, const std::string& b) {
  if (renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) !=
      0) {
    return ErrnoError("cannot exchange", absl::StrCat(a, " and ", b));
  }
  return absl::OkStatus();
}

}  // namespace graph
