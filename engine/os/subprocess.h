// SPDX-License-Identifier: Apache-2.0
// Programs of the host, for the few that the engine itself needs (git, what
// `graph run` starts). Actions never come this way: see exec/local_runner.h.

#ifndef GRAPH_ENGINE_OS_SUBPROCESS_H_
#define GRAPH_ENGINE_OS_SUBPROCESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"

namespace graph {

struct Command {
  std::vector<std::string> argv;  // argv[0] is looked up in our PATH.
  // The whole environment; nullopt: ours.
  std::optional<std::vector<std::pair<std::string, std::string>>> env;
  std::string directory;  // "": ours.
  std::string input;      // What it reads; then the end of file.
  int64_t timeout_s = 0;  // 0: none.
};

struct CommandResult {
  int exit_code = 0;  // 128 + signal if one killed it.
  std::string stdout_text;
  std::string stderr_text;
};

// Runs a command in a process group of its own and waits for it. A command
// that fails is an ok result. Fails with kNotFound if there is no such
// program, kCancelled or kDeadlineExceeded after the whole group was killed.
absl::StatusOr<CommandResult> RunCommand(
    const Command& command, const Cancellation* cancellation = nullptr);

// Runs a command on our own terminal: standard streams and process group are
// ours, so Ctrl-C reaches it. Returns its exit code. `command.input` and
// `timeout_s` are not used.
absl::StatusOr<int> RunInForeground(const Command& command);

// The program named `name` (a path if it has a `/`) as execvp would find it.
std::optional<std::string> FindProgram(absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_SUBPROCESS_H_
