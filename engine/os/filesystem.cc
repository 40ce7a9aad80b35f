// SPDX-License-Identifier: Apache-2.0
#include "engine/os/filesystem.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdio>
#include <functional>
#include <memory>
#include <thread>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/os/errors.h"
#include "engine/os/file_state.h"

namespace graph {
namespace {

absl::StatusOr<FileState> StateAt(const std::string& path, int flags) {
  struct stat s;
  if (fstatat(AT_FDCWD, path.c_str(), &s, flags) != 0) {
    return ErrnoError("cannot find", path);
  }
  return StateOf(s);
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& path) {
  struct stat s;
  if (fstat(fd, &s) != 0) return ErrnoError("cannot read", path);
  // One byte more than it says, so that the end is seen with the last bytes.
  std::string bytes(std::max<off_t>(s.st_size, 0) + 1, '\0');
  size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(size * 2 + 4096);
    ssize_t n =
        Retry([&] { return read(fd, &bytes[size], bytes.size() - size); });
    if (n < 0) return ErrnoError("cannot read", path);
    if (n == 0) break;
    size += n;
  }
  bytes.resize(size);
  return bytes;
}

absl::StatusOr<std::string> ReadFrom(int directory, const std::string& path) {
  FileDescriptor file(Retry(
      [&] { return openat(directory, path.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (!file.valid()) return ErrnoError("cannot open", path);
  return ReadAll(file.get(), path);
}

absl::Status WriteAll(int fd, absl::string_view bytes,
                      const std::string& path) {
  while (!bytes.empty()) {
    ssize_t n = Retry([&] { return write(fd, bytes.data(), bytes.size()); });
    if (n < 0) return ErrnoError("cannot write", path);
    bytes.remove_prefix(n);
  }
  return absl::OkStatus();
}

absl::Status OpenAndWrite(const std::string& path, absl::string_view bytes,
                          int flags, uint32_t mode) {
  FileDescriptor file(Retry([&] {
    return open(path.c_str(), flags | O_WRONLY | O_CREAT | O_CLOEXEC, mode);
  }));
  if (!file.valid()) return ErrnoError("cannot write", path);
  return WriteAll(file.get(), bytes, path);
}

std::string ParentOf(const std::string& path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// `bytes` as the new file `path`, complete before anybody knows its name.
absl::Status WriteTemporary(FileDescriptor file, const std::string& path,
                            absl::string_view bytes,
                            const WriteOptions& options) {
  RETURN_IF_ERROR(WriteAll(file.get(), bytes, path));
  if (fchmod(file.get(), options.mode) != 0 ||
      (options.sync && fdatasync(file.get()) != 0)) {
    return ErrnoError("cannot write", path);
  }
  return absl::OkStatus();
}

void StatRange(std::span<const std::string> paths, FileState* states) {
  for (size_t i = 0; i < paths.size(); ++i) {
    struct stat s;
    if (fstatat(AT_FDCWD, paths[i].c_str(), &s, 0) == 0) states[i] = StateOf(s);
  }
}

}  // namespace

void FileDescriptor::Close() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  return ReadFrom(AT_FDCWD, path);
}

absl::StatusOr<std::string> ReadFileAt(const FileDescriptor& directory,
                                       const std::string& name) {
  return ReadFrom(directory.get(), name);
}

absl::Status WriteFileAtomic(const std::string& path, absl::string_view bytes,
                             const WriteOptions& options) {
  const std::string parent = ParentOf(path);
  const size_t slash = path.rfind('/');
  std::string temporary = absl::StrCat(
      parent, "/.", path.substr(slash == std::string::npos ? 0 : slash + 1),
      ".XXXXXX.tmp");
  FileDescriptor file(mkostemps(temporary.data(), 4, O_CLOEXEC));
  if (!file.valid()) return ErrnoError("cannot write", path);
  absl::Status written = WriteTemporary(std::move(file), path, bytes, options);
  if (written.ok()) written = Rename(temporary, path);
  if (!written.ok()) {
    unlink(temporary.c_str());
    return written;
  }
  return options.sync ? Sync(parent) : absl::OkStatus();
}

absl::Status WriteFile(const std::string& path, absl::string_view bytes,
                       uint32_t mode) {
  return OpenAndWrite(path, bytes, O_TRUNC, mode);
}

absl::Status AppendToFile(const std::string& path, absl::string_view bytes) {
  return OpenAndWrite(path, bytes, O_APPEND, 0644);
}

absl::Status CopyFile(const std::string& from, const std::string& to) {
  FileDescriptor in(
      Retry([&] { return open(from.c_str(), O_RDONLY | O_CLOEXEC); }));
  struct stat s;
  if (!in.valid() || fstat(in.get(), &s) != 0) {
    return ErrnoError("cannot read", from);
  }
  FileDescriptor out(Retry([&] {
    return open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  }));
  if (!out.valid()) return ErrnoError("cannot write", to);
  while (true) {
    ssize_t n = Retry([&] {
      return sendfile(out.get(), in.get(), nullptr, size_t{1} << 30);
    });
    if (n < 0) return ErrnoError("cannot copy", absl::StrCat(from, " to ", to));
    if (n == 0) break;
  }
  if (fchmod(out.get(), s.st_mode & 07777) != 0) {
    return ErrnoError("cannot write", to);
  }
  return absl::OkStatus();
}

absl::Status Sync(const std::string& path) {
  FileDescriptor file(
      Retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (!file.valid() || fsync(file.get()) != 0) {
    return ErrnoError("cannot sync", path);
  }
  return absl::OkStatus();
}

absl::Status SyncFilesystem(const std::string& path) {
  FileDescriptor file(
      Retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (!file.valid() || syncfs(file.get()) != 0) {
    return ErrnoError("cannot sync the disk of", path);
  }
  return absl::OkStatus();
}

absl::StatusOr<FileState> Stat(const std::string& path) {
  return StateAt(path, 0);
}

absl::StatusOr<FileState> LinkStat(const std::string& path) {
  return StateAt(path, AT_SYMLINK_NOFOLLOW);
}

std::vector<FileState> StatMany(std::span<const std::string> paths,
                                int threads) {
  // Below this many, starting a thread costs more than it saves.
  constexpr size_t kWorthAThread = 256;
  std::vector<FileState> states(paths.size());
  const size_t parts = std::clamp<size_t>(paths.size() / kWorthAThread, 1,
                                          std::max<size_t>(threads, 1));
  const size_t share = (paths.size() + parts - 1) / parts;
  std::vector<std::thread> helpers;
  for (size_t begin = share; begin < paths.size(); begin += share) {
    helpers.emplace_back(
        StatRange, paths.subspan(begin, std::min(share, paths.size() - begin)),
        &states[begin]);
  }
  StatRange(paths.first(std::min(share, paths.size())), states.data());
  for (std::thread& helper : helpers) helper.join();
  return states;
}

bool Exists(const std::string& path) {
  struct stat s;
  return lstat(path.c_str(), &s) == 0;
}

bool IsDirectory(const std::string& path) {
  struct stat s;
  return stat(path.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
}

absl::Status Rename(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) {
    return ErrnoError("cannot rename", absl::StrCat(from, " to ", to));
  }
  return absl::OkStatus();
}

absl::Status HardLink(const std::string& existing, const std::string& created) {
  if (link(existing.c_str(), created.c_str()) != 0) {
    return ErrnoError("cannot link", absl::StrCat(existing, " as ", created));
  }
  return absl::OkStatus();
}

absl::Status Symlink(const std::string& target, const std::string& created) {
  if (symlink(target.c_str(), created.c_str()) != 0) {
    return ErrnoError("cannot make the link", created);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadLink(const std::string& path) {
  char target[PATH_MAX];
  ssize_t n = readlink(path.c_str(), target, sizeof(target));
  if (n < 0) return ErrnoError("cannot read the link", path);
  return std::string(target, n);
}

absl::Status SetMode(const std::string& path, uint32_t mode) {
  if (chmod(path.c_str(), mode) != 0) {
    return ErrnoError("cannot set the mode of", path);
  }
  return absl::OkStatus();
}

absl::Status RemoveFile(const std::string& path) {
  if (unlink(path.c_str()) != 0) return ErrnoError("cannot remove", path);
  return absl::OkStatus();
}

absl::Status RemoveDirectory(const std::string& path) {
  if (rmdir(path.c_str()) != 0) return ErrnoError("cannot remove", path);
  return absl::OkStatus();
}

absl::StatusOr<std::string> CurrentDirectory() {
  char path[PATH_MAX];
  if (getcwd(path, sizeof(path)) == nullptr) {
    return ErrnoError("cannot find", "the current directory");
  }
  return std::string(path);
}

absl::Status ChangeDirectory(const std::string& path) {
  if (chdir(path.c_str()) != 0) return ErrnoError("cannot change to", path);
  return absl::OkStatus();
}

absl::StatusOr<std::string> RealPath(const std::string& path) {
  char real[PATH_MAX];
  if (realpath(path.c_str(), real) == nullptr) {
    return ErrnoError("cannot find", path);
  }
  return std::string(real);
}

absl::StatusOr<std::string> ProgramPath() { return ReadLink("/proc/self/exe"); }

absl::StatusOr<int64_t> FreeBytes(const std::string& path) {
  struct statvfs s;
  if (statvfs(path.c_str(), &s) != 0) return ErrnoError("cannot find", path);
  return static_cast<int64_t>(s.f_bavail) * static_cast<int64_t>(s.f_frsize);
}

}  // namespace graph
