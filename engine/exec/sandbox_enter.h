// SPDX-License-Identifier: Apache-2.0
// Sandboxes of commands that failed, kept so that somebody can look around in
// them, behind the walls that the command had.
//
// Layout of the folder of one:
//   enter             what is needed to raise the walls again, a line each
//   root/             what the command saw as /build
//   root/command.sh   repeats the command
//   tmp/              what it had for /tmp, with isolation `basic`
//   changes/          what it changed in its root filesystem, if it had one

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_ENTER_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_ENTER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/cas/action_cache.h"

namespace graph {

struct KeptSandbox {
  Isolation level = Isolation::kStrict;
  std::string toolchain_root;
  bool changes_root = false;  // That is a root filesystem of its own.
  bool loopback = false;
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> env;
};

// Moves `root`, `tmp` and `changes` out of `slot`, which no process uses any
// more, into a new folder below `all`, and returns that.
absl::StatusOr<std::string> KeepSandbox(const KeptSandbox& sandbox,
                                        const std::string& slot,
                                        const std::string& all);

// Enters a kept sandbox; see kEnterArgument. Returns an exit code, that of the
// command if it ran. The process has no threads.
int EnterKept(int argc, char** argv);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_ENTER_H_
