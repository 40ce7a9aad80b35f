// SPDX-License-Identifier: Apache-2.0
// A library to be preloaded (LD_PRELOAD) into a program under test: one call of
// the file system fails, or does only half of what it was asked to. It stands
// between the program and libc, so that LMDB's calls are among them, and the
// program is the one that users have.
//
//   FAULT_KIND    `write`, `rename`, `sync`, `read` or `make`: which calls
//   count FAULT_AT      the n-th of them fails, from 1 FAULT_ERROR   `EIO`,
//   `ENOSPC`, or `SHORT` (reads and writes only) FAULT_UNDER   only calls on
//   files below this folder count FAULT_LOG     made when the call has failed;
//   holds its name and its path
//
// Processes that the program starts are left alone.
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Plan {
  std::string kind, error, under, log;
  long at = 0;
};

Plan& ThePlan() {
  static Plan* const plan = new Plan;  // Never destroyed: threads outlive main.
  return *plan;
}

std::atomic<long> calls = 0;

__attribute__((constructor)) void ReadPlan() {
  const auto take = [](const char* name) {
    const char* value = getenv(name);
    std::string text = value == nullptr ? "" : value;
    unsetenv(name);
    return text;
  };
  Plan& plan = ThePlan();
  plan.kind = take("FAULT_KIND");
  plan.at = atol(take("FAULT_AT").c_str());
  plan.error = take("FAULT_ERROR");
  plan.under = take("FAULT_UNDER");
  plan.log = take("FAULT_LOG");
  unsetenv("LD_PRELOAD");
}

template <typename F>
F* Real(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

std::string PathOf(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  const ssize_t n = readlink(link, path, sizeof(path));
  return n < 0 ? "" : std::string(path, n);
}

// Whether this call is the one, which is then logged.
bool IsTheOne(const char* kind, const char* call, const std::string& path) {
  const Plan& plan = ThePlan();
  if (plan.at == 0 || plan.kind != kind ||
      path.compare(0, plan.under.size(), plan.under) != 0 ||
      ++calls != plan.at) {
    return false;
  }
  const int fd = Real<int(const char*, int, ...)>("open")(
      plan.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const std::string text = std::string(call) + " " + path + "\n";
  (void)!Real<ssize_t(int, const void*, size_t)>("write")(fd, text.data(),
                                                          text.size());
  close(fd);
  return true;
}

int Error() { return ThePlan().error == "ENOSPC" ? ENOSPC : EIO; }
bool Short() { return ThePlan().error == "SHORT"; }

// -1, or for a short count half of `size`, done by `half`.
template <typename F>
ssize_t Fail(size_t size, F&& half) {
  if (Short() && size > 1) return half(size / 2);
  if (Short()) return half(size);
  errno = Error();
  return -1;
}

int Failure() {
  errno = Error();
  return -1;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
  auto* real = Real<decltype(write)>("write");
  if (IsTheOne("write", "write", PathOf(fd))) {
    return Fail(size, [&](size_t n) { return real(fd, bytes, n); });
  }
  return real(fd, bytes, size);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  auto* real = Real<decltype(pwrite)>("pwrite");
  if (IsTheOne("write", "pwrite", PathOf(fd))) {
    return Fail(size, [&](size_t n) { return real(fd, bytes, n, at); });
  }
  return real(fd, bytes, size, at);
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
  auto* real = Real<decltype(writev)>("writev");
  if (IsTheOne("write", "writev", PathOf(fd))) {
    return Fail(2, [&](size_t) {
      return write(fd, parts[0].iov_base, parts[0].iov_len / 2);
    });
  }
  return real(fd, parts, count);
}

ssize_t sendfile(int to, int from, off_t* at, size_t size) {
  auto* real = Real<decltype(sendfile)>("sendfile");
  if (IsTheOne("write", "sendfile", PathOf(to))) {
    struct stat state;
    const size_t all = fstat(from, &state) == 0 ? state.st_size : size;
    return Fail(all, [&](size_t n) { return real(to, from, at, n); });
  }
  return real(to, from, at, size);
}

int posix_fallocate(int fd, off_t at, off_t size) {
  if (IsTheOne("write", "posix_fallocate", PathOf(fd)) && !Short()) {
    return Error();
  }
  return Real<decltype(posix_fallocate)>("posix_fallocate")(fd, at, size);
}

int ftruncate(int fd, off_t size) {
  if (IsTheOne("write", "ftruncate", PathOf(fd)) && !Short()) return Failure();
  return Real<decltype(ftruncate)>("ftruncate")(fd, size);
}

ssize_t read(int fd, void* bytes, size_t size) {
  auto* real = Real<decltype(read)>("read");
  if (IsTheOne("read", "read", PathOf(fd))) {
    return Fail(size, [&](size_t n) { return real(fd, bytes, n); });
  }
  return real(fd, bytes, size);
}

ssize_t pread(int fd, void* bytes, size_t size, off_t at) {
  auto* real = Real<decltype(pread)>("pread");
  if (IsTheOne("read", "pread", PathOf(fd))) {
    return Fail(size, [&](size_t n) { return real(fd, bytes, n, at); });
  }
  return real(fd, bytes, size, at);
}

int rename(const char* from, const char* to) {
  if (IsTheOne("rename", "rename", to)) return Failure();
  return Real<decltype(rename)>("rename")(from, to);
}

int renameat2(int a, const char* from, int b, const char* to, unsigned flags) {
  if (IsTheOne("rename", "renameat2", to)) return Failure();
  return Real<decltype(renameat2)>("renameat2")(a, from, b, to, flags);
}

int link(const char* from, const char* to) {
  if (IsTheOne("rename", "link", to)) return Failure();
  return Real<decltype(link)>("link")(from, to);
}

int fsync(int fd) {
  if (IsTheOne("sync", "fsync", PathOf(fd))) return Failure();
  return Real<decltype(fsync)>("fsync")(fd);
}

int fdatasync(int fd) {
  if (IsTheOne("sync", "fdatasync", PathOf(fd))) return Failure();
  return Real<decltype(fdatasync)>("fdatasync")(fd);
}

int mkdir(const char* path, mode_t mode) {
  if (IsTheOne("make", "mkdir", path)) return Failure();
  return Real<decltype(mkdir)>("mkdir")(path, mode);
}

char* mkdtemp(char* path) {
  if (IsTheOne("make", "mkdtemp", path)) {
    errno = Error();
    return nullptr;
  }
  return Real<decltype(mkdtemp)>("mkdtemp")(path);
}

int mkostemps(char* path, int suffix, int flags) {
  if (IsTheOne("make", "mkostemps", path)) return Failure();
  return Real<decltype(mkostemps)>("mkostemps")(path, suffix, flags);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (IsTheOne("make", "open", path)) return Failure();
  return Real<int(const char*, int, ...)>("open")(path, flags, mode);
}

}  // extern "C"
