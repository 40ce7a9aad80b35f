// SPDX-License-Identifier: Apache-2.0
// git_tags and git_branch: what `git ls-remote` tells.
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/fetch/git_remote.h"
#include "engine/fetch/git_repository.h"
#include "engine/fetch/version_kinds.h"
#include "engine/net/http.h"

namespace graph {
namespace {

constexpr absl::string_view kTags = "refs/tags/";
constexpr absl::string_view kBranches = "refs/heads/";
// Of a commit, in the name of a version: as git shortens those of large
// repositories.
constexpr size_t kShortCommit = 12;

absl::StatusOr<std::vector<FoundVersion>> ListTags(
    const VersionQuestion& question) {
  const std::string remote = question.Argument("remote");
  const Git git(question.cancellation);
  ASSIGN_OR_RETURN(const auto refs,
                   ListRefs(remote, {"--tags"}, git, question.cancellation));
  std::vector<std::string> tags;
  for (const auto& [name, commit] : refs) {
    absl::string_view tag = name;
    if (absl::ConsumePrefix(&tag, kTags)) tags.emplace_back(tag);
  }
  if (tags.empty()) {
    return absl::NotFoundError(
        absl::StrCat(UrlForPeople(remote), " has no tags"));
  }
  ASSIGN_OR_RETURN(
      std::vector<FoundVersion> found,
      VersionsOfTags(tags, question.Argument("pattern"), UrlForPeople(remote)));
  for (FoundVersion& one : found) {
    one.fields["commit"] = refs.at(absl::StrCat(kTags, one.fields["tag"]));
  }
  return found;
}

absl::StatusOr<std::vector<FoundVersion>> ListBranch(
    const VersionQuestion& question) {
  const std::string remote = question.Argument("remote");
  const std::string branch = question.Argument("branch");
  if (!question.request.constraint.empty()) {
    return absl::InvalidArgumentError(
        "a git_branch takes no `constraint`: what it is has no order");
  }
  const Git git(question.cancellation);
  const std::string wanted =
      branch.empty() ? "HEAD" : absl::StrCat(kBranches, branch);
  ASSIGN_OR_RETURN(const auto refs,
                   ListRefs(remote, {}, git, question.cancellation));
  const auto ref = refs.find(wanted);
  if (ref == refs.end()) {
    return absl::NotFoundError(
        absl::StrCat(UrlForPeople(remote), " has no branch `",
                     branch.empty() ? "HEAD" : branch, "`"));
  }
  const std::string& commit = ref->second;
  // A commit has no number; this one comes first, and is alone.
  FoundVersion found{.version = *Version::Parse(VersionScheme::kDotted, "0")};
  found.fields = {{"version", commit.substr(0, kShortCommit)},
                  {"commit", commit}};
  return std::vector<FoundVersion>{std::move(found)};
}

absl::Status Complete(const VersionQuestion&, FoundVersion&) {
  return absl::OkStatus();
}

}  // namespace

VersionKind GitTagVersions() { return {"git_tags", ListTags, Complete}; }
VersionKind GitBranchVersions() { return {"git_branch", ListBranch, Complete}; }

}  // namespace graph
