// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Help(const Arguments& arguments, const std::string&,
         const Streams& streams) {
  if (arguments.operands.empty()) {
    streams.out(Usage());
    return kExitDone;
  }
  const Verb* verb = FindVerb(arguments.operands[0]);
  if (verb == nullptr) {
    return ReportUsage(nullptr,
                       absl::StrCat("no verb `", arguments.operands[0], "`"),
                       streams);
  }
  streams.out(UsageOf(*verb));
  return kExitDone;
}

constexpr Verb kVerb = {"help",
                        "[VERB]",
                        "shows what there is, or what a verb does",
                        "Shows what there is, or what a verb does.",
                        {},
                        Help};

}  // namespace

const Verb& HelpVerb() { return kVerb; }

}  // namespace graph
