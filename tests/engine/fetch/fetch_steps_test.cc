// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/fetch_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Code = absl::StatusCode;

TEST(ParseHttpSourceTest, EveryMemberIsTaken) {
  absl::StatusOr<HttpSource> source = ParseHttpSource(
      R"({"urls": ["https://a/x", "https://b/x"], "sha256": "00ff",
          "strip_prefix": "x-1", "unpack": true, "executable": true})");
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(source->urls, ElementsAre("https://a/x", "https://b/x"));
  EXPECT_EQ(source->sha256, "00ff");
  EXPECT_EQ(source->strip_prefix, "x-1");
  EXPECT_TRUE(source->unpack);
  EXPECT_TRUE(source->executable);
}

TEST(ParseHttpSourceTest, OnlyUrlsAreNeeded) {
  absl::StatusOr<HttpSource> source = ParseHttpSource(R"({"urls": ["u"]})");
  ASSERT_THAT(source, IsOk());
  EXPECT_EQ(source->sha256, "");
  EXPECT_FALSE(source->unpack);
}

TEST(ParseHttpSourceTest, WhatIsWrongIsNamed) {
  for (auto [text, why] :
       {std::pair("", "not a JSON object"),
        {"[]", "not a JSON object"},
        {"{}", "`urls` is missing"},
        {R"({"urls": []})", "`urls` is missing"},
        {R"({"urls": "u"})", "`urls` is not a list of strings"},
        {R"({"urls": [1]})", "`urls` is not a list of strings"},
        {R"({"urls": ["u"], "unpack": 1})", "`unpack` is not true or false"},
        {R"({"urls": ["u"], "sha256": null})", "`sha256` is not a string"},
        {R"({"urls": ["u"], "sha1": "x"})", "`sha1` is unknown"}}) {
    EXPECT_THAT(ParseHttpSource(text),
                StatusIs(Code::kInvalidArgument, HasSubstr(why)));
  }
}

TEST(ParseGitSourceTest, EveryMemberIsTaken) {
  absl::StatusOr<GitSource> source = ParseGitSource(
      R"({"remote": "https://a/x", "commit": "abc", "submodules": true,
          "subdir": "s"})");
  ASSERT_THAT(source, IsOk());
  EXPECT_EQ(source->remote, "https://a/x");
  EXPECT_EQ(source->commit, "abc");
  EXPECT_TRUE(source->submodules);
  EXPECT_EQ(source->subdir, "s");
}

TEST(ParseGitSourceTest, WhatIsWrongIsNamed) {
  for (auto [text, why] : {std::pair("{}", "`remote` is missing"),
                           {R"({"remote": "r"})", "`commit` is missing"},
                           {R"({"remote": "r", "commit": "c", "branch": "b"})",
                            "`branch` is unknown"}}) {
    EXPECT_THAT(ParseGitSource(text),
                StatusIs(Code::kInvalidArgument, HasSubstr(why)));
  }
}

TEST(ParseOciSourceTest, EveryMemberIsTaken) {
  const std::string digest = "sha256:" + std::string(64, '0');
  absl::StatusOr<OciSource> source = ParseOciSource(
      absl::StrCat(R"({"registry": "r.test", "repository": "a/b", "digest": ")",
                   digest, R"(", "platform": "linux/arm/v7"})"));
  ASSERT_THAT(source, IsOk());
  EXPECT_EQ(source->registry, "r.test");
  EXPECT_EQ(source->repository, "a/b");
  EXPECT_EQ(source->digest, digest);
  EXPECT_EQ(source->platform, "linux/arm/v7");
}

TEST(ParseOciSourceTest, WhatIsWrongIsNamed) {
  for (auto [text, why] :
       {std::pair("{}", "`registry`"),
        {R"({"registry": "r"})", "`repository`"},
        {R"({"registry": "r", "repository": "x"})", "a digest is"},
        {R"({"registry": "r", "tag": "x"})", "`tag` is unknown"}}) {
    EXPECT_THAT(ParseOciSource(text),
                StatusIs(Code::kInvalidArgument, HasSubstr(why)));
  }
}

TEST(ParseDebSourceTest, EveryMemberIsTaken) {
  absl::StatusOr<DebSource> source =
      ParseDebSource(R"({"package": "a", "version": "1", "sha256": "00",
                         "architecture": "all"})");
  ASSERT_THAT(source, IsOk());
  EXPECT_EQ(source->package, "a");
  EXPECT_EQ(source->version, "1");
  EXPECT_EQ(source->sha256, "00");
  EXPECT_EQ(source->architecture, "all");
}

TEST(ParseDebSourceTest, WhatIsWrongIsNamed) {
  for (auto [text, why] :
       {std::pair("{}", "`package`"),
        {R"({"package": "a"})", "`version`"},
        {R"({"package": "a", "version": 1})", "`version` is not a string"},
        {R"({"package": "a", "mirror": "x"})", "`mirror` is unknown"}}) {
    EXPECT_THAT(ParseDebSource(text),
                StatusIs(Code::kInvalidArgument, HasSubstr(why)));
  }
}

using FetchStepsTest = FetchTest;

TEST_F(FetchStepsTest, AFileIsAFileOutput) {
  TestServer server(
      [](const TestRequest&) { return TestServer::Answer("200 OK", "x"); });
  const Digest digest = Digest::Of("x");
  const std::vector<std::string> outputs = {"graph-out/a/tool"};
  const OutputEntry expected{
      .path = outputs[0], .digest = digest, .executable = true};
  EXPECT_THAT(FetchHttpStep(absl::StrCat(R"({"executable": true, "urls": [")",
                                         server.Url("/x"), R"("], "sha256": ")",
                                         digest.hex(), "\"}"),
                            outputs, context_, store_, cancellation_),
              IsOkAndHolds(ElementsAre(expected)));
}

TEST_F(FetchStepsTest, ACommitIsAFolderOutput) {
  TestRepository upstream(Path("upstream"));
  upstream.Write("a", "1");
  const std::string commit = upstream.Commit();
  const std::vector<std::string> outputs = {"graph-out/a/src"};
  auto result = FetchGitStep(absl::StrCat(R"({"remote": ")", upstream.path(),
                                          R"(", "commit": ")", commit, "\"}"),
                             outputs, context_, store_, cancellation_);
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->size(), 1u);
  EXPECT_EQ(result->front().path, outputs[0]);
  EXPECT_EQ(result->front().kind, OutputEntry::Kind::kDirectory);
  EXPECT_EQ(Tree(result->front().digest).at("a"), "file 1");
}

TEST_F(FetchStepsTest, ThereIsOneOutput) {
  EXPECT_THAT(FetchGitStep("{}", {}, context_, store_, cancellation_),
              StatusIs(Code::kInvalidArgument, HasSubstr("one output")));
  const std::vector<std::string> two = {"a", "b"};
  EXPECT_THAT(FetchHttpStep("{}", two, context_, store_, cancellation_),
              StatusIs(Code::kInvalidArgument, HasSubstr("not 2")));
}

}  // namespace
}  // namespace graph
