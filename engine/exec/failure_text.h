// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_FAILURE_TEXT_H_
#define GRAPH_ENGINE_EXEC_FAILURE_TEXT_H_

#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/cas/action_cache.h"
#include "engine/exec/runner.h"

namespace graph {

// Why a command that ran did not succeed, for people: `exit code 2`, `killed by
// signal 9`, `timed out after 60 s`.
std::string ReasonOf(const SpawnResult& result, const Action& action);

// `text` as one word of a shell.
std::string ShellQuoted(absl::string_view text);

// A line for a shell that runs the command by hand, at the root that has its
// inputs. Empty for what is no command.
std::string RepeatCommand(const Action& action);

// What is wrong with `outputs` (sorted by path) as those that were declared;
// empty if nothing is.
std::string FaultOf(std::span<const OutputEntry> outputs,
                    std::span<const SpawnOutput> declared);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_FAILURE_TEXT_H_
