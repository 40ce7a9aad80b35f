// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/report.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Build(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  Request request(Request::Kind::kBuild, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::StatusOr<BuildReport> report =
      (*session)->Build({.patterns = arguments.operands,
                         .run_tests = false,
                         .trace_reads = arguments.IsOn("trace-reads")});
  if (!report.ok()) return request.Fail(report.status());
  if (report->ok) request.Print(OutputsText(*report));
  const int exit_code = ExitCodeOf(*report, request.interrupted());
  if (exit_code == kExitInterrupted) {
    return request.Fail(absl::CancelledError(""), report->totals);
  }
  return request.Finish(exit_code, report->totals);
}

constexpr Option kOptions[] = {
    {"trace-reads", 0, "", "run all anew; tell which inputs are never read"}};

constexpr Verb kVerb = {
    "build",
    "[PATTERN...]",
    "makes the artifacts of targets",
    "Makes what the patterns name and shows where it is, below graph-out/;\n"
    "graph-out/manifest.json tells what it is. Without a pattern, `:all` of\n"
    "the package where you stand.",
    kOptions,
    Build};

}  // namespace

const Verb& BuildVerb() { return kVerb; }

}  // namespace graph
