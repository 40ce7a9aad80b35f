// SPDX-License-Identifier: Apache-2.0
// github_releases: the releases of a repository, by GitHub's REST API:
//
//   repos/<owner>/<repository>/releases?per_page=100
//     [{"tag_name": "v1.2", "draft": false, "prerelease": false, "assets":
//       [{"name": "…", "browser_download_url": "…", "digest": "sha256:…"}]}]
//
// and Link: <…>; rel="next". Old assets have no digest.
#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/version_kinds.h"
#include "engine/net/url.h"

namespace graph {
namespace {

constexpr absl::string_view kApi = "https://api.github.com/";
constexpr absl::string_view kSite = "https://github.com/";

absl::Status CheckRepository(absl::string_view repository) {
  const std::vector<absl::string_view> parts = absl::StrSplit(repository, '/');
  auto is_name = [](absl::string_view part) {
    return !part.empty() && part != "." && part != ".." &&
           std::all_of(part.begin(), part.end(), [](char c) {
             return absl::ascii_isalnum(c) || absl::StrContains("._-", c);
           });
  };
  if (parts.size() == 2 && is_name(parts[0]) && is_name(parts[1])) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`repository` takes `owner/name`; got `", repository, "`"));
}

// Page by page, `take` of each release.
template <typename Take>
absl::Status EachRelease(const VersionQuestion& question, Take take) {
  std::string url =
      absl::StrCat(kApi, "repos/", question.Argument("repository"),
                   "/releases?per_page=100");
  for (int page = 0; !url.empty(); ++page) {
    if (page == kMostPages) return OddAnswer(url, "a list without an end");
    HttpAnswer answer;
    absl::StatusOr<nlohmann::json> releases =
        GetJson(url,
                {"Accept: application/vnd.github+json",
                 "X-GitHub-Api-Version: 2022-11-28"},
                question.context, question.cancellation, &answer);
    if (absl::IsNotFound(releases.status())) {
      return absl::NotFoundError(absl::StrCat(
          "GitHub has no repository ", question.Argument("repository"),
          " that it shows us: if it is private, give a token by `login = ",
          HostOfUrl(kApi), " env:NAME` in the settings"));
    }
    RETURN_IF_ERROR(releases.status());
    if (!releases->is_array()) return OddAnswer(url, "no list of releases");
    for (const nlohmann::json& release : *releases) {
      RETURN_IF_ERROR(take(release));
    }
    url = NextPage(answer.Header("link"), url);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  const std::string repository = question.Argument("repository");
  RETURN_IF_ERROR(CheckRepository(repository));
  std::map<std::string, nlohmann::json> releases;
  std::vector<std::string> tags;
  RETURN_IF_ERROR(
      EachRelease(question, [&](const nlohmann::json& release) -> absl::Status {
        const std::string tag = TextMember(release, "tag_name");
        if (tag.empty()) return OddAnswer(kApi, "a release without a tag");
        if (BoolMember(release, "draft")) return absl::OkStatus();
        if (releases.emplace(tag, release).second) tags.push_back(tag);
        return absl::OkStatus();
      }));
  if (tags.empty()) {
    return absl::NotFoundError(absl::StrCat(
        repository, " has no releases at GitHub: for its tags alone there is ",
        "git_tags(\"", kSite, repository, "\")"));
  }
  ASSIGN_OR_RETURN(std::vector<FoundVersion> found,
                   VersionsOfTags(tags, "", absl::StrCat(kSite, repository)));
  for (FoundVersion& one : found) {
    const nlohmann::json& release = releases[one.fields["tag"]];
    one.is_prerelease |= BoolMember(release, "prerelease");
    if (release.contains("assets")) one.details = release["assets"].dump();
  }
  return found;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  const std::string repository = question.Argument("repository");
  const std::string tag = version.fields["tag"];
  const std::string glob = question.Argument("asset");
  if (glob.empty()) {
    const std::string name = repository.substr(repository.find('/') + 1);
    return SetFile(
        question,
        {.name = absl::StrCat(name, "-", absl::StrReplaceAll(tag, {{"/", "-"}}),
                              ".tar.gz"),
         .url = absl::StrCat(
             kSite, repository, "/archive/refs/tags/",
             absl::StrReplaceAll(PercentEncoded(tag), {{"%2F", "/"}}),
             ".tar.gz")},
        version);
  }
  const nlohmann::json assets = nlohmann::json::parse(
      version.details, nullptr, /*allow_exceptions=*/false);
  std::vector<NamedFile> files;
  if (assets.is_array()) {
    for (const nlohmann::json& asset : assets) {
      const std::string digest = TextMember(asset, "digest");
      files.push_back({TextMember(asset, "name"),
                       TextMember(asset, "browser_download_url"),
                       std::string(absl::StripPrefix(digest, "sha256:"))});
    }
  }
  ASSIGN_OR_RETURN(
      const NamedFile file,
      ChooseFile(files, glob,
                 absl::StrCat("release ", tag, " of ", repository)));
  return SetFile(question, file, version);
}

}  // namespace

VersionKind GithubReleaseVersions() {
  return {"github_releases", List, Complete};
}

}  // namespace graph
