// SPDX-License-Identifier: Apache-2.0
#include "engine/session/ask_version.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/git_remote.h"
#include "engine/fetch/git_repository.h"

namespace graph {
namespace {

std::vector<int> Numbers(absl::string_view version) {
  std::vector<int> numbers;
  for (absl::string_view part : absl::StrSplit(version, '.')) {
    int number = -1;
    if (!absl::SimpleAtoi(part, &number)) break;
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

absl::StatusOr<LockedVersion> AskVersion(const VersionRequest& request,
                                         const FetchContext& context,
                                         BlobStore&,
                                         const Cancellation& cancellation) {
  (void)context;
  const auto& arguments = request.source.arguments;
  const std::string& remote = arguments.at("remote");
  RETURN_IF_ERROR(CheckRemote(remote));
  const bool branch = request.source.kind == "git_branch";
  if (!branch && request.source.kind != "git_tags") {
    return absl::UnimplementedError("not yet");
  }
  ASSIGN_OR_RETURN(
      CommandResult listed,
      Git(cancellation)
          .Run({"ls-remote", "--quiet", "--", remote,
                branch ? absl::StrCat("refs/heads/", arguments.at("branch"))
                       : "refs/tags/*"}));
  if (listed.exit_code != 0) return GitFailure(remote, listed.stderr_text);
  LockedVersion best;
  for (absl::string_view line :
       absl::StrSplit(listed.stdout_text, '\n', absl::SkipEmpty())) {
    std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(line, absl::MaxSplits('\t', 1));
    const std::string commit(pair.first);
    if (branch) {
      best.fields = {{"commit", commit}, {"version", commit.substr(0, 12)}};
      continue;
    }
    absl::string_view tag = pair.second;
    absl::ConsumePrefix(&tag, "refs/tags/");
    absl::ConsumeSuffix(&tag, "^{}");
    absl::string_view version = tag;
    absl::ConsumePrefix(&version, "v");
    const bool pre = std::any_of(version.begin(), version.end(),
                                 [](char c) { return absl::ascii_isalpha(c); });
    if ((pre && !request.prerelease) ||
        (best.fields.contains("version") &&
         Numbers(version) < Numbers(best.fields["version"]))) {
      continue;
    }
    best.fields = {{"commit", commit},
                   {"version", std::string(version)},
                   {"tag", std::string(tag)}};
  }
  if (best.fields.empty()) {
    return absl::NotFoundError(absl::StrCat(remote, " has no such name"));
  }
  return best;
}

}  // namespace graph
