// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/git_remote.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/lock.h"
#include "engine/net/http.h"

namespace graph {
namespace {

constexpr size_t kShortestHash = 7;
constexpr int kTries = 3;

// A path of this machine: not `scheme://…`, and not `host:path`.
bool IsLocal(absl::string_view remote) {
  if (absl::StartsWithIgnoreCase(remote, "file://")) return true;
  if (absl::StrContains(remote, "://")) return false;
  const size_t colon = remote.find(':');
  return colon == absl::string_view::npos || remote.find('/') < colon;
}

bool IsRelative(absl::string_view url) {
  return absl::StartsWith(url, "./") || absl::StartsWith(url, "../");
}

// Without the last part of the path; of `host:repo` the host stays.
absl::string_view Parent(absl::string_view remote) {
  const size_t slash = remote.rfind('/');
  if (slash != absl::string_view::npos) return remote.substr(0, slash);
  const size_t colon = remote.rfind(':');
  return colon == absl::string_view::npos ? "" : remote.substr(0, colon + 1);
}

// What the names of a remote stand for, of `git ls-remote`; a tag for the
// commit that it is of.
std::map<std::string, std::string> ParseRefs(absl::string_view listing) {
  std::map<std::string, std::string> refs;
  for (absl::string_view line :
       absl::StrSplit(listing, '\n', absl::SkipEmpty())) {
    std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(line, absl::MaxSplits('\t', 1));
    absl::string_view name = pair.second;
    absl::ConsumeSuffix(&name, "^{}");  // Comes after the tag itself.
    refs[std::string(name)] = std::string(pair.first);
  }
  return refs;
}

}  // namespace

absl::Status CheckRemote(absl::string_view remote) {
  if (remote.empty()) return absl::InvalidArgumentError("no remote is given");
  if (!absl::StartsWith(remote, "-")) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("`", remote, "` is no remote"));
}

absl::StatusOr<std::string> SubmoduleRemote(absl::string_view parent,
                                            absl::string_view url) {
  RETURN_IF_ERROR(CheckRemote(url));
  if (!IsRelative(url)) {
    if (IsLocal(url) && !IsLocal(parent)) {
      return absl::InvalidArgumentError(
          absl::StrCat("its URL `", url, "` is a path of this machine, which ",
                       "a remote repository has no business to name"));
    }
    return std::string(url);
  }
  while (absl::ConsumeSuffix(&parent, "/")) {
  }
  while (IsRelative(url)) {
    if (absl::ConsumePrefix(&url, "../")) {
      parent = Parent(parent);
    } else {
      absl::ConsumePrefix(&url, "./");
    }
  }
  const char* joint = absl::EndsWith(parent, ":") ? "" : "/";
  return absl::StrCat(parent, joint, url);
}

absl::StatusOr<std::map<std::string, std::string>> ListRefs(
    const std::string& remote, const std::vector<std::string>& options,
    const Git& git, const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckRemote(remote));
  std::vector<std::string> arguments = {"ls-remote", "--quiet"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--", remote});
  for (int tries = 1;; ++tries) {
    ASSIGN_OR_RETURN(const CommandResult listed, git.Run(arguments));
    if (listed.exit_code == 0) return ParseRefs(listed.stdout_text);
    const absl::Status failure = GitFailure(remote, listed.stderr_text);
    if (!absl::IsUnavailable(failure) || tries == kTries) return failure;
    RETURN_IF_ERROR(Pause(tries * absl::Milliseconds(500), cancellation));
  }
}

absl::Status NotAWholeCommit(const std::string& remote,
                             const std::string& commit, bool offline,
                             const Git& git) {
  const std::string complaint = absl::StrCat(
      "commit is \"", commit, "\", not a whole commit hash of 40 hex digits");
  if (offline) return absl::InvalidArgumentError(complaint);
  absl::StatusOr<CommandResult> listed =
      git.Run({"ls-remote", "--quiet", "--", remote});
  if (!listed.ok()) return listed.status();
  if (listed->exit_code != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        complaint, "; ", GitFailure(remote, listed->stderr_text).message()));
  }
  const std::map<std::string, std::string> refs =
      ParseRefs(listed->stdout_text);
  auto told = [&](absl::string_view what, const std::string& hash) {
    return absl::InvalidArgumentError(absl::StrCat(
        complaint, "; it is ", what, ": write commit = \"", hash, "\""));
  };
  for (auto [folder, what] :
       {std::pair("refs/tags/", "a tag"), std::pair("refs/heads/", "a branch"),
        std::pair("refs/", "a name there"), std::pair("", "a name there")}) {
    auto found = refs.find(absl::StrCat(folder, commit));
    if (!commit.empty() && found != refs.end())
      return told(what, found->second);
  }
  if (commit.size() >= kShortestHash &&
      std::all_of(commit.begin(), commit.end(), absl::ascii_isxdigit)) {
    for (const auto& [name, hash] : refs) {
      if (absl::StartsWithIgnoreCase(hash, commit)) {
        return told(absl::StrCat("the beginning of that of ", name), hash);
      }
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      complaint, ", and ", UrlForPeople(remote), " has no such name"));
}

}  // namespace graph
