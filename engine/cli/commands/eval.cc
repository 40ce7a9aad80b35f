// SPDX-License-Identifier: Apache-2.0

#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/verb.h"
#include "engine/session/session.h"

namespace graph {
namespace {

int Eval(const Arguments& arguments, const std::string& directory,
         const Streams& streams);

constexpr Option kOptions[] = {
    {"parse-only", 0, "", "only parse it"},
    {"resolve-only", 0, "", "only parse it, and know what each name means"},
    {"max-steps", 0, "N", "fail after so many calls and turns of loops"},
    {"test-builtins", 0, "", "add _catch, _freeze and _hasfields, for tests"}};

constexpr Verb kVerb = {
    "eval",
    "FILE",
    "runs one Spec file",
    "Runs one Spec file as a module, without a workspace. `print` goes to\n"
    "standard error. A mistake is shown with its place and the calls that led\n"
    "there, and ends with exit code 2. The file knows the builtins of the\n"
    "language, `json`, `struct`, `depset` and `provider` among them.",
    kOptions,
    Eval};

int Eval(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  if (arguments.operands.size() != 1) {
    return ReportUsage(&kVerb, "`graph eval` takes one file", streams);
  }
  EvalOptions options;
  options.parse_only = arguments.IsOn("parse-only");
  options.resolve_only = arguments.IsOn("resolve-only");
  options.test_builtins = arguments.IsOn("test-builtins");
  if (const std::optional<std::string> steps = arguments.Find("max-steps")) {
    if (!absl::SimpleAtoi(*steps, &options.max_steps) ||
        options.max_steps == 0) {
      return ReportUsage(&kVerb, "`--max-steps` wants a number above 0",
                         streams);
    }
  }
  // As written where that leads to it, so that diagnostics name it so.
  const std::string& file = arguments.operands[0];
  const bool as_written =
      absl::StartsWith(file, "/") || !arguments.Find("directory").has_value();
  return EvalFile(as_written ? file : absl::StrCat(directory, "/", file),
                  options);
}

}  // namespace

const Verb& EvalVerb() { return kVerb; }

}  // namespace graph
