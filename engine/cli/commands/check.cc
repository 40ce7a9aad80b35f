// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Check(const Arguments& arguments, const std::string& directory,
          const Streams& streams);

constexpr Option kOptions[] = {
    {"list", 0, "", "show all checks, by name, and what they find"}};

constexpr Verb kVerb = {
    "check",
    "[FILE|FOLDER|PATTERN...]",
    "looks for what is wrong or questionable in Spec files",
    "Looks for mistakes in Spec files, and warns of what is questionable: of "
    "all\n"
    "in the workspace, or of those named. A folder stands for all below it.\n"
    "\n"
    "Each warning has a name. A comment `# check: disable=NAME` silences it: "
    "on\n"
    "the line itself, alone on the line before, or, before the first "
    "statement,\n"
    "in the whole file.\n"
    "\n"
    "All goes to standard error. Exit codes: 0 nothing to say, 1 warnings,\n"
    "2 mistakes, 4 no such file.",
    kOptions,
    Check};

std::string ListOfChecks() {
  size_t column = 0;
  for (const auto& [name, summary] : CheckNames()) {
    column = std::max(column, name.size() + 2);
  }
  std::string out;
  for (const auto& [name, summary] : CheckNames()) {
    absl::StrAppend(&out, name, std::string(column - name.size(), ' '), summary,
                    "\n");
  }
  return out;
}

// `3 warnings in 2 files, of 14`
std::string Summary(const CheckReport& report) {
  if (report.warnings == 0) return "";
  return absl::StrCat(report.warnings,
                      report.warnings == 1 ? " warning" : " warnings", " in ",
                      report.files_with_warnings, " of ", report.files,
                      report.files == 1 ? " file" : " files",
                      "; `graph check --list` tells what each looks for\n");
}

int Check(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  if (arguments.IsOn("list")) {
    streams.out(ListOfChecks());
    return kExitDone;
  }
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::StatusOr<CheckReport> report =
      (*session)->Check(arguments.operands);
  if (!report.ok()) return request.Fail(report.status());
  request.EndDisplay({});  // Before the answer stands on the same terminal.
  streams.err(report->text);
  if (!arguments.IsOn("quiet")) streams.err(Summary(*report));
  return request.Finish(report->errors > 0     ? kExitUsage
                        : report->warnings > 0 ? kExitFindings
                                               : kExitDone);
}

}  // namespace

const Verb& CheckVerb() { return kVerb; }

}  // namespace graph
