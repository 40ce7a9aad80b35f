// SPDX-License-Identifier: Apache-2.0
#include "engine/load/glob.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

class GlobTest : public testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Run(GlobRequest request,
                                               PackageName package = {"",
                                                                      "p"}) {
    return Glob(request, package, files_);
  }
  absl::StatusOr<std::vector<std::string>> Include(std::string pattern) {
    return Run({.include = {pattern}});
  }

  MemoryTree tree_ = MemoryTree({
      {"p/BUILD.spec", ""},
      {"p/a.c", ""},
      {"p/b.c", ""},
      {"p/b.h", ""},
      {"p/.hidden", ""},
      {"p/.git/config.c", ""},
      {"p/src/c.c", ""},
      {"p/src/deep/d.c", ""},
      {"p/src/deep/d10.c", ""},
      {"p/other/BUILD.spec", ""},
      {"p/other/o.c", ""},
      {"p/example/WORKSPACE.spec", ""},
      {"p/example/e.c", ""},
      {"BUILD.spec", ""},
      {"x.c", ""},
      {"graph-out/made.c", ""},
      {"plain/y.c", ""},
  });
  FileView files_ = FileView({{"", &tree_}});
};

TEST_F(GlobTest, StarStaysInItsFolder) {
  EXPECT_THAT(Include("*.c"), IsOkAndHolds(ElementsAre("a.c", "b.c")));
  EXPECT_THAT(Include("src/*.c"), IsOkAndHolds(ElementsAre("src/c.c")));
  EXPECT_THAT(Include("*/*.c"), IsOkAndHolds(ElementsAre("src/c.c")));
}

TEST_F(GlobTest, QuestionMarkIsOneLetter) {
  EXPECT_THAT(Include("?.h"), IsOkAndHolds(ElementsAre("b.h")));
  EXPECT_THAT(Include("src/deep/d?.c"), StatusIs(kInvalid, testing::_));
  EXPECT_THAT(Include("src/deep/d??.c"),
              IsOkAndHolds(ElementsAre("src/deep/d10.c")));
}

TEST_F(GlobTest, TwoStarsAreAnyFolders) {
  EXPECT_THAT(Include("**/*.c"),
              IsOkAndHolds(ElementsAre("a.c", "b.c", "src/c.c", "src/deep/d.c",
                                       "src/deep/d10.c")));
  EXPECT_THAT(
      Include("src/**"),
      IsOkAndHolds(ElementsAre("src/c.c", "src/deep/d.c", "src/deep/d10.c")));
  EXPECT_THAT(Include("**/deep/d.c"),
              IsOkAndHolds(ElementsAre("src/deep/d.c")));
}

TEST_F(GlobTest, OtherPackagesAreNotEntered) {
  EXPECT_THAT(Include("other/*.c"),
              StatusIs(kInvalid,
                       "glob pattern `other/*.c` matches nothing: `other` is "
                       "a package of its own"));
  EXPECT_THAT(Include("*/o.c"), StatusIs(kInvalid, testing::_));
  EXPECT_THAT(Include("**/o.c"), StatusIs(kInvalid, testing::_));
}

TEST_F(GlobTest, WhatTheToolMakesIsNoSource) {
  EXPECT_THAT(Run({.include = {"**/*.c"}}, {"", ""}),
              IsOkAndHolds(ElementsAre("plain/y.c", "x.c")));
}

TEST_F(GlobTest, DotFoldersMustBeNamed) {
  EXPECT_THAT(Include(".git/*.c"), IsOkAndHolds(ElementsAre(".git/config.c")));
  EXPECT_THAT(Include("**/config.c"), StatusIs(kInvalid, testing::_));
  EXPECT_THAT(Include(".h*"), IsOkAndHolds(ElementsAre(".hidden")));
}

TEST_F(GlobTest, ExcludedPathsAreLeftOut) {
  EXPECT_THAT(Run({.include = {"**/*.c"}, .exclude = {"src/**"}}),
              IsOkAndHolds(ElementsAre("a.c", "b.c")));
  EXPECT_THAT(Run({.include = {"*.c"}, .exclude = {"a.c", "none.c"}}),
              IsOkAndHolds(ElementsAre("b.c")));
}

TEST_F(GlobTest, FoldersAreTakenIfAskedFor) {
  EXPECT_THAT(Run({.include = {"*"}, .exclude_directories = false}),
              IsOkAndHolds(ElementsAre(".hidden", "BUILD.spec", "a.c", "b.c",
                                       "b.h", "src")));
  EXPECT_THAT(Run({.include = {"src"}, .exclude_directories = false}),
              IsOkAndHolds(ElementsAre("src")));
}

TEST_F(GlobTest, PatternThatMatchesNothingIsAnError) {
  EXPECT_THAT(Run({.include = {"*.c", "*.cc"}}),
              StatusIs(kInvalid,
                       "glob pattern `*.cc` matches nothing; if that is "
                       "meant, say `allow_empty = True`"));
  EXPECT_THAT(Run({.include = {"*.cc"}, .allow_empty = true}),
              IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(Run({.include = {"*.h"}, .exclude = {"*.h"}}),
              StatusIs(kInvalid, testing::HasSubstr("is excluded")));
}

TEST_F(GlobTest, EachPathComesOnceAndSorted) {
  EXPECT_THAT(Run({.include = {"b.c", "*.c", "**/b.c"}}),
              IsOkAndHolds(ElementsAre("a.c", "b.c")));
}

TEST_F(GlobTest, BadPatternSaysWhatIsWrong) {
  EXPECT_THAT(Include("/a"),
              StatusIs(kInvalid,
                       "bad pattern `/a` in glob(): it begins with `/`; it is "
                       "relative to the package"));
  EXPECT_THAT(Include("../a"),
              StatusIs(kInvalid,
                       "bad pattern `../a` in glob(): `..` leaves the "
                       "package"));
  EXPECT_THAT(
      Include("a//b"),
      StatusIs(kInvalid, "bad pattern `a//b` in glob(): it has an empty part"));
  EXPECT_THAT(Include("a**"),
              StatusIs(kInvalid,
                       "bad pattern `a**` in glob(): `**` must be a whole "
                       "part"));
  EXPECT_THAT(Include(""),
              StatusIs(kInvalid, "bad pattern `` in glob(): it is empty"));
  EXPECT_THAT(Run({.include = {"*.c"}, .exclude = {"./x"}}),
              StatusIs(kInvalid, testing::HasSubstr("`./x`")));
}

TEST_F(GlobTest, ListedFoldersAreNoted) {
  ASSERT_THAT(Include("src/*.c"), IsOk());
  EXPECT_THAT(files_.log().folders,
              ElementsAre(ReadLog::Item{"", "p"}, ReadLog::Item{"", "p/src"}));
}

// A tree in which one folder is a link to another.
class LinkedTree : public MemoryTree {
 public:
  using MemoryTree::MemoryTree;
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override {
    absl::StatusOr<std::vector<SourceEntry>> entries = MemoryTree::List(path);
    for (SourceEntry& entry : *entries) entry.linked = entry.name == "link";
    return entries;
  }
};

TEST(GlobLinkTest, LinkedFoldersMustBeNamed) {
  LinkedTree tree({{"p/BUILD.spec", ""}, {"p/link/l.c", ""}, {"p/a.c", ""}});
  FileView files({{"", &tree}});
  PackageName p = {"", "p"};
  EXPECT_THAT(Glob({.include = {"**/*.c"}}, p, files),
              IsOkAndHolds(ElementsAre("a.c")));
  EXPECT_THAT(Glob({.include = {"link/*.c"}}, p, files),
              IsOkAndHolds(ElementsAre("link/l.c")));
}

TEST(GlobMatchesTest, PathsAreMatchedWhole) {
  EXPECT_TRUE(GlobMatches("**", "a/b/c"));
  EXPECT_TRUE(GlobMatches("a/**/c", "a/c"));
  EXPECT_TRUE(GlobMatches("a/**/c", "a/b/b/c"));
  EXPECT_FALSE(GlobMatches("a/*", "a/b/c"));
  EXPECT_TRUE(GlobMatches("*a*b", "xaabab"));
  EXPECT_FALSE(GlobMatches("*a*b", "xaabac"));
  EXPECT_FALSE(GlobMatches("a/**", "a"));
}

}  // namespace
}  // namespace graph
