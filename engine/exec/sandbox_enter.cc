// SPDX-License-Identifier: Apache-2.0
// The file `enter`:
//
//   level <name of the isolation>
//   toolchain <path>
//   changes             only if it had a root filesystem of its own
//   loopback            only if it had one
//   env <NAME=value>    as often as needed, C-escaped
#include "engine/exec/sandbox_enter.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "absl/status/status_macros.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/exec/failure_text.h"
#include "engine/exec/sandbox.h"
#include "engine/os/errors.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr int kCannot = 2;

// Without mounts of its own, a command has another folder for /tmp.
std::string ValueIn(const KeptSandbox& sandbox, const std::string& folder,
                    const std::string& value) {
  const bool moved = sandbox.level == Isolation::kBasic && value == "/tmp";
  return moved ? absl::StrCat(folder, "/tmp") : value;
}

Insider InsiderOf(const KeptSandbox& sandbox) {
  return sandbox.changes_root ? Insider::kRoot : Insider::kUser;
}

absl::StatusOr<KeptSandbox> Read(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFile(absl::StrCat(folder, "/enter")));
  KeptSandbox sandbox;
  sandbox.level = Isolation::kNone;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::ConsumePrefix(&line, "level ")) {
      for (Isolation level : {Isolation::kStrict, Isolation::kBasic}) {
        if (line == IsolationName(level)) sandbox.level = level;
      }
    } else if (absl::ConsumePrefix(&line, "toolchain ")) {
      sandbox.toolchain_root = std::string(line);
    } else if (line == "changes") {
      sandbox.changes_root = true;
    } else if (line == "loopback") {
      sandbox.loopback = true;
    } else if (absl::ConsumePrefix(&line, "env ")) {
      std::string variable;
      absl::CUnescape(line, &variable);
      sandbox.env.push_back(absl::StrSplit(variable, absl::MaxSplits('=', 1)));
    }
  }
  return sandbox;
}

// Starts the words in the present folder; the exit code is as of a shell.
int RunWords(std::vector<std::string> words, std::vector<std::string> env) {
  std::vector<char*> argv, variables;
  for (std::string& word : words) argv.push_back(word.data());
  for (std::string& variable : env) variables.push_back(variable.data());
  argv.push_back(nullptr);
  variables.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvpe(argv[0], argv.data(), variables.data());
    fprintf(stderr, "graph: cannot run %s: %s\n", argv[0], strerror(errno));
    _exit(127);
  }
  int status = 0;
  if (child < 0 || Retry([&] { return waitpid(child, &status, 0); }) != child) {
    return kCannot;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Behind the walls, with all that the words start.
absl::Status Raise(const KeptSandbox& sandbox, const std::string& folder) {
  const std::string root = absl::StrCat(folder, "/root");
  const std::string changes =
      sandbox.changes_root ? absl::StrCat(folder, "/changes") : "";
  switch (sandbox.level) {
    case Isolation::kStrict:
      RETURN_IF_ERROR(EnterRoot({sandbox.toolchain_root, root, changes}));
      return GiveUpPrivileges(InsiderOf(sandbox));
    case Isolation::kBasic:
      RETURN_IF_ERROR(ChangeDirectory(root));
      return EnterBasic(
          {sandbox.toolchain_root, root, absl::StrCat(folder, "/tmp")});
    case Isolation::kNone:
      return ChangeDirectory(root);
  }
  return absl::InternalError("an isolation of no level");
}

int Complain(const absl::Status& status) {
  fprintf(stderr, "graph: %s\n", std::string(status.message()).c_str());
  return kCannot;
}

int Enter(const KeptSandbox& sandbox, const std::string& folder,
          std::vector<std::string> words) {
  std::vector<std::string> env;
  for (const auto& [name, value] : sandbox.env) {
    env.push_back(absl::StrCat(name, "=", ValueIn(sandbox, folder, value)));
  }
  if (const char* terminal = getenv("TERM")) {
    env.push_back(absl::StrCat("TERM=", terminal));
  }
  if (sandbox.level == Isolation::kStrict) {
    absl::Status entered = EnterNamespaces(InsiderOf(sandbox));
    if (entered.ok() && sandbox.loopback) entered = RaiseLoopback();
    if (!entered.ok()) return Complain(entered);
  }
  // The first process of the namespace: with it, all the others go.
  const pid_t inner = fork();
  if (inner == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    const absl::Status raised = Raise(sandbox, folder);
    _exit(raised.ok() ? RunWords(std::move(words), std::move(env))
                      : Complain(raised));
  }
  int status = 0;
  if (inner < 0 || Retry([&] { return waitpid(inner, &status, 0); }) != inner) {
    return kCannot;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

absl::StatusOr<std::string> KeepSandbox(const KeptSandbox& sandbox,
                                        const std::string& slot,
                                        const std::string& all) {
  RETURN_IF_ERROR(MakeDirectories(all));
  ASSIGN_OR_RETURN(const std::string folder,
                   MakeTemporaryDirectory(all, "failed-"));
  RETURN_IF_ERROR(Rename(absl::StrCat(slot, "/root"), folder + "/root"));
  RETURN_IF_ERROR(Rename(absl::StrCat(slot, "/tmp"), folder + "/tmp"));
  if (sandbox.changes_root) {
    RETURN_IF_ERROR(
        Rename(absl::StrCat(slot, "/changes"), folder + "/changes"));
  }
  std::string command = "#!/bin/sh\nexec env -i";
  std::string enter = absl::StrCat("level ", IsolationName(sandbox.level),
                                   "\ntoolchain ", sandbox.toolchain_root, "\n",
                                   sandbox.changes_root ? "changes\n" : "",
                                   sandbox.loopback ? "loopback\n" : "");
  for (const auto& [name, value] : sandbox.env) {
    absl::StrAppend(&enter, "env ",
                    absl::CEscape(absl::StrCat(name, "=", value)), "\n");
    absl::StrAppend(&command, " ", name, "=",
                    ShellQuoted(ValueIn(sandbox, folder, value)));
  }
  for (const std::string& word : sandbox.argv) {
    absl::StrAppend(&command, " ", ShellQuoted(word));
  }
  const std::string script = absl::StrCat(folder, "/root/command.sh");
  if (!Exists(script)) {  // An input may be called so.
    RETURN_IF_ERROR(WriteFile(script, command + "\n", 0555));
  }
  RETURN_IF_ERROR(WriteFile(absl::StrCat(folder, "/enter"), enter));
  return folder;
}

int EnterKept(int argc, char** argv) {
  if (argc < 3) {
    return Complain(absl::InvalidArgumentError(
        "want the folder of a kept sandbox, and perhaps a command"));
  }
  absl::StatusOr<std::string> folder = RealPath(argv[2]);
  if (!folder.ok()) return Complain(folder.status());
  absl::StatusOr<KeptSandbox> sandbox = Read(*folder);
  if (!sandbox.ok()) return Complain(sandbox.status());
  if (sandbox->level != Isolation::kNone &&
      !IsDirectory(sandbox->toolchain_root)) {
    return Complain(absl::NotFoundError(absl::StrCat(
        "the programs that it was run with, ", sandbox->toolchain_root,
        ", have gone from the cache: build it again first")));
  }
  std::vector<std::string> words(argv + 3, argv + argc);
  if (words.empty()) {
    words = sandbox->changes_root
                ? std::vector<std::string>{"/bin/sh", "-i"}
                : std::vector<std::string>{"/bin/bash", "--norc", "-i"};
  }
  return Enter(*sandbox, *folder, std::move(words));
}

}  // namespace graph
