// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/zygote_client.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/os/clock.h"
#include "engine/os/errors.h"

namespace graph {
namespace {

// Above the numbers that the zygote expects, so that handing one over does not
// close another.
FileDescriptor AboveZygoteFiles(FileDescriptor file) {
  return FileDescriptor(fcntl(file.get(), F_DUPFD_CLOEXEC, kZygoteStderr + 1));
}

absl::Status MakeSockets(FileDescriptor* ours, FileDescriptor* theirs) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return ErrnoError("cannot make", "a socket");
  }
  *ours = FileDescriptor(ends[0]);
  *theirs = AboveZygoteFiles(FileDescriptor(ends[1]));
  return absl::OkStatus();
}

absl::StatusOr<FileDescriptor> MakeMemory(const char* name) {
  FileDescriptor memory =
      AboveZygoteFiles(FileDescriptor(memfd_create(name, MFD_CLOEXEC)));
  if (!memory.valid()) return ErrnoError("cannot make", "memory for output");
  return memory;
}

int64_t SizeOf(const FileDescriptor& file) {
  struct stat s;
  return fstat(file.get(), &s) == 0 ? s.st_size : 0;
}

// What was written to `memory`, which is empty afterwards.
std::string Take(const FileDescriptor& memory) {
  std::string text(std::min(SizeOf(memory), ZygoteClient::kMaxOutputBytes),
                   '\0');
  if (text.empty()) return text;
  size_t done = 0;
  while (done < text.size()) {
    ssize_t n = Retry([&] {
      return pread(memory.get(), &text[done], text.size() - done, done);
    });
    if (n <= 0) break;
    done += n;
  }
  text.resize(done);
  if (ftruncate(memory.get(), 0) != 0) text.clear();  // Cannot be.
  return text;
}

// Runs as a process of its own in our memory: only system calls.
int TryNamespaces(void* error) {
  int context = -1;
  // In a container whose own /proc is hidden in part, there is no new one.
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
      (context = fsopen("proc", 0)) >= 0 &&
      fsconfig(context, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) == 0 &&
      fsmount(context, 0, 0) >= 0) {
    return 0;
  }
  *static_cast<int*>(error) = errno;
  return 1;
}

}  // namespace

absl::Status ProbeNamespaces() {
  alignas(16) char stack[65536];
  int error = 0;
  const int process =
      clone(TryNamespaces, stack + sizeof(stack),
            CLONE_VM | CLONE_VFORK | CLONE_NEWUSER | CLONE_NEWNS |
                CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | SIGCHLD,
            &error);
  if (process < 0) {
    error = errno;
  } else {
    Retry([&] { return waitpid(process, nullptr, 0); });
  }
  if (error == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "this machine does not let this user make user namespaces (",
      error == ENOSPC ? "it allows none" : strerror(error),
      "), which keep an action from what it did not declare; see the settings "
      "user.max_user_namespaces, kernel.unprivileged_userns_clone and "
      "kernel.apparmor_restrict_unprivileged_userns; in a container, also what "
      "it was started with (--security-opt seccomp=unconfined, systempaths="
      "unconfined)"));
}

absl::StatusOr<std::unique_ptr<ZygoteClient>> ZygoteClient::Start(
    const Options& options) {
  std::unique_ptr<ZygoteClient> zygote(new ZygoteClient);
  RETURN_IF_ERROR(zygote->Launch(options));
  RETURN_IF_ERROR(AwaitHello(zygote->requests_));
  return zygote;
}

absl::Status ZygoteClient::Launch(const Options& options) {
  FileDescriptor requests, life;
  RETURN_IF_ERROR(MakeSockets(&requests_, &requests));
  RETURN_IF_ERROR(MakeSockets(&life_, &life));
  ASSIGN_OR_RETURN(stdout_, MakeMemory("stdout"));
  ASSIGN_OR_RETURN(stderr_, MakeMemory("stderr"));

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, requests.get(), kZygoteRequests);
  posix_spawn_file_actions_adddup2(&files, life.get(), kZygoteLife);
  posix_spawn_file_actions_adddup2(&files, stdout_.get(), kZygoteStdout);
  posix_spawn_file_actions_adddup2(&files, stderr_.get(), kZygoteStderr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  // In a session of its own: Ctrl-C is for the engine, which tells us.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK |
                                            POSIX_SPAWN_SETSIGDEF |
                                            POSIX_SPAWN_SETSID);
  std::string words[kZygoteArgumentCount] = {
      "graph",
      kZygoteArgument,
      std::string(IsolationName(options.level)),
      options.toolchain_root,
      options.exec_root,
      options.scratch,
      options.loopback ? kZygoteLoopback : kZygoteNoNetwork,
      options.group,
      options.changes,
      options.trees};
  char* argv[kZygoteArgumentCount + 1] = {};
  for (int i = 0; i < kZygoteArgumentCount; ++i) argv[i] = words[i].data();
  char* env[] = {nullptr};
  const int failed =
      posix_spawn(&process_, "/proc/self/exe", &files, &attributes, argv, env);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failed == 0) return absl::OkStatus();
  process_ = 0;
  return absl::ErrnoToStatus(failed, "cannot start a process for a sandbox");
}

absl::Status ZygoteClient::AwaitHello(const FileDescriptor& from) {
  ZygoteHello hello{};
  auto receive = [&](void* bytes, size_t size) {
    return Retry([&] { return recv(from.get(), bytes, size, MSG_WAITALL); }) ==
           static_cast<ssize_t>(size);
  };
  std::string error;
  bool ok = receive(&hello, sizeof(hello));
  if (ok) {
    error.resize(hello.error_size);
    ok = error.empty() || receive(error.data(), error.size());
  }
  if (!ok) {
    return absl::InternalError(
        "the process for a sandbox ended before it was ready (does main() "
        "call IsZygote?)");
  }
  return error.empty() ? absl::OkStatus()
                       : absl::FailedPreconditionError(error);
}

ZygoteClient::~ZygoteClient() {
  if (process_ == 0) return;
  Interrupt();
  Retry([&] { return waitpid(process_, nullptr, 0); });
}

void ZygoteClient::Interrupt() { shutdown(life_.get(), SHUT_RDWR); }

bool ZygoteClient::Send(const FileDescriptor& to, absl::string_view message) {
  while (!message.empty()) {
    const ssize_t n = Retry([&] {
      return send(to.get(), message.data(), message.size(), MSG_NOSIGNAL);
    });
    if (n <= 0) return false;
    message.remove_prefix(n);
  }
  return true;
}

absl::Status ZygoteClient::Show(const std::string& name,
                                const std::string& path) {
  const ZygoteTree tree{static_cast<uint32_t>(name.size()),
                        static_cast<uint32_t>(path.size())};
  std::string message(reinterpret_cast<const char*>(&tree), sizeof(tree));
  absl::StrAppend(&message, name, path);
  if (!Send(life_, message)) {
    return absl::UnavailableError("the sandbox ended before the command began");
  }
  return AwaitHello(life_);
}

bool ZygoteClient::SendRequest(const Command& command) {
  std::string message(sizeof(ZygoteRequest), '\0');
  for (const std::string& word : command.argv) {
    message.append(word).push_back('\0');
  }
  for (const auto& [name, value] : command.env) {
    absl::StrAppend(&message, name, "=", value);
    message.push_back('\0');
  }
  const ZygoteRequest request{
      static_cast<uint32_t>(message.size() - sizeof(ZygoteRequest)),
      static_cast<uint32_t>(command.argv.size()),
      static_cast<uint32_t>(command.env.size()),
      command.process_limit,
      command.memory_limit,
      command.trace_reads};
  memcpy(message.data(), &request, sizeof(request));
  return Send(requests_, message);
}

bool ZygoteClient::TooLoud() const {
  return SizeOf(stdout_) > kMaxOutputBytes || SizeOf(stderr_) > kMaxOutputBytes;
}

ZygoteClient::Outcome::End ZygoteClient::AwaitReply(int64_t timeout_s,
                                                    Outcome* outcome) {
  constexpr int64_t kLookUs = 200'000;  // Between looks at the output's size.
  const int64_t deadline =
      timeout_s > 0 ? MonotonicMicros() + timeout_s * 1'000'000 : INT64_MAX;
  while (true) {
    int64_t wait = kLookUs;
    if (timeout_s > 0) {
      wait = std::clamp<int64_t>(deadline - MonotonicMicros(), 0, kLookUs);
    }
    pollfd watched{requests_.get(), POLLIN, 0};
    // Rounded up, or the last millisecond would be spent spinning.
    const int ready = poll(&watched, 1, static_cast<int>((wait + 999) / 1000));
    if (ready > 0) break;
    if (TooLoud()) return Outcome::End::kTooLoud;
    if (MonotonicMicros() >= deadline) return Outcome::End::kTimedOut;
  }
  const auto receive = [&](void* bytes, size_t size) {
    return size == 0 ||
           Retry([&] {
             return recv(requests_.get(), bytes, size, MSG_WAITALL);
           }) == static_cast<ssize_t>(size);
  };
  ZygoteReply& reply = outcome->reply;
  if (!receive(&reply, sizeof(reply))) return Outcome::End::kGone;
  std::string reads(reply.reads_size, '\0');
  if (!receive(reads.data(), reads.size())) return Outcome::End::kGone;
  if (!reads.empty()) {
    outcome->reads = absl::StrSplit(reads, '\0', absl::SkipEmpty());
  }
  return TooLoud() ? Outcome::End::kTooLoud : Outcome::End::kReplied;
}

ZygoteClient::Outcome ZygoteClient::Run(const Command& command) {
  Outcome outcome;
  if (!SendRequest(command)) return outcome;
  outcome.end = AwaitReply(command.timeout_s, &outcome);
  outcome.stdout_text = Take(stdout_);
  outcome.stderr_text = Take(stderr_);
  return outcome;
}

}  // namespace graph
