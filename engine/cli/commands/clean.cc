// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Clean(const Arguments& arguments, const std::string& directory,
          const Streams& streams);

constexpr Verb kVerb = {
    "clean",
    "",
    "removes graph-out/; the cache stays",
    "Removes graph-out/ and what is remembered of earlier requests in this\n"
    "workspace. The cache stays: what was built before comes from there.",
    {},
    Clean};

int Clean(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  if (!arguments.operands.empty()) {
    return ReportUsage(&kVerb, "`graph clean` takes no operands", streams);
  }
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const absl::Status cleaned = (*session)->Clean();
  if (!cleaned.ok()) return request.Fail(cleaned);
  return request.Finish(kExitDone);
}

}  // namespace

const Verb& CleanVerb() { return kVerb; }

}  // namespace graph
