// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/core_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/cas/memory_store.h"
#include "engine/cas/tree.h"
#include "engine/exec/merge_tree.h"
#include "tests/engine/exec/step_fixture.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;

class CoreStepsTest : public StepTest {
 protected:
  absl::StatusOr<TreeEntries> Merge(std::string content,
                                    std::vector<SpawnInput> inputs) {
    auto made = Run({"merge_tree", "1"}, std::move(content), inputs);
    if (!made.ok()) return made.status();
    EXPECT_EQ(made->kind, OutputEntry::Kind::kDirectory);
    return GetTree(made->digest, store_);
  }
};

TEST_F(CoreStepsTest, AStepOfAnotherFormatIsRefused) {
  for (const char* step : {"write", "copy", "expand_template", "merge_tree",
                           "archive", "layer", "compress", "digests"}) {
    EXPECT_THAT(Run({step, "2"}, "", {}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("a format that this graph does not know")));
  }
}

// --- write, copy, expand_template --------------------------------------------

TEST_F(CoreStepsTest, WriteMakesAFileOfItsContent) {
  auto plain = Run({"write", "1", "-"}, "text\n", {});
  ASSERT_THAT(plain, IsOk());
  EXPECT_THAT(store_.Get(plain->digest), IsOkAndHolds("text\n"));
  EXPECT_FALSE(plain->executable);
  EXPECT_TRUE(Run({"write", "1", "x"}, "#!", {})->executable);
}

TEST_F(CoreStepsTest, CopyKeepsDigestAndKind) {
  auto file = Run({"copy", "1"}, "", {File("a", "bytes", true)});
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->digest, Digest::Of("bytes"));
  EXPECT_TRUE(file->executable);
  const SpawnInput tree = Tree("d", {{"x", "1"}});
  auto folder = Run({"copy", "1"}, "", {tree});
  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(folder->kind, OutputEntry::Kind::kDirectory);
  EXPECT_EQ(folder->digest, tree.digest);
}

TEST_F(CoreStepsTest, ATemplateIsExpandedInOnePass) {
  auto made = Run({"expand_template", "1", "x"},
                  R"({"@A@": "@B@", "@B@": "b"})", {File("t", "@A@ @B@ @C@")});
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(store_.Get(made->digest), IsOkAndHolds("@B@ b @C@"));
  EXPECT_TRUE(made->executable);
}

TEST_F(CoreStepsTest, TheLongestMatchWins) {
  EXPECT_EQ(
      Substituted("NAMES NAME N", {{"N", "1"}, {"NAME", "2"}, {"NAMES", "3"}}),
      "3 2 1");
  EXPECT_EQ(Substituted("", {{"a", "b"}}), "");
  EXPECT_EQ(Substituted("aaa", {}), "aaa");
}

TEST_F(CoreStepsTest, WrongSubstitutionsAreRefused) {
  for (const char* wrong : {"[]", "no json", R"({"a": 1})", R"({"": "x"})"}) {
    EXPECT_THAT(Run({"expand_template", "1", "-"}, wrong, {File("t", "")}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("the parameters of a step are wrong")))
        << wrong;
  }
}

// --- merge_tree --------------------------------------------------------------

TEST_F(CoreStepsTest, LaterLayersWin) {
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a"}, {"input": "b"}]})",
                    {Tree("a", {{"x", "a"}, {"d/y", "a"}}),
                     Tree("b", {{"d/y", "b"}, {"d/z", "b"}})}),
              IsOkAndHolds(Entries({{"x", "a"}, {"d/y", "b"}, {"d/z", "b"}})));
}

TEST_F(CoreStepsTest, LayersAreStrippedAndPrefixed) {
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a", "strip": "src/lib",
                                    "prefix": "pkg/in"}]})",
                    {Tree("a", {{"src/lib/x", "1"}, {"src/libs/y", "2"}})}),
              IsOkAndHolds(Entries({{"pkg/in/x", "1"}})));
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a", "strip": "no/such"}]})",
                    {Tree("a", {{"x", "1"}})}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "there is no folder `no/such`; in the layer `a`"));
}

TEST_F(CoreStepsTest, AFileGoesIntoThePrefixOrToIt) {
  EXPECT_THAT(Merge(R"({"layers": [{"input": "p/f.m", "prefix": "in"},
                           {"input": "p/f.m", "prefix": "as/g.m",
                            "as_file": true}]})",
                    {File("p/f.m", "m")}),
              IsOkAndHolds(Entries({{"in/f.m", "m"}, {"as/g.m", "m"}})));
}

TEST_F(CoreStepsTest, AFileOverAFolderIsAnError) {
  for (const char* order :
       {R"({"layers": [{"input": "a"}, {"input": "b"}]})",
        R"({"layers": [{"input": "b"}, {"input": "a"}]})"}) {
    EXPECT_THAT(Merge(order, {Tree("a", {{"x/deep", "1"}, {"x-y", "1"}}),
                              Tree("b", {{"x", "2"}})}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("`x` would be both a file and a folder")));
  }
}

TEST_F(CoreStepsTest, PatternsRemoveFilesAndFolders) {
  EXPECT_THAT(
      Merge(R"({"layers": [{"input": "a", "remove": ["**/.git", "*.txt"]},
                           {"input": "b"}],
                "remove": ["tests/**"]})",
            {Tree("a", {{".git/config", ""},
                        {"sub/.git/x", ""},
                        {"a.txt", ""},
                        {"sub/a.txt", "kept"},
                        {"tests/t.m", ""}}),
             Tree("b", {{"b.txt", "kept"}})}),
      IsOkAndHolds(Entries({{"sub/a.txt", "kept"}, {"b.txt", "kept"}})));
}

TEST_F(CoreStepsTest, APatternThatRemovesNothingIsAnErrorThatNamesIt) {
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a"}], "remove": ["x", "*.exe"]})",
                    {Tree("a", {{"x", "1"}})}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the pattern `*.exe` removes nothing"));
}

TEST_F(CoreStepsTest, WhatIsDiscardedNeedNotBeThere) {
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a"}], "remove": [],
                        "discard": ["**/*.exe", "**/*.o"]})",
                    {Tree("a", {{"x", "1"}, {"b.o", ""}, {"c/d.o", ""}})}),
              IsOkAndHolds(Entries({{"x", "1"}})));
}

TEST_F(CoreStepsTest, WrongMergesAreRefused) {
  for (const char* wrong :
       {"{}", R"({"layers": {}})", R"({"layers": [{"inputs": "a"}]})",
        R"({"layers": [], "removed": []})",
        R"({"layers": [{"input": "a", "remove": "x"}]})",
        R"({"layers": [{"input": "a", "as_file": 1}]})",
        R"({"layers": ["a"]})"}) {
    EXPECT_THAT(Merge(wrong, {Tree("a", {{"x", "1"}})}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("the parameters of a step are wrong")))
        << wrong;
  }
  EXPECT_THAT(Merge(R"({"layers": [{"input": "b"}]})", {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("`b` is not among the inputs")));
}

TEST_F(CoreStepsTest, ATreeThatIsGoneIsNotFound) {
  const SpawnInput tree = Tree("a", {{"x", "1"}});
  store_.Remove(tree.digest);
  EXPECT_THAT(Merge(R"({"layers": [{"input": "a"}]})", {tree}),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST_F(CoreStepsTest, PatternsMatchPartByPart) {
  EXPECT_TRUE(MatchesPattern("a", "a"));
  EXPECT_TRUE(MatchesPattern("a", "a/b/c"));
  EXPECT_TRUE(MatchesPattern("a/", "a/b"));
  EXPECT_TRUE(MatchesPattern("*.m", "x.m"));
  EXPECT_TRUE(MatchesPattern("a*b*c", "aXbYbZc"));
  EXPECT_TRUE(MatchesPattern("**/*.m", "x.m"));
  EXPECT_TRUE(MatchesPattern("**/*.m", "a/b/x.m"));
  EXPECT_TRUE(MatchesPattern("a/**/z", "a/z"));
  EXPECT_TRUE(MatchesPattern("a/**/z", "a/b/c/z/in"));
  EXPECT_FALSE(MatchesPattern("*.m", "a/x.m"));
  EXPECT_FALSE(MatchesPattern("a", "ab"));
  EXPECT_FALSE(MatchesPattern("a/b", "a"));
  EXPECT_FALSE(MatchesPattern("a*c", "abd"));
  EXPECT_FALSE(MatchesPattern("", "a"));
}

// --- archive -----------------------------------------------------------------

TEST_F(CoreStepsTest, AnArchiveHoldsItsEntries) {
  const std::vector<SpawnInput> inputs = {
      Tree("d", {{"sub/x", "1"}, {"y", "2"}}), File("p/tool", "#!", true)};
  const std::string entries =
      R"("entries": [{"input": "d", "as": "root"},
                     {"input": "p/tool", "as": "bin/tool"}])";
  for (const char* format : {"zip", "tar", "tar.gz", "tar.zst"}) {
    const std::string content =
        absl::StrCat("{\"format\": \"", format, "\", ", entries, "}");
    auto made = Run({"archive", "1"}, content, inputs);
    ASSERT_THAT(made, IsOk()) << format;
    EXPECT_EQ(made->kind, OutputEntry::Kind::kFile);
    EXPECT_FALSE(made->executable);
    auto bytes = store_.Get(made->digest);
    ASSERT_THAT(bytes, IsOk());
    EXPECT_FALSE(bytes->empty());
    EXPECT_EQ(Run({"archive", "1"}, content, inputs)->digest, made->digest);
    if (format == std::string("tar")) {
      for (const char* path : {"root/sub/x", "root/y", "bin/tool"}) {
        EXPECT_THAT(*bytes, HasSubstr(path));
      }
    }
  }
}

TEST_F(CoreStepsTest, WrongArchivesAreRefused) {
  for (const char* wrong :
       {R"({"format": "rar", "entries": []})", R"({"format": "zip"})",
        R"({"format": "zip", "entries": [], "level": "high"})",
        R"({"format": "zip", "entries": [{"input": "a", "to": "b"}]})"}) {
    EXPECT_THAT(Run({"archive", "1"}, wrong, {File("a", "")}),
                StatusIs(absl::StatusCode::kInvalidArgument, testing::_))
        << wrong;
  }
}

}  // namespace
}  // namespace graph
