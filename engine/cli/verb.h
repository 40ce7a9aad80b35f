// SPDX-License-Identifier: Apache-2.0
// A verb of the command line. Each is made in a file of its own below
// commands/; command_line.cc finds and runs it.

#ifndef GRAPH_ENGINE_CLI_VERB_H_
#define GRAPH_ENGINE_CLI_VERB_H_

#include <functional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/cli/flags.h"

namespace graph {

// DESIGN.md section 7.
enum ExitCode : int {
  kExitDone = 0,
  kExitBuildFailed = 1,
  // Of `graph check`, `verify`, `lock check`, `cache doctor`.
  kExitFindings = 1,
  kExitUsage = 2,  // Or loading, or analysis.
  kExitTestsFailed = 3,
  kExitNoTarget = 4,
  kExitInterrupted = 8,
  kExitBug = 70,
};

// Where a command writes: what was asked for, and all else.
struct Streams {
  std::function<void(absl::string_view)> out;
  std::function<void(absl::string_view)> err;
};

struct Verb {
  absl::string_view name;
  absl::string_view operands;       // `[PATTERN...]`
  absl::string_view summary;        // After the name, in the list of verbs.
  absl::string_view help;           // Whole lines, without the last end.
  std::span<const Option> options;  // Beside the common ones.
  // Returns the exit code. `directory` is where the user stands, absolute.
  int (*run)(const Arguments& arguments, const std::string& directory,
             const Streams& streams);
};

const Verb& BuildVerb();
const Verb& TestVerb();
const Verb& RunVerb();
const Verb& QueryVerb();
const Verb& EvalVerb();
const Verb& DocsVerb();
const Verb& FetchVerb();
const Verb& FixVerb();
const Verb& LockVerb();
const Verb& FmtVerb();
const Verb& CheckVerb();
const Verb& VerifyVerb();
const Verb& CacheVerb();
const Verb& CleanVerb();
const Verb& CompletionVerb();
const Verb& InfoVerb();
const Verb& VersionVerb();
const Verb& LspVerb();
const Verb& HelpVerb();

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_VERB_H_
