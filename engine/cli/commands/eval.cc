// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/verb.h"
#include "engine/session/session.h"

namespace graph {
namespace {

int Eval(const Arguments& arguments, const std::string& directory,
         const Streams& streams);

constexpr Verb kVerb = {
    "eval",
    "FILE",
    "runs one Spec file",
    "Runs one Spec file as a module, without a workspace. `print` goes to\n"
    "standard error. A mistake is shown with its place and the calls that led\n"
    "there, and ends with exit code 2.",
    {},
    Eval};

int Eval(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  if (arguments.operands.size() != 1) {
    return ReportUsage(&kVerb, "`graph eval` takes one file", streams);
  }
  // As written where that leads to it, so that diagnostics name it so.
  const std::string& file = arguments.operands[0];
  const bool as_written =
      absl::StartsWith(file, "/") || !arguments.Find("directory").has_value();
  return EvalFile(as_written ? file : absl::StrCat(directory, "/", file));
}

}  // namespace

const Verb& EvalVerb() { return kVerb; }

}  // namespace graph
