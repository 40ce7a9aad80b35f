// SPDX-License-Identifier: Apache-2.0
// git_tags and git_branch by real repositories, npm and url_index by answers in
// their formats, deb by the machine's apt.
#include "absl/strings/escaping.h"
#include "engine/base/sha512.h"
#include "engine/fetch/deb_index.h"
#include "engine/fetch/version_pattern.h"
#include "engine/fetch/versions_index.h"
#include "tests/engine/fetch/resolve_testing.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

using Code = absl::StatusCode;

// --- git --------------------------------------------------------------------

class GitVersionsTest : public ResolveTest {
 protected:
  GitVersionsTest() : repository_(Path("repository")) {}

  // A commit with a tag, which is an object of its own if `annotated`.
  std::string Tag(const std::string& name, bool annotated = false) {
    const std::string commit = repository_.Commit();
    if (annotated) {
      repository_.Git({"tag", "-a", "-m", "x", name});
    } else {
      repository_.Git({"tag", name});
    }
    return commit;
  }
  Fields Remote() const { return {{"remote", "file://" + repository_.path()}}; }

  TestRepository repository_;
};

TEST_F(GitVersionsTest, ATagGivesTheCommitThatItIsOf) {
  Tag("v1.9");
  const std::string commit = Tag("v1.10", /*annotated=*/true);
  Tag("v1.11-rc1");
  Tag("unrelated");
  EXPECT_THAT(Ask("git_tags", Remote()),
              IsOkAndHolds(UnorderedElementsAre(Pair("version", "1.10"),
                                                Pair("tag", "v1.10"),
                                                Pair("commit", commit))));
  EXPECT_THAT(AskVersion("git_tags", Remote(), "", true),
              IsOkAndHolds("1.11-rc1"));
  EXPECT_THAT(AskVersion("git_tags", Remote(), "<1.10"), IsOkAndHolds("1.9"));
}

TEST_F(GitVersionsTest, APatternSaysWhichTags) {
  Tag("api/v2.0");
  Tag("sdk/v3.0");
  Fields arguments = Remote();
  arguments["pattern"] = "api/v*";
  EXPECT_THAT(Ask("git_tags", arguments),
              IsOkAndHolds(AllOf(Contains(Pair("version", "2.0")),
                                 Contains(Pair("tag", "api/v2.0")))));
  EXPECT_THAT(Ask("git_tags", Remote()),
              StatusIs(Code::kInvalidArgument, HasSubstr("`api/`, `sdk/`")));
  arguments["pattern"] = "api";
  EXPECT_THAT(Ask("git_tags", arguments),
              StatusIs(Code::kInvalidArgument, HasSubstr("needs one `*`")));
}

TEST_F(GitVersionsTest, ABranchIsItsCommit) {
  const std::string first = repository_.Commit();
  repository_.Git({"checkout", "-q", "-b", "feature/x"});
  const std::string second = repository_.Commit();
  repository_.Git({"checkout", "-q", "main"});
  EXPECT_THAT(
      Ask("git_branch", Remote()),
      IsOkAndHolds(UnorderedElementsAre(Pair("version", first.substr(0, 12)),
                                        Pair("commit", first))));
  Fields arguments = Remote();
  arguments["branch"] = "feature/x";
  EXPECT_THAT(Ask("git_branch", arguments),
              IsOkAndHolds(Contains(Pair("commit", second))));
  arguments["branch"] = "x";
  EXPECT_THAT(Ask("git_branch", arguments),
              StatusIs(Code::kNotFound, HasSubstr("has no branch `x`")));
  EXPECT_THAT(Ask("git_branch", Remote(), ">=1"),
              StatusIs(Code::kInvalidArgument, HasSubstr("no `constraint`")));
}

TEST_F(GitVersionsTest, WhatCannotBeAskedIsAFailure) {
  EXPECT_THAT(Ask("git_tags", Remote()),
              StatusIs(Code::kNotFound, HasSubstr("has no tags")));
  EXPECT_THAT(Ask("git_tags", {{"remote", "file://" + Path("none")}}),
              Not(IsOk()));
  EXPECT_THAT(Ask("git_tags", {{"remote", "--upload-pack=x"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("is no remote")));
}

// --- npm --------------------------------------------------------------------

class NpmVersionsTest : public ResolveTest {
 protected:
  NpmVersionsTest() {
    setenv("NPM_CONFIG_USERCONFIG", Path(".npmrc").c_str(), 1);
    setenv("NPM_CONFIG_GLOBALCONFIG", Path("none").c_str(), 1);
    for (const char* name : {"NPM_CONFIG_REGISTRY", "npm_config_registry"}) {
      unsetenv(name);
    }
    WriteNpmrc("");
  }

  void WriteNpmrc(const std::string& more) {
    EXPECT_THAT(
        WriteFile(Path(".npmrc"),
                  absl::StrCat("registry = ", server_.Url("/npm"), "\n", more)),
        IsOk());
  }
  std::string Release(const std::string& version, const std::string& bytes,
                      const std::string& more = "") {
    const std::string file = absl::StrCat("/npm/p/-/p-", version, ".tgz");
    Serve(file, bytes);
    return absl::StrCat("\"", version, R"(": {"name": "p", "version": ")",
                        version, R"(", "dist": {"shasum": "x", "tarball": ")",
                        server_.Url(file), R"(", "integrity": "sha512-)",
                        absl::Base64Escape(Sha512(bytes)), "\"}", more, "}");
  }
  void ServePackage(const std::string& latest,
                    std::vector<std::string> releases) {
    Serve("/npm/p",
          absl::StrCat(R"({"name": "p", "dist-tags": {"latest": ")", latest,
                       R"(", "next": "9.0.0"}, "versions": {)",
                       absl::StrJoin(releases, ","), "}}"));
  }
};

TEST_F(NpmVersionsTest, WhatIsTaggedLatestUnlessSomethingIsSaid) {
  ServePackage("1.10.0", {Release("1.9.0", "a"), Release("1.10.0", "b"),
                          Release("2.0.0", "c"), Release("3.0.0-beta.1", "d")});
  EXPECT_THAT(Ask("npm", {{"package", "p"}}),
              IsOkAndHolds(UnorderedElementsAre(
                  Pair("version", "1.10.0"), Pair("file", "p-1.10.0.tgz"),
                  Pair("url", server_.Url("/npm/p/-/p-1.10.0.tgz")),
                  Pair("sha256", Sha("b")))));
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, ">=1"),
              IsOkAndHolds("2.0.0"));
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, "^1.2"),
              IsOkAndHolds("1.10.0"));
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, "", true),
              IsOkAndHolds("3.0.0-beta.1"));
}

TEST_F(NpmVersionsTest, DeprecatedVersionsAreTakenOnlyByName) {
  ServePackage("1.0.0", {Release("1.0.0", "a"),
                         Release("1.1.0", "b", R"(,"deprecated": "use q")")});
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, ">=1"),
              IsOkAndHolds("1.0.0"));
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, "==1.1.0"),
              IsOkAndHolds("1.1.0"));
  EXPECT_THAT(AskVersion("npm", {{"package", "p"}}, ">1.0.0"),
              StatusIs(Code::kNotFound, HasSubstr("was withdrawn: use q")));
}

TEST_F(NpmVersionsTest, AFileWithAnotherIntegrityIsRefused) {
  ServePackage("1.0.0", {Release("1.0.0", "a")});
  Serve("/npm/p/-/p-1.0.0.tgz", "tampered");
  EXPECT_THAT(Ask("npm", {{"package", "p"}}),
              StatusIs(Code::kDataLoss, HasSubstr("has not the SHA-512")));
}

TEST_F(NpmVersionsTest, ScopesHaveTheirOwnRegistryAndToken) {
  setenv("NPM_TEST_TOKEN", "s3cret", 1);
  WriteNpmrc(absl::StrCat("@s:registry=", server_.Url("/scoped/"),
                          "\n//127.0.0.1:", server_.port(),
                          "/scoped/:_authToken=${NPM_TEST_TOKEN}\n"));
  EXPECT_THAT(Ask("npm", {{"package", "@s/p"}}),
              StatusIs(Code::kNotFound, AllOf(HasSubstr("no package @s/p"),
                                              Not(HasSubstr("s3cret")))));
  EXPECT_THAT(Ask("npm", {{"package", "p"}}),
              StatusIs(Code::kNotFound, testing::_));
  EXPECT_EQ(server_.requests().at(0).path, "/scoped/@s%2fp");
  EXPECT_EQ(server_.requests().at(0).Header("Authorization"), "Bearer s3cret");
  EXPECT_EQ(server_.requests().at(1).path, "/npm/p");
  EXPECT_EQ(server_.requests().at(1).Header("Authorization"), "");
}

TEST_F(NpmVersionsTest, AnswersThatAreNoneAreFailures) {
  for (const char* body : {"{}", "{\"versions\": []}"}) {
    Serve("/npm/p", body);
    EXPECT_THAT(Ask("npm", {{"package", "p"}}),
                StatusIs(Code::kDataLoss, HasSubstr("npm's registries")))
        << body;
  }
  for (const char* body : {"", "[]", "<html>"}) {
    Serve("/npm/p", body);
    EXPECT_THAT(Ask("npm", {{"package", "p"}}),
                StatusIs(Code::kUnavailable, HasSubstr("no JSON object")))
        << body;
  }
  for (const char* package : {"../p", "@s", "a/b", "@s/a/b"}) {
    EXPECT_THAT(Ask("npm", {{"package", package}}),
                StatusIs(Code::kInvalidArgument, HasSubstr("`package`")));
  }
}

TEST(Sha512Test, OfTheStandardsExample) {
  EXPECT_EQ(absl::BytesToHexString(Sha512("abc")).substr(0, 32),
            "ddaf35a193617abacc417349ae204131");
}

// --- url_index --------------------------------------------------------------

class UrlIndexTest : public ResolveTest {
 protected:
  absl::StatusOr<Fields> AskIndex(const std::string& pattern,
                                  const std::string& constraint = "") {
    return Ask("url_index",
               {{"url", server_.Url("/pub/")}, {"pattern", pattern}},
               constraint);
  }
};

TEST_F(UrlIndexTest, TheNewestLinkOfAPage) {
  Serve("/pub/",
        "<html><body><a HREF=\"../\">up</a>\n"
        "<a href='x-1.9.tar.gz'>x-1.9</a><a class=a href=x-1.10.tar.gz>x</a>\n"
        "<a href=\"/else/x-1.11-rc1.tar.gz?a=1&amp;b=2\">rc</a>"
        "<a data-href=\"x-9.9.tar.gz\">no</a></body></html>",
        "Content-Type: text/html; charset=utf-8\r\n");
  Serve("/pub/x-1.10.tar.gz", "ten");
  EXPECT_THAT(AskIndex("x-*.tar.gz"),
              IsOkAndHolds(UnorderedElementsAre(
                  Pair("version", "1.10"), Pair("file", "x-1.10.tar.gz"),
                  Pair("url", server_.Url("/pub/x-1.10.tar.gz")),
                  Pair("sha256", Sha("ten")))));
  EXPECT_THAT(AskIndex("x-([0-9.]+)\\.tar\\.gz"),
              IsOkAndHolds(Contains(Pair("version", "1.10"))));
  EXPECT_THAT(AskIndex("y-*.tar.gz"),
              StatusIs(Code::kNotFound, HasSubstr("has no versions")));
  EXPECT_THAT(AskIndex("x-(.*)-(.*)"),
              StatusIs(Code::kInvalidArgument, HasSubstr("has 2 groups")));
  EXPECT_THAT(AskIndex("x-("), StatusIs(Code::kInvalidArgument,
                                        HasSubstr("no regular expression")));
}

TEST_F(UrlIndexTest, PlainTextAndFolders) {
  Serve("/pub/", "1.9/ 1.10/\nother/ 2.0beta1/\n",
        "Content-Type: text/plain\r\n");
  EXPECT_THAT(AskIndex("*/"), IsOkAndHolds(UnorderedElementsAre(
                                  Pair("version", "1.10"),
                                  Pair("url", server_.Url("/pub/1.10/")))));
}

TEST_F(UrlIndexTest, AnEmptyPageIsAFailure) {
  Serve("/pub/", "");
  EXPECT_THAT(AskIndex("x-*"),
              StatusIs(Code::kDataLoss, HasSubstr("without any links")));
  Refuse("/pub/", "404 Not Found");
  EXPECT_THAT(AskIndex("x-*"), StatusIs(Code::kNotFound, HasSubstr("404")));
}

TEST(VersionPatternTest, GlobsAndExpressionsFitWholeNames) {
  absl::StatusOr<VersionPattern> glob = VersionPattern::Parse("v*-slim");
  ASSERT_THAT(glob, IsOk());
  EXPECT_EQ(glob->Find("v3.14-slim"), "3.14");
  EXPECT_EQ(glob->Find("v-slim"), std::nullopt);
  EXPECT_EQ(glob->Find("xv3.14-slim"), std::nullopt);
  glob = VersionPattern::Parse("v12.*-slim");
  ASSERT_THAT(glob, IsOk());
  EXPECT_EQ(glob->Find("v12.5-slim"), "12.5");
  EXPECT_EQ(glob->Find("v13.5-slim"), std::nullopt);
  EXPECT_EQ(VersionPattern::Parse("python3.*")->Find("python3.11"), "11");
  absl::StatusOr<VersionPattern> regex =
      VersionPattern::Parse("v([0-9]+)(-slim)?");
  EXPECT_THAT(regex, StatusIs(Code::kInvalidArgument, testing::_));
  regex = VersionPattern::Parse("v([0-9.]+)-slim|x");
  ASSERT_THAT(regex, IsOk());
  EXPECT_EQ(regex->Find("v3.14-slim"), "3.14");
  EXPECT_EQ(regex->Find("v3.14-slim-2"), std::nullopt);
  EXPECT_EQ(regex->Find("x"), std::nullopt);
  EXPECT_EQ(regex->Find("v" + std::string(2000, '1') + "-slim"), std::nullopt);
}

TEST(FitsGlobTest, StarsAndQuestionMarks) {
  for (const char* pattern : {"*", "a*c", "a?c", "abc", "*b*", "abc*", "**c"}) {
    EXPECT_TRUE(FitsGlob(pattern, "abc")) << pattern;
  }
  for (const char* pattern : {"", "a", "a?", "*d", "abcd", "?abc", "[a]bc"}) {
    EXPECT_FALSE(FitsGlob(pattern, "abc")) << pattern;
  }
}

// --- deb --------------------------------------------------------------------

TEST(AptRecordTest, TheFirstWithADigest) {
  EXPECT_EQ(ParseAptRecord("Package: a\nStatus: installed\n\nPackage: a\n"
                           "Filename: pool/main/a/a_1_all.deb\nSHA256: 12\n"),
            (AptRecord{"a_1_all.deb", "12"}));
  EXPECT_EQ(ParseAptRecord("Package: a\nFilename: pool/a.deb\n\nSHA256: 1\n"),
            std::nullopt);
}

TEST_F(ResolveTest, DebIsWhatTheMachinesAptKnows) {
  absl::StatusOr<Fields> fields = Ask("deb", {{"package", "hostname"}});
  if (absl::IsFailedPrecondition(fields.status()) ||
      absl::IsNotFound(fields.status())) {
    GTEST_SKIP() << fields.status();
  }
  ASSERT_THAT(fields, IsOk());
  EXPECT_TRUE(absl::EndsWith((*fields)["file"], ".deb"));
  EXPECT_EQ((*fields)["sha256"].size(), 64u);
  EXPECT_THAT(AskVersion("deb", {{"package", "hostname"}}, ">=0"),
              IsOkAndHolds((*fields)["version"]));
  EXPECT_THAT(AskVersion("deb", {{"package", "hostname"}}, ">999"),
              StatusIs(Code::kNotFound, HasSubstr((*fields)["version"])));
  EXPECT_THAT(AskVersion("deb", {{"package", "no-such-package"}}),
              StatusIs(Code::kNotFound,
                       HasSubstr("apt has no package no-such-package")));
  EXPECT_THAT(AskVersion("deb", {{"package", "-o"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`package`")));
}

TEST_F(ResolveTest, AnUnknownKindIsAMistake) {
  EXPECT_THAT(Ask("rumours", {}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`rumours`")));
}

}  // namespace
}  // namespace graph
