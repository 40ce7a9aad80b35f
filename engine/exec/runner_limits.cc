// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/runner_limits.h"

#include "absl/strings/str_cat.h"
#include "engine/action/requirements.h"

namespace graph {
namespace {

std::string HowToRaise(absl::string_view name) {
  return absl::StrCat("raise `", name, "` in its execution_requirements, or --",
                      name);
}

}  // namespace

void Complain(absl::string_view sentence, std::string* text) {
  if (!text->empty() && text->back() != '\n') text->push_back('\n');
  absl::StrAppend(text, "graph: ", sentence, "\n");
}

void TellLimits(const Limits& limits, bool timed_out, const ControlGroup* group,
                std::string* text) {
  if (timed_out) {
    return Complain(
        absl::StrCat("the command was ended after ", limits.timeout_s,
                     " s; raise its `timeout`, or --action-timeout if it has "
                     "none"),
        text);
  }
  const ControlGroup::Reached reached =
      group == nullptr ? ControlGroup::Reached() : group->reached();
  if (reached.memory) {
    Complain(absl::StrCat("the command was ended because it needed more than ",
                          MemorySizeText(limits.memory), " of memory; ",
                          HowToRaise("memory-limit")),
             text);
  } else if (limits.memory > 0 &&
             (group == nullptr || !group->limits_memory())) {
    Complain(absl::StrCat("each process of the command had a limit of ",
                          MemorySizeText(limits.memory),
                          " of memory; if that was too little, ",
                          HowToRaise("memory-limit")),
             text);
  }
  if (reached.processes) {
    Complain(absl::StrCat("the command wanted more than ", limits.processes,
                          " processes; ", HowToRaise("process-limit")),
             text);
  } else if (limits.processes > 0 && group == nullptr) {
    Complain(absl::StrCat("the command had a limit of ", limits.processes,
                          " processes; if that was too little, ",
                          HowToRaise("process-limit")),
             text);
  }
}

}  // namespace graph
