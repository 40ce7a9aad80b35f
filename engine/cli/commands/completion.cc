// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/completion_scripts.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int PrintScript(const Arguments& arguments, const std::string& directory,
                const Streams& streams);

constexpr Verb kVerb = {
    "completion",
    "bash|zsh|fish",
    "prints what makes a shell complete graph's words",
    "Prints a script that makes a shell complete verbs, options, labels and\n"
    "files. Say in the file that the shell reads at its start:\n"
    "\n"
    "  bash  eval \"$(graph completion bash)\"\n"
    "  zsh   eval \"$(graph completion zsh)\"       after compinit\n"
    "  fish  graph completion fish | source",
    {},
    PrintScript};

int PrintScript(const Arguments& arguments, const std::string&,
                const Streams& streams) {
  const std::string shell =
      arguments.operands.size() == 1 ? arguments.operands[0] : "";
  if (shell == "bash") {
    streams.out(kBashScript);
  } else if (shell == "zsh") {
    streams.out(kZshScript);
  } else if (shell == "fish") {
    streams.out(kFishScript);
  } else {
    return ReportUsage(&kVerb,
                       "`graph completion` takes one shell: `bash`, `zsh` or "
                       "`fish`",
                       streams);
  }
  return kExitDone;
}

}  // namespace

const Verb& CompletionVerb() { return kVerb; }

}  // namespace graph
