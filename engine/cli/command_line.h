// SPDX-License-Identifier: Apache-2.0
// From the words of the command line to an exit code.

#ifndef GRAPH_ENGINE_CLI_COMMAND_LINE_H_
#define GRAPH_ENGINE_CLI_COMMAND_LINE_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/cli/flags.h"
#include "engine/cli/verb.h"

namespace graph {

// In the order in which help lists them.
std::span<const Verb* const> Verbs();
// nullptr if there is none.
const Verb* FindVerb(absl::string_view name);

// Those that every verb takes, before or after its own.
std::span<const Option> CommonOptions();

std::string Usage();
std::string UsageOf(const Verb& verb);

// `error: …`, and what to do about it; kExitUsage. `verb` may be nullptr.
int ReportUsage(const Verb* verb, absl::string_view message,
                const Streams& streams);

// Runs `words`, which are those after the program's name.
int RunCommandLine(std::span<const std::string> words, const Streams& streams);

// Those of this process.
Streams StandardStreams();

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_COMMAND_LINE_H_
