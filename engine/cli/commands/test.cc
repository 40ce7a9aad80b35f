// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/report.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Test(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  Request request(Request::Kind::kBuild, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::StatusOr<BuildReport> report =
      (*session)->Build({.patterns = arguments.operands,
                         .run_tests = true,
                         .trace_reads = arguments.IsOn("trace-reads")});
  if (!report.ok()) return request.Fail(report.status());
  const int exit_code = ExitCodeOf(*report, request.interrupted());
  if (exit_code == kExitInterrupted) {
    return request.Fail(absl::CancelledError(""), report->totals);
  }
  if (report->tests.empty() && report->ok) {
    request.Print("There are no tests among these targets.\n");
  }
  return request.Finish(exit_code, report->totals);
}

constexpr Option kOptions[] = {
    {"trace-reads", 0, "", "run all anew; tell which inputs are never read"}};

constexpr Verb kVerb = {
    "test",
    "[PATTERN...]",
    "runs tests",
    "Builds what the patterns name and runs the tests among it. A test whose\n"
    "inputs have not changed since it passed is not run again.",
    kOptions,
    Test};

}  // namespace

const Verb& TestVerb() { return kVerb; }

}  // namespace graph
