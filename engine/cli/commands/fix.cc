// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/str_cat.h"
#include "dsl/tool/unified_diff.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

constexpr Option kOptions[] = {
    {"diff", 0, "", "show what would change, and change nothing"},
};

int FixFiles(const Arguments& arguments, const std::string& directory,
             const Streams& streams) {
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const bool diff = arguments.IsOn("diff");
  const absl::StatusOr<std::vector<Fix>> fixes =
      (*session)->ApplyFixes(arguments.operands, diff);
  if (!fixes.ok()) return request.Fail(fixes.status());
  std::string out;
  for (const Fix& fix : *fixes) {
    if (diff) {
      absl::StrAppend(&out, dsl::UnifiedDiff(fix.file, fix.before, fix.after));
      continue;
    }
    for (const std::string& change : fix.changes) {
      absl::StrAppend(&out, change, "\n");
    }
  }
  if (fixes->empty()) {
    request.Print(
        "nothing to fix: no command of the last build failed for a file that "
        "its target does not declare\n");
  }
  streams.out(out);
  return request.Finish(kExitDone, {});
}

constexpr Verb kVerb = {
    "fix",
    "[LABEL...]",
    "declares what failed commands could not see",
    "Commands see only what their target declares. Where one failed in the\n"
    "last build for a file that the workspace has, this adds the file to the\n"
    "lists of that target in its BUILD.spec: of all such targets, or of those\n"
    "named.",
    kOptions,
    FixFiles};

}  // namespace

const Verb& FixVerb() { return kVerb; }

}  // namespace graph
