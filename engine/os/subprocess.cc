// SPDX-License-Identifier: Apache-2.0
#include "engine/os/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/os/clock.h"
#include "engine/os/errors.h"
#include "engine/os/file_descriptor.h"

namespace graph {
namespace {

// What posix_spawn wants of a Command, pointing into it and into itself.
class SpawnArguments {
 public:
  SpawnArguments(const Command& command, bool own_group) {
    for (const std::string& argument : command.argv) {
      argv_.push_back(const_cast<char*>(argument.c_str()));
    }
    argv_.push_back(nullptr);
    if (command.env.has_value()) {
      for (const auto& [name, value] : *command.env) {
        variables_.push_back(absl::StrCat(name, "=", value));
      }
      for (std::string& variable : variables_) env_.push_back(variable.data());
      env_.push_back(nullptr);
    }
    posix_spawn_file_actions_init(&actions_);
    if (!command.directory.empty()) {
      posix_spawn_file_actions_addchdir_np(&actions_,
                                           command.directory.c_str());
    }
    InitAttributes(own_group);
  }
  SpawnArguments(const SpawnArguments&) = delete;
  SpawnArguments& operator=(const SpawnArguments&) = delete;
  ~SpawnArguments() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  void Connect(int ours, int theirs) {
    posix_spawn_file_actions_adddup2(&actions_, ours, theirs);
  }

  // Returns errno, or 0.
  int Spawn(const std::string& program, pid_t* pid) {
    return posix_spawn(pid, program.c_str(), &actions_, &attributes_,
                       argv_.data(), env_.empty() ? environ : env_.data());
  }

 private:
  // Signals as for a program started from a shell, whatever we have blocked.
  void InitAttributes(bool own_group) {
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                 (own_group ? POSIX_SPAWN_SETPGROUP : 0));
  }

  std::vector<char*> argv_;
  std::vector<std::string> variables_;
  std::vector<char*> env_;
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

absl::StatusOr<Pipe> MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return ErrnoError("cannot make", "a pipe");
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// A socket where writing to a closed end is an error and not a signal.
absl::StatusOr<Pipe> MakeInput() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return ErrnoError("cannot make", "a socket");
  }
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

int ExitCode(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int Wait(pid_t pid) {
  int status = 0;
  Retry([&] { return waitpid(pid, &status, 0); });
  return ExitCode(status);
}

// Feeds and drains a child until all its streams are closed.
class Conversation {
 public:
  Conversation(const Command& command, pid_t group, FileDescriptor input,
               FileDescriptor output, FileDescriptor error)
      : group_(group), input_(std::move(input)), rest_(command.input) {
    streams_[0] = std::move(output);
    streams_[1] = std::move(error);
    if (rest_.empty()) input_.Close();
    if (command.timeout_s > 0) {
      deadline_us_ = MonotonicMicros() + command.timeout_s * 1'000'000;
    }
  }

  // Returns true if it took too long (and the group was killed).
  bool Run(CommandResult* result) {
    std::string* texts[] = {&result->stdout_text, &result->stderr_text};
    bool late = false;
    while (streams_[0].valid() || streams_[1].valid() || input_.valid()) {
      pollfd watched[] = {{streams_[0].get(), POLLIN, 0},
                          {streams_[1].get(), POLLIN, 0},
                          {input_.get(), POLLOUT, 0}};
      if (Retry([&] { return poll(watched, 3, TimeLeftMs()); }) == 0) {
        if (late) return true;  // Somebody outside the group holds the pipes.
        late = true;
        kill(-group_, SIGKILL);
        deadline_us_ = MonotonicMicros() + 1'000'000;
      }
      for (int i = 0; i < 2; ++i) {
        if (watched[i].revents != 0) Drain(&streams_[i], texts[i]);
      }
      if (watched[2].revents != 0) Feed();
    }
    return late;
  }

 private:
  int TimeLeftMs() const {
    if (deadline_us_ == 0) return -1;
    const int64_t left = (deadline_us_ - MonotonicMicros()) / 1000;
    return static_cast<int>(std::clamp<int64_t>(left, 0, 1'000'000'000));
  }

  static void Drain(FileDescriptor* stream, std::string* text) {
    char buffer[65536];
    ssize_t n =
        Retry([&] { return read(stream->get(), buffer, sizeof(buffer)); });
    if (n <= 0) return stream->Close();
    text->append(buffer, n);
  }

  void Feed() {
    ssize_t n = send(input_.get(), rest_.data(), rest_.size(),
                     MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n < 0) return input_.Close();  // It does not want the rest.
    rest_.remove_prefix(n);
    if (rest_.empty()) input_.Close();
  }

  pid_t group_;
  FileDescriptor input_;
  FileDescriptor streams_[2];
  absl::string_view rest_;
  int64_t deadline_us_ = 0;
};

absl::StatusOr<std::string> ProgramOf(const Command& command) {
  if (command.argv.empty()) {
    return absl::InvalidArgumentError("a command without words");
  }
  std::optional<std::string> program = FindProgram(command.argv[0]);
  if (!program.has_value()) {
    return absl::NotFoundError(
        absl::StrCat("there is no program ", command.argv[0]));
  }
  return *std::move(program);
}

}  // namespace

absl::StatusOr<CommandResult> RunCommand(const Command& command,
                                         const Cancellation* cancellation) {
  ASSIGN_OR_RETURN(std::string program, ProgramOf(command));
  ASSIGN_OR_RETURN(Pipe input, MakeInput());
  ASSIGN_OR_RETURN(Pipe output, MakePipe());
  ASSIGN_OR_RETURN(Pipe error, MakePipe());
  SpawnArguments arguments(command, /*own_group=*/true);
  arguments.Connect(input.read.get(), 0);
  arguments.Connect(output.write.get(), 1);
  arguments.Connect(error.write.get(), 2);
  pid_t pid = 0;
  if (int failed = arguments.Spawn(program, &pid); failed != 0) {
    return absl::ErrnoToStatus(failed, absl::StrCat("cannot start ", program));
  }
  input.read.Close();
  output.write.Close();
  error.write.Close();
  // From here to Forget() the child is not reaped, so its number is its own.
  std::atomic<bool> cancelled = false;
  uint64_t id = 0;
  if (cancellation != nullptr) {
    id = cancellation->OnCancel([&cancelled, pid] {
      cancelled = true;
      kill(-pid, SIGKILL);
    });
  }
  CommandResult result;
  const bool late = Conversation(command, pid, std::move(input.write),
                                 std::move(output.read), std::move(error.read))
                        .Run(&result);
  siginfo_t info;
  Retry([&] { return waitid(P_PID, pid, &info, WEXITED | WNOWAIT); });
  if (cancellation != nullptr) cancellation->Forget(id);
  kill(-pid, SIGKILL);  // What it may have left running.
  result.exit_code = Wait(pid);
  if (cancelled) return absl::CancelledError("interrupted");
  if (late) {
    return absl::DeadlineExceededError(absl::StrCat(
        command.argv[0], " took longer than ", command.timeout_s, " s"));
  }
  return result;
}

absl::StatusOr<int> RunInForeground(const Command& command) {
  ASSIGN_OR_RETURN(std::string program, ProgramOf(command));
  SpawnArguments arguments(command, /*own_group=*/false);
  pid_t pid = 0;
  if (int failed = arguments.Spawn(program, &pid); failed != 0) {
    return absl::ErrnoToStatus(failed, absl::StrCat("cannot start ", program));
  }
  return Wait(pid);
}

std::optional<std::string> FindProgram(absl::string_view name) {
  if (absl::StrContains(name, '/')) return std::string(name);
  const char* path = getenv("PATH");
  for (absl::string_view folder :
       absl::StrSplit(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
    std::string candidate =
        absl::StrCat(folder.empty() ? "." : folder, "/", name);
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

}  // namespace graph
