// SPDX-License-Identifier: Apache-2.0
// A zygote is two processes. The outer one raises the walls of the sandbox and
// then only waits: if the engine goes away or says so, it kills the inner one
// and with it all that the inner one started. The inner one is the first
// process of the sandbox. For each request it starts the command, waits, kills
// what the command left running, and empties the places where it could leave
// something for the next.
//
// Without namespaces there is nothing to kill by: the inner process adopts
// whatever the command leaves behind and kills that, and the outer one does the
// same if the inner one is gone.
#include "engine/exec/zygote.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/cas/action_cache.h"
#include "engine/exec/sandbox.h"
#include "engine/exec/sandbox_enter.h"
#include "engine/exec/sandbox_landlock.h"
#include "engine/exec/zygote_protocol.h"
#include "engine/exec/zygote_tracer.h"
#include "engine/os/clock.h"
#include "engine/os/errors.h"
#include "engine/os/file_descriptor.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

struct Settings {
  Isolation level = Isolation::kStrict;
  std::string toolchain_root;
  std::string exec_root;
  std::string scratch;
  bool loopback = false;
  std::string group;
  std::string changes;
  std::string trees;

  Insider insider() const {
    return changes.empty() ? Insider::kUser : Insider::kRoot;
  }
};

// --- Talking to the engine -------------------------------------------------

bool Send(const void* bytes, size_t size, int to = kZygoteRequests) {
  const char* from = static_cast<const char*>(bytes);
  while (size > 0) {
    ssize_t n = Retry([&] { return send(to, from, size, MSG_NOSIGNAL); });
    if (n <= 0) return false;
    from += n;
    size -= n;
  }
  return true;
}

bool Receive(void* bytes, size_t size, int from = kZygoteRequests) {
  return size == 0 || Retry([&] {
                        return recv(from, bytes, size, MSG_WAITALL);
                      }) == static_cast<ssize_t>(size);
}

bool SayHello(const absl::Status& status, int to = kZygoteRequests) {
  const std::string error(status.message());
  const ZygoteHello hello{static_cast<uint32_t>(error.size())};
  return Send(&hello, sizeof(hello), to) &&
         Send(error.data(), error.size(), to);
}

// --- Commands --------------------------------------------------------------

// A request, in the form that execve wants. Points into `body`.
struct CommandLine {
  std::vector<char> body;
  std::vector<char*> argv;
  std::vector<char*> env;
  std::vector<std::string> candidates;  // Where the program may be.
  rlim_t process_limit = RLIM_INFINITY;
  rlim_t memory_limit = RLIM_INFINITY;
  bool trace_reads = false;

  bool Read();

 private:
  void FindCandidates();
};

bool CommandLine::Read() {
  ZygoteRequest request;
  if (!Receive(&request, sizeof(request))) return false;
  body.resize(request.body_size);
  if (!Receive(body.data(), body.size())) return false;
  process_limit =
      request.process_limit == 0 ? RLIM_INFINITY : request.process_limit;
  memory_limit =
      request.memory_limit == 0 ? RLIM_INFINITY : rlim_t(request.memory_limit);
  trace_reads = request.trace_reads != 0;
  argv.clear();
  env.clear();
  char* word = body.data();
  for (uint32_t i = 0; i < request.argument_count + request.variable_count;
       ++i) {
    (i < request.argument_count ? argv : env).push_back(word);
    word += strlen(word) + 1;
  }
  argv.push_back(nullptr);
  env.push_back(nullptr);
  FindCandidates();
  return true;
}

void CommandLine::FindCandidates() {
  candidates.clear();
  const char* program = argv[0] == nullptr ? "" : argv[0];
  if (strchr(program, '/') != nullptr || program[0] == '\0') {
    candidates.push_back(program);
    return;
  }
  absl::string_view path = "/usr/bin:/bin";
  for (const char* variable : env) {
    absl::string_view text = variable == nullptr ? "" : variable;
    if (absl::ConsumePrefix(&text, "PATH=")) path = text;
  }
  for (absl::string_view folder : absl::StrSplit(path, ':')) {
    candidates.push_back(
        absl::StrCat(folder.empty() ? "." : folder, "/", program));
  }
}

int64_t Micros(const timeval& time) {
  return time.tv_sec * int64_t{1'000'000} + time.tv_usec;
}

// In the child, which has our memory: only system calls.
void Limit(__rlimit_resource_t resource, rlim_t limit) {
  if (limit == RLIM_INFINITY) return;
  const rlimit both{limit, limit};
  setrlimit(resource, &both);
}

// Likewise. Returns only if there is no such program: why.
int Become(const CommandLine& command, const LandlockRules* guard) {
  setsid();
  if (guard != nullptr) {
    if (const int error = guard->EnforceQuietly(); error != 0) return error;
  }
  Limit(RLIMIT_NPROC, command.process_limit);
  Limit(RLIMIT_AS, command.memory_limit);
  int error = ENOENT;
  for (const std::string& candidate : command.candidates) {
    execve(candidate.c_str(), command.argv.data(), command.env.data());
    error = errno;
    if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) break;
  }
  return error;
}

void WaitFor(pid_t child, int64_t begin, ZygoteReply& reply) {
  rusage usage{};
  Retry([&] { return wait4(child, &reply.wait_status, 0, &usage); });
  reply.wall_us = MonotonicMicros() - begin;
  reply.cpu_us = Micros(usage.ru_utime) + Micros(usage.ru_stime);
  reply.max_rss_kb = usage.ru_maxrss;
}

// As RunCommandLine(), and `tracer` knows what the command opened. Its child
// has memory of its own: it waits for us before it is replaced.
ZygoteReply RunTraced(const CommandLine& command, const LandlockRules* guard,
                      ReadTracer& tracer) {
  ZygoteReply reply{};
  const int64_t begin = MonotonicMicros();
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    reply.start_errno = errno;
    return reply;
  }
  FileDescriptor ours(ends[0]), theirs(ends[1]);
  const pid_t child = fork();
  if (child == 0) {
    int error = ReadTracer::TraceSelf(theirs.get());
    if (error == 0) error = Become(command, guard);
    send(theirs.get(), &error, sizeof(error), MSG_NOSIGNAL);
    _exit(127);
  }
  if (child < 0) {
    reply.start_errno = errno;
    return reply;
  }
  theirs = FileDescriptor();
  FileDescriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  reply.start_errno = tracer.Serve(ours.get(), process.get());
  if (reply.start_errno != 0) kill(child, SIGKILL);
  WaitFor(child, begin, reply);
  return reply;
}

// Starts the command and waits for it, not for what it leaves behind. `guard`,
// if there is one, keeps its signals from us.
ZygoteReply RunCommandLine(const CommandLine& command,
                           const LandlockRules* guard, ReadTracer& tracer) {
  // A command may have changed the flags of the files that we lend it.
  for (int fd : {STDOUT_FILENO, STDERR_FILENO}) fcntl(fd, F_SETFL, O_APPEND);
  if (command.trace_reads) return RunTraced(command, guard, tracer);
  ZygoteReply reply{};
  const int64_t begin = MonotonicMicros();
  volatile int failure = 0;  // The child has our memory until it is replaced.
  const pid_t child = vfork();
  if (child == 0) {
    failure = Become(command, guard);
    _exit(127);
  }
  if (child < 0) {
    reply.start_errno = errno;
    return reply;
  }
  WaitFor(child, begin, reply);
  reply.start_errno = failure;
  return reply;
}

// The reply, and what was read. REQUIRES: no process of the command lives.
bool SendReply(ZygoteReply reply, ReadTracer& tracer) {
  const std::string reads = tracer.TakeReads();
  reply.reads_size = reads.size();
  return Send(&reply, sizeof(reply)) && Send(reads.data(), reads.size());
}

// --- After a command -------------------------------------------------------

// As the first process of a process namespace: ends everybody else in it.
void KillEverybodyElse() {
  while (kill(-1, SIGKILL) == 0) {
    Retry([] { return waitpid(-1, nullptr, __WALL); });
  }
  while (waitpid(-1, nullptr, __WALL | WNOHANG) > 0) {
  }
}

// Without a namespace: ends those who have come to be our children. Killing
// them makes their children ours.
void KillAdopted() {
  const std::string list =
      absl::StrCat("/proc/self/task/", getpid(), "/children");
  while (true) {
    absl::StatusOr<std::string> children = ReadFile(list);
    if (!children.ok() || children->empty()) return;
    for (absl::string_view child :
         absl::StrSplit(*children, ' ', absl::SkipEmpty())) {
      int pid = 0;
      if (!absl::SimpleAtoi(child, &pid)) continue;
      kill(pid, SIGKILL);
      Retry([&] { return waitpid(pid, nullptr, __WALL); });
    }
  }
}

// A folder that every command finds empty.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& path)
      : path_(path),
        folder_(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}

  void Empty() {
    struct stat state;
    if (fstat(folder_.get(), &state) == 0 && (state.st_mode & 07777) != 01777) {
      fchmod(folder_.get(), 01777);
    }
    if (IsEmpty()) return;
    absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(path_);
    if (!entries.ok()) return;
    for (const DirectoryEntry& entry : *entries) {
      // What cannot be removed would be seen by the next command: give up.
      if (!RemoveTree(absl::StrCat(path_, "/", entry.name)).ok()) _exit(1);
    }
  }

 private:
  bool IsEmpty() {
    // Has room for `.`, `..` and the longest name that there can be.
    alignas(dirent64) char buffer[1024];
    lseek(folder_.get(), 0, SEEK_SET);
    const ssize_t size = getdents64(folder_.get(), buffer, sizeof(buffer));
    int entries = 0;
    for (ssize_t at = 0; at < size; ++entries) {
      at += reinterpret_cast<dirent64*>(buffer + at)->d_reclen;
    }
    return entries == 2;  // `.` and `..`
  }

  std::string path_;
  FileDescriptor folder_;
};

// --- The processes ---------------------------------------------------------

// What commands inherit: nothing to read, the engine's memory to write to.
absl::Status ConnectStreams() {
  FileDescriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null.valid() || dup2(null.get(), STDIN_FILENO) < 0 ||
      dup2(kZygoteStdout, STDOUT_FILENO) < 0 ||
      dup2(kZygoteStderr, STDERR_FILENO) < 0) {
    return ErrnoError("cannot open", "the standard streams of a sandbox");
  }
  return absl::OkStatus();
}

int ServeStrictly(const Settings& settings, FileDescriptor shelf) {
  absl::Status ready = EnterRoot({settings.toolchain_root, settings.exec_root,
                                  settings.changes, shelf.get()});
  shelf = FileDescriptor();
  if (ready.ok()) ready = ConnectStreams();
  if (ready.ok()) ready = GiveUpPrivileges(settings.insider());
  // Commands have our user id: they must not be able to look into us.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (!SayHello(ready) || !ready.ok()) return 1;
  ScratchFolder scratch[] = {ScratchFolder("/tmp"), ScratchFolder("/dev/shm")};
  ReadTracer tracer(kSandboxRoot);
  for (CommandLine command; command.Read();) {
    const ZygoteReply reply = RunCommandLine(command, nullptr, tracer);
    KillEverybodyElse();
    for (ScratchFolder& folder : scratch) folder.Empty();
    if (!SendReply(reply, tracer)) return 1;
  }
  return 0;
}

int ServeBasically(const Settings& settings) {
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  ScratchFolder scratch(settings.scratch);
  absl::Status ready = ChangeDirectory(settings.exec_root);
  if (ready.ok()) ready = ConnectStreams();
  if (ready.ok()) {
    ready = EnterBasic(
        {settings.toolchain_root, settings.exec_root, settings.scratch});
  }
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  // Another layer for each command, so that it cannot end us either. Where the
  // kernel has no such thing, it can end its own sandbox, and fails by that.
  absl::StatusOr<LandlockRules> guard =
      absl::FailedPreconditionError("no version 6");
  if (LandlockVersion() >= 6) guard = LandlockRules::Make(0, true);
  if (!SayHello(ready) || !ready.ok()) return 1;
  ReadTracer tracer(settings.exec_root);
  for (CommandLine command; command.Read();) {
    const ZygoteReply reply =
        RunCommandLine(command, guard.ok() ? &*guard : nullptr, tracer);
    KillAdopted();
    scratch.Empty();
    if (!SendReply(reply, tracer)) return 1;
  }
  return 0;
}

int ServePlainly(const Settings& settings) {
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  absl::Status ready = ChangeDirectory(settings.exec_root);
  if (ready.ok()) ready = ConnectStreams();
  if (!SayHello(ready) || !ready.ok()) return 1;
  ReadTracer tracer(settings.exec_root);
  for (CommandLine command; command.Read();) {
    const ZygoteReply reply = RunCommandLine(command, nullptr, tracer);
    KillAdopted();
    if (!SendReply(reply, tracer)) return 1;
  }
  return 0;
}

// Answers one request for a tree; false if the engine has gone.
bool ShowTreeAskedFor(const FileDescriptor& shelf) {
  ZygoteTree tree;
  if (!Receive(&tree, sizeof(tree), kZygoteLife)) return false;
  std::string name(tree.name_size, '\0'), path(tree.path_size, '\0');
  return Receive(name.data(), name.size(), kZygoteLife) &&
         Receive(path.data(), path.size(), kZygoteLife) &&
         SayHello(ShowTree(shelf, name, path), kZygoteLife);
}

// Returns when `inner` is gone, and with it all that it started. In a process
// namespace that goes with its first process; without one, what it started
// becomes ours.
int WatchOver(pid_t inner, const FileDescriptor& shelf) {
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  close(kZygoteRequests);
  close(kZygoteStdout);
  close(kZygoteStderr);
  FileDescriptor process(static_cast<int>(syscall(SYS_pidfd_open, inner, 0)));
  pollfd watched[] = {{kZygoteLife, POLLIN, 0}, {process.get(), POLLIN, 0}};
  while (Retry([&] { return poll(watched, 2, -1); }) > 0 &&
         watched[1].revents == 0 && ShowTreeAskedFor(shelf)) {
  }
  kill(inner, SIGKILL);
  Retry([&] { return waitpid(inner, nullptr, __WALL); });
  KillAdopted();
  return 0;
}

// Becomes two processes. The inner one serves, and dies with the outer one.
int ServeUnderWatch(const Settings& settings) {
  int life[2];
  if (pipe2(life, O_CLOEXEC) != 0) return 1;
  FileDescriptor shelf;
  if (!settings.trees.empty()) {
    absl::StatusOr<FileDescriptor> prepared = PrepareShelf(settings.trees);
    if (!prepared.ok()) {
      SayHello(prepared.status());
      return 1;
    }
    shelf = *std::move(prepared);
  }
  const pid_t inner = fork();
  if (inner < 0) {
    SayHello(ErrnoError("cannot start", "a sandbox"));
    return 1;
  }
  if (inner > 0) {
    close(life[0]);
    return WatchOver(inner, shelf);
  }
  close(life[1]);
  close(kZygoteLife);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  // Had it died before that, its end of the pipe would be closed.
  pollfd watched{life[0], 0, 0};
  if (poll(&watched, 1, 0) != 0) return 1;
  switch (settings.level) {
    case Isolation::kStrict:
      return ServeStrictly(settings, std::move(shelf));
    case Isolation::kBasic:
      return ServeBasically(settings);
    case Isolation::kNone:
      return ServePlainly(settings);
  }
  return 2;
}

// What commands inherit from the engine and should not.
void ForgetTheCaller() {
  close_range(kZygoteStderr + 1, ~0U, 0);
  for (int fd = kZygoteRequests; fd <= kZygoteStderr; ++fd) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  umask(022);
  // Of one byte, which the kernel takes for none at all; with a limit of 0 a
  // program of the host that collects core dumps would still be started.
  const rlimit no_core{1, 1};
  setrlimit(RLIMIT_CORE, &no_core);
}

}  // namespace

bool IsZygote(int argc, char** argv) {
  return argc >= 2 && (strcmp(argv[1], kZygoteArgument) == 0 ||
                       strcmp(argv[1], kEnterArgument) == 0);
}

int ZygoteMain(int argc, char** argv) {
  if (strcmp(argv[1], kEnterArgument) == 0) return EnterKept(argc, argv);
  if (argc != kZygoteArgumentCount) return 2;
  Settings settings;
  settings.level = Isolation::kNone;
  for (Isolation level : {Isolation::kStrict, Isolation::kBasic}) {
    if (argv[2] == IsolationName(level)) settings.level = level;
  }
  settings.toolchain_root = argv[3];
  settings.exec_root = RealPath(argv[4]).value_or(argv[4]);
  settings.scratch = argv[5];
  settings.loopback = strcmp(argv[6], kZygoteLoopback) == 0;
  settings.group = argv[7];
  settings.changes = argv[8];
  settings.trees = argv[9];
  ForgetTheCaller();
  if (!settings.group.empty()) {
    absl::Status joined =
        WriteFile(absl::StrCat(settings.group, "/cgroup.procs"), "0");
    if (!joined.ok()) {
      SayHello(joined);
      return 1;
    }
  }
  if (settings.level == Isolation::kStrict) {
    absl::Status entered = EnterNamespaces(settings.insider());
    if (entered.ok() && settings.loopback) entered = RaiseLoopback();
    if (!entered.ok()) {
      SayHello(entered);
      return 1;
    }
  }
  return ServeUnderWatch(settings);
}

}  // namespace graph
