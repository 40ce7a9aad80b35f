// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/zygote_tracer.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/os/errors.h"
#include "engine/os/file_descriptor.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr long kTraced[] = {
#ifdef SYS_open
    SYS_open,
#endif
    SYS_openat, SYS_openat2, SYS_execve, SYS_execveat};

// Newer than the headers of our platform; without it, a signal makes the call
// start anew, which is noted once more.
constexpr unsigned kWaitKillable = 1U << 5;

// Programs of other machines are killed by the filter of the sandbox.
std::vector<sock_filter> Program() {
  std::vector<sock_filter> program = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (long call : kTraced) {
    program.push_back(
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(call), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return program;
}

bool SendFile(int socket, int file) {
  int none = 0;
  iovec part{&none, sizeof(none)};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &file, sizeof(file));
  return Retry([&] { return sendmsg(socket, &message, MSG_NOSIGNAL); }) > 0;
}

// The file that was sent; if there is none, `*error` was.
FileDescriptor ReceiveFile(int socket, int* error) {
  *error = EIO;
  iovec part{error, sizeof(*error)};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  if (Retry([&] { return recvmsg(socket, &message, MSG_CMSG_CLOEXEC); }) <= 0) {
    return FileDescriptor();
  }
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  int file = -1;
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    memcpy(&file, CMSG_DATA(header), sizeof(file));
  }
  return FileDescriptor(file);
}

// As much of another process's memory as one page has from `address` on; the
// next page may not be there. -1 and errno if there is nothing.
constexpr uint64_t kPage = 4096;
ssize_t ReadPage(pid_t process, uint64_t address, char* buffer) {
  const size_t size = kPage - address % kPage;
  iovec ours{buffer, size};
  iovec theirs{reinterpret_cast<void*>(address), size};
  return process_vm_readv(process, &ours, 1, &theirs, 1, 0);
}

// `path` without `.` and `..`, as if no part of it were a link.
std::string Plain(absl::string_view path) {
  std::vector<absl::string_view> parts;
  for (absl::string_view part : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
  }
  return absl::StrCat("/", absl::StrJoin(parts, "/"));
}

}  // namespace

absl::Status ProbeReadTracing() {
  const auto refused = [](absl::string_view why) {
    return absl::FailedPreconditionError(absl::StrCat(
        "--trace-reads cannot see what commands open on this machine: ", why));
  };
  const uint32_t answer = SECCOMP_RET_USER_NOTIF;
  if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &answer) != 0) {
    return refused("its kernel has no user notification of system calls");
  }
  // As old as the answer "go on".
  if (syscall(SYS_openat2, -1, nullptr, nullptr, 0) != 0 && errno == ENOSYS) {
    return refused("its kernel is older than Linux 5.6");
  }
  char buffer[kPage];
  if (ReadPage(getpid(), reinterpret_cast<uint64_t>(&answer), buffer) < 0) {
    return refused(absl::StrCat("reading the memory of a process fails (",
                                strerror(errno), ")"));
  }
  const std::string scope =
      ReadFile("/proc/sys/kernel/yama/ptrace_scope").value_or("0");
  if (!scope.empty() && scope[0] >= '2') {
    return refused(
        "the setting kernel.yama.ptrace_scope forbids to look into processes");
  }
  return absl::OkStatus();
}

ReadTracer::ReadTracer(std::string root) : root_(std::move(root)) {
  seccomp_notif_sizes sizes{};
  syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes);
  request_.resize(std::max<size_t>(sizes.seccomp_notif, sizeof(seccomp_notif)));
  response_.resize(
      std::max<size_t>(sizes.seccomp_notif_resp, sizeof(seccomp_notif_resp)));
}

int ReadTracer::TraceSelf(int socket) {
  // So that our parent may look at what we call the kernel with.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  std::vector<sock_filter> instructions = Program();
  const sock_fprog program{static_cast<unsigned short>(instructions.size()),
                           instructions.data()};
  const auto install = [&](unsigned flags) {
    return static_cast<int>(
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
  };
  constexpr unsigned kListen = SECCOMP_FILTER_FLAG_NEW_LISTENER;
  int listener = install(kListen | kWaitKillable);
  if (listener < 0 && errno == EINVAL) listener = install(kListen);
  if (listener < 0) return errno;
  const bool sent = SendFile(socket, listener);
  const int error = errno;
  close(listener);
  return sent ? 0 : error;
}

int ReadTracer::Serve(int socket, int process) {
  int error = 0;
  FileDescriptor listener = ReceiveFile(socket, &error);
  if (!listener.valid()) return error;
  pollfd watched[] = {{listener.get(), POLLIN, 0}, {process, POLLIN, 0}};
  while (watched[1].revents == 0) {
    if (Retry([&] { return poll(watched, 2, -1); }) < 0) return errno;
    if (watched[0].revents & POLLIN) {
      Answer(listener.get());
    } else if (watched[0].revents != 0) {
      watched[0].fd = -1;  // Nobody is left to be served.
    }
  }
  int told = 0;
  return recv(socket, &told, sizeof(told), MSG_DONTWAIT) == sizeof(told) ? told
                                                                         : 0;
}

std::string ReadTracer::TextAt(pid_t process, uint64_t address) {
  std::string text;
  char buffer[kPage];
  while (text.size() < PATH_MAX) {
    const ssize_t n = ReadPage(process, address, buffer);
    if (n <= 0) {
      if (errno == EPERM) reads_.insert("..");
      return "";
    }
    const size_t end = strnlen(buffer, n);
    text.append(buffer, end);
    if (end < static_cast<size_t>(n)) return text;
    address += n;
  }
  return "";
}

void ReadTracer::Answer(int listener) {
  std::fill(request_.begin(), request_.end(), 0);
  auto* request = reinterpret_cast<seccomp_notif*>(request_.data());
  // It may have been killed meanwhile.
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, request) != 0) return;
  const seccomp_data& data = request->data;
  Call call;
  call.process = static_cast<pid_t>(request->pid);
  const bool in_folder = data.nr == SYS_openat || data.nr == SYS_openat2 ||
                         data.nr == SYS_execveat;
  call.folder = in_folder ? static_cast<int>(data.args[0]) : AT_FDCWD;
  call.path = data.args[in_folder ? 1 : 0];
  call.of_file = data.nr == SYS_execveat && (data.args[4] & AT_EMPTY_PATH) != 0;
  Note(call);
  std::fill(response_.begin(), response_.end(), 0);
  auto* response = reinterpret_cast<seccomp_notif_resp*>(response_.data());
  response->id = request->id;
  response->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, response);
}

void ReadTracer::Note(const Call& call) {
  const std::string path = TextAt(call.process, call.path);
  std::string base =
      call.folder == AT_FDCWD
          ? absl::StrCat("/proc/", call.process, "/cwd")
          : absl::StrCat("/proc/", call.process, "/fd/", call.folder);
  if (path.empty()) {
    if (call.of_file) NoteFile(base, 0);
    return;
  }
  const bool absolute = path[0] == '/';
  const std::string place = absolute ? path : absl::StrCat(base, "/", path);
  FileDescriptor file(open(place.c_str(), O_PATH | O_CLOEXEC));
  if (!file.valid()) return;  // It is not there: nothing is read.
  // A link is read where it lies, and so is each link on the way.
  NoteFile(place, O_NOFOLLOW);
  NoteFile(place, 0);
  absl::StatusOr<std::string> folder = absolute ? "/" : ReadLink(base);
  if (folder.ok()) Add(Plain(absl::StrCat(*folder, "/", path)));
}

// Adds the file at `path`, by its own name.
void ReadTracer::NoteFile(const std::string& path, int flags) {
  FileDescriptor file(open(path.c_str(), O_PATH | O_CLOEXEC | flags));
  if (!file.valid()) return;
  absl::StatusOr<std::string> name =
      ReadLink(absl::StrCat("/proc/self/fd/", file.get()));
  if (name.ok()) Add(*name);
}

void ReadTracer::Add(absl::string_view path) {
  if (path == root_) {
    reads_.insert(".");
  } else if (absl::ConsumePrefix(&path, root_) &&
             absl::ConsumePrefix(&path, "/")) {
    reads_.emplace(path);
  }
}

std::string ReadTracer::TakeReads() {
  std::string text;
  for (const std::string& path : reads_) {
    absl::StrAppend(&text, path);
    text.push_back('\0');
  }
  reads_.clear();
  return text;
}

}  // namespace graph
