// SPDX-License-Identifier: Apache-2.0
// github_releases, by answers in the format of GitHub's REST API.
#include <cstdlib>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "tests/engine/fetch/resolve_testing.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

using Code = absl::StatusCode;

constexpr char kPage[] = "/api/repos/o/r/releases?per_page=100";

class GithubTest : public ResolveTest {
 protected:
  GithubTest() {
    Mirror("https://api.github.com/", "api");
    Mirror("https://github.com/", "site");
  }

  static std::string Release(const std::string& tag,
                             const std::string& more = "\"prerelease\": false",
                             const std::string& assets = "") {
    return absl::StrCat(
        R"({"url": "https://api.github.com/repos/o/r/releases/1", "id": 1,)",
        R"("tag_name": ")", tag, R"(", "target_commitish": "main",)",
        R"("name": "a release", "draft": false, "body": "", )", more,
        R"(, "assets": [)", assets, "]}");
  }
  static std::string Asset(const std::string& name,
                           const std::string& digest = "null") {
    return absl::StrCat(
        R"({"name": ")", name, R"(", "state": "uploaded", "size": 5,)",
        R"("digest": )", digest,
        R"(, "browser_download_url": "https://github.com/o/r/releases/)",
        R"(download/v1.10.0/)", name, R"("})");
  }
  void ServeReleases(std::vector<std::string> releases,
                     absl::string_view headers = "") {
    Serve(kPage, absl::StrCat("[", absl::StrJoin(releases, ","), "]"), headers);
  }
  absl::StatusOr<std::string> Newest(const std::string& constraint = "",
                                     bool prerelease = false) {
    // The source of every tag that a test has.
    return AskVersion("github_releases",
                      {{"repository", "o/r"}, {"asset", "*"}}, constraint,
                      prerelease);
  }
};

TEST_F(GithubTest, TheNewestReleaseAndTheSourceOfItsTag) {
  ServeReleases({Release("v1.9.0"), Release("v1.10.0"), Release("v1.2.0")});
  Serve("/site/o/r/archive/refs/tags/v1.10.0.tar.gz", "source");
  EXPECT_THAT(
      Ask("github_releases", {{"repository", "o/r"}}),
      IsOkAndHolds(UnorderedElementsAre(
          Pair("version", "1.10.0"), Pair("tag", "v1.10.0"),
          Pair("file", "r-v1.10.0.tar.gz"),
          Pair("url",
               "https://github.com/o/r/archive/refs/tags/v1.10.0.tar.gz"),
          Pair("sha256", Sha("source")))));
  EXPECT_THAT(store_.Get(Digest::Of("source")), IsOkAndHolds("source"));
  EXPECT_EQ(server_.requests().at(0).Header("Accept"),
            "application/vnd.github+json");
}

TEST_F(GithubTest, AnAssetByItsNameWithItsDigest) {
  ServeReleases(
      {Release(
           "v1.10.0", "\"prerelease\": false",
           absl::StrCat(Asset("r-linux.tgz",
                              absl::StrCat("\"sha256:", Sha("linux"), "\"")),
                        ",", Asset("r-mac.tgz"))),
       Release("v1.9.0")});
  EXPECT_THAT(
      Ask("github_releases", {{"repository", "o/r"}, {"asset", "*-linux.tgz"}}),
      IsOkAndHolds(AllOf(Contains(Pair("sha256", Sha("linux"))),
                         Contains(Pair("url",
                                       "https://github.com/o/r/releases/"
                                       "download/v1.10.0/r-linux.tgz")))));
  Serve("/site/o/r/releases/download/v1.10.0/r-mac.tgz", "mac");
  EXPECT_THAT(
      Ask("github_releases", {{"repository", "o/r"}, {"asset", "*mac*"}}),
      IsOkAndHolds(Contains(Pair("sha256", Sha("mac")))));
  EXPECT_THAT(
      Ask("github_releases", {{"repository", "o/r"}, {"asset", "*.exe"}}),
      StatusIs(Code::kNotFound,
               HasSubstr("release v1.10.0 of o/r has no file `*.exe`; it has "
                         "r-linux.tgz, r-mac.tgz")));
}

TEST_F(GithubTest, DraftsAndPrereleasesAreNotTaken) {
  const std::string asset = Asset("a", "\"sha256:" + Sha("a") + "\"");
  ServeReleases({Release("v3.0.0", "\"draft\": true", asset),
                 Release("v2.1.0", "\"prerelease\": true", asset),
                 Release("v2.0.0-rc.1", "\"prerelease\": false", asset),
                 Release("v1.0.0", "\"prerelease\": false", asset)});
  EXPECT_THAT(Newest(), IsOkAndHolds("1.0.0"));
  EXPECT_THAT(Newest("", true), IsOkAndHolds("2.1.0"));
  EXPECT_THAT(
      Newest(">=2"),
      StatusIs(Code::kNotFound, HasSubstr("Only prereleases fit, as v2.1.0")));
}

TEST_F(GithubTest, EveryPageIsRead) {
  const std::string asset = Asset("a", "\"sha256:" + Sha("a") + "\"");
  const std::string next = "https://api.github.com/repositories/7/releases?";
  ServeReleases({Release("v1.0.0", "\"prerelease\": false", asset)},
                absl::StrCat("Link: <", next, "page=3>; rel=\"last\", <", next,
                             "page=2>; rel=\"next\"\r\n"));
  Serve(
      "/api/repositories/7/releases?page=2",
      absl::StrCat("[", Release("v1.1.0", "\"prerelease\": false", asset), "]"),
      absl::StrCat("Link: <", next, "page=1>; rel=\"prev\", <", next,
                   "page=3>; rel=\"next\"\r\n"));
  Serve("/api/repositories/7/releases?page=3",
        absl::StrCat("[", Release("v1.2.0", "\"prerelease\": false", asset),
                     "]"));
  EXPECT_THAT(Newest(), IsOkAndHolds("1.2.0"));
  // One that cannot be read is not the end of the list.
  Refuse("/api/repositories/7/releases?page=3", "502 Bad Gateway");
  EXPECT_THAT(Newest(), StatusIs(Code::kUnavailable, HasSubstr("HTTP 502")));
}

TEST_F(GithubTest, ALimitIsToldWithItsEndAndTheWayOut) {
  for (const char* status : {"403 rate limit exceeded", "429 Too Many"}) {
    Refuse(kPage, status,
           "X-RateLimit-Limit: 60\r\nX-RateLimit-Remaining: 0\r\n"
           "X-RateLimit-Reset: 1795300000\r\n");
    EXPECT_THAT(
        Newest(),
        StatusIs(Code::kUnavailable,
                 AllOf(HasSubstr("api.github.com limits how often it is asked "
                                 "(60 times an hour)"),
                       HasSubstr("until 2026-11-21 22:26:40 UTC"),
                       HasSubstr("`login = api.github.com env:NAME`"))))
        << status;
  }
  // Without such headers it is a refusal like others.
  Refuse(kPage, "403 Forbidden");
  EXPECT_THAT(Newest(), StatusIs(Code::kPermissionDenied, testing::_));
}

TEST_F(GithubTest, ATokenIsShownToTheApiAlone) {
  setenv("GITHUB_TEST_TOKEN", "s3cret", 1);
  context_.http.logins = {{.host = absl::StrCat("127.0.0.1:", server_.port()),
                           .variable = "GITHUB_TEST_TOKEN"}};
  Refuse(kPage, "404 Not Found");
  EXPECT_THAT(Newest(), StatusIs(Code::kNotFound,
                                 AllOf(HasSubstr("no repository o/r that it "
                                                 "shows us"),
                                       Not(HasSubstr("s3cret")))));
  EXPECT_EQ(server_.requests().at(0).Header("Authorization"), "Bearer s3cret");
}

TEST_F(GithubTest, TagsMayHaveOnePrefixButNotSeveral) {
  const std::string asset = Asset("a", "\"sha256:" + Sha("a") + "\"");
  auto release = [&](const std::string& tag) {
    return Release(tag, "\"prerelease\": false", asset);
  };
  ServeReleases({release("jq-1.6"), release("jq-1.7.1"), release("nightly")});
  EXPECT_THAT(Newest(), IsOkAndHolds("1.7.1"));
  ServeReleases({release("api-v1.0"), release("sdk-v2.0")});
  EXPECT_THAT(Newest(), StatusIs(Code::kInvalidArgument,
                                 AllOf(HasSubstr("`api-`, `sdk-`"),
                                       HasSubstr("git_tags"))));
  ServeReleases({release("api-v3.0"), release("v2.0"), release("v1.0")});
  EXPECT_THAT(Newest(), IsOkAndHolds("2.0"));
}

TEST_F(GithubTest, AnswersThatAreNoneAreFailures) {
  for (const char* body : {"", "{\"message\": \"hello\"}", "[{}]", "[1]"}) {
    Serve(kPage, body);
    EXPECT_THAT(Newest(),
                StatusIs(Code::kDataLoss, HasSubstr("api.github.com")))
        << body;
  }
  Serve(kPage, "[]");
  EXPECT_THAT(Newest(), StatusIs(Code::kNotFound,
                                 HasSubstr("git_tags(\"https://github.com/o/"
                                           "r\")")));
  EXPECT_THAT(AskVersion("github_releases", {{"repository", "o/r/../x"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`owner/name`")));
}

}  // namespace
}  // namespace graph
