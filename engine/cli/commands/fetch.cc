// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/str_cat.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

std::string FetchedText(const Finished& totals) {
  const int known = totals.cached_local + totals.cached_remote;
  if (totals.total == 0) return "no source comes from outside\n";
  return absl::StrCat(
      totals.total, totals.total == 1 ? " source: " : " sources: ", totals.run,
      " fetched, ", known, " here already\n");
}

int Fetch(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  Request request(Request::Kind::kBuild, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::StatusOr<FetchReport> report =
      (*session)->Fetch(arguments.operands);
  if (!report.ok()) return request.Fail(report.status());
  if (request.interrupted()) {
    return request.Fail(absl::CancelledError(""), report->totals);
  }
  if (report->ok) request.Print(FetchedText(report->totals));
  return request.Finish(report->ok ? kExitDone : kExitBuildFailed,
                        report->totals);
}

constexpr Verb kVerb = {
    "fetch",
    "[PATTERN...]",
    "brings the sources of targets into the store",
    "Brings all that comes from outside and that the patterns need into the\n"
    "store, and runs nothing else: `graph build --offline` of the same\n"
    "patterns works from then on. With --offline it tells what is not here.\n"
    "Without a pattern, `:all` of the package where you stand.",
    {},
    Fetch};

}  // namespace

const Verb& FetchVerb() { return kVerb; }

}  // namespace graph
