// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/report.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/os/subprocess.h"

namespace graph {
namespace {

int Run(const Arguments& arguments, const std::string& directory,
        const Streams& streams);

constexpr Verb kVerb = {
    "run",
    "TARGET [-- ARGUMENT...]",
    "makes one target and runs it",
    "Makes one target and runs it where you stand, on your terminal, with the\n"
    "arguments after `--`. Ends with its exit code.",
    {},
    Run};

int Run(const Arguments& arguments, const std::string& directory,
        const Streams& streams) {
  if (arguments.operands.size() != 1) {
    return ReportUsage(
        &kVerb, "`graph run` takes one target; its arguments stand after `--`",
        streams);
  }
  Request request(Request::Kind::kBuild, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::StatusOr<BuildReport> report =
      (*session)->Build({.patterns = arguments.operands, .run_tests = false});
  if (!report.ok()) return request.Fail(report.status());
  const int built = ExitCodeOf(*report, request.interrupted());
  if (built == kExitInterrupted)
    return request.Fail(absl::CancelledError(""), report->totals);
  if (built != kExitDone) return request.Finish(built, report->totals);
  if (report->targets.size() != 1 || report->targets[0].executable.empty()) {
    return request.Fail(absl::InvalidArgumentError(
        report->targets.size() != 1
            ? absl::StrCat("`", arguments.operands[0], "` names ",
                           report->targets.size(), " targets; one can be run")
            : absl::StrCat("`", report->targets[0].label,
                           "` is nothing that can be run")));
  }
  Command program;
  program.argv = {absl::StrCat((*session)->workspace(), "/",
                               report->targets[0].executable)};
  program.argv.insert(program.argv.end(), arguments.after_dashes.begin(),
                      arguments.after_dashes.end());
  program.directory = directory;
  request.EndDisplay(report->totals);
  const absl::StatusOr<int> ended = RunInForeground(program);
  if (!ended.ok()) return request.Fail(ended.status());
  return request.Finish(*ended, report->totals);
}

}  // namespace

const Verb& RunVerb() { return kVerb; }

}  // namespace graph
