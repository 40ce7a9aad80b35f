// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tree_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kRefused = absl::StatusCode::kInvalidArgument;

TEST(NormalisedPathTest, DotsAndSlashesThatMeanNothingGo) {
  EXPECT_THAT(NormalisedPath("a/b"), IsOkAndHolds("a/b"));
  EXPECT_THAT(NormalisedPath("./a//b/./c/"), IsOkAndHolds("a/b/c"));
  EXPECT_THAT(NormalisedPath("."), IsOkAndHolds(""));
  EXPECT_THAT(NormalisedPath(""), IsOkAndHolds(""));
  EXPECT_THAT(NormalisedPath("..a/b.."), IsOkAndHolds("..a/b.."));
}

TEST(NormalisedPathTest, WaysOutAreRefused) {
  EXPECT_THAT(NormalisedPath("/etc/passwd"),
              StatusIs(kRefused, "`/etc/passwd` is an absolute path"));
  EXPECT_THAT(NormalisedPath("a/../../b"),
              StatusIs(kRefused, "`a/../../b` has a `..` in it"));
  EXPECT_THAT(NormalisedPath("a/.."), StatusIs(kRefused, HasSubstr("`..`")));
  EXPECT_THAT(NormalisedPath(absl::string_view("a\0b", 3)),
              StatusIs(kRefused, HasSubstr("NUL")));
}

TEST(TreeGuardTest, FoldersMayComeAgainAndLate) {
  TreeGuard guard;
  EXPECT_THAT(guard.AddFile("a/b/c"), IsOk());
  EXPECT_THAT(guard.AddDirectory("a"), IsOk());
  EXPECT_THAT(guard.AddDirectory("a/b"), IsOk());
  EXPECT_THAT(guard.AddDirectory("a/b"), IsOk());
  EXPECT_THAT(guard.AddDirectory(""), IsOk());
  EXPECT_TRUE(guard.IsFile("a/b/c"));
  EXPECT_FALSE(guard.IsFile("a/b"));
}

TEST(TreeGuardTest, APathIsOneThing) {
  TreeGuard guard;
  ASSERT_THAT(guard.AddFile("a/f"), IsOk());
  ASSERT_THAT(guard.AddSymlink("a/l", "f"), IsOk());
  EXPECT_THAT(guard.AddFile("a/f"), StatusIs(kRefused, "`a/f` comes twice"));
  EXPECT_THAT(guard.AddFile("a/l"), StatusIs(kRefused, "`a/l` comes twice"));
  EXPECT_THAT(guard.AddSymlink("a/f", "x"), StatusIs(kRefused, HasSubstr("")));
  EXPECT_THAT(guard.AddDirectory("a/f"), StatusIs(kRefused, HasSubstr("both")));
  EXPECT_THAT(guard.AddDirectory("a/l"), StatusIs(kRefused, HasSubstr("both")));
  EXPECT_THAT(guard.AddFile("a"), StatusIs(kRefused, HasSubstr("both")));
  EXPECT_THAT(guard.AddFile(""), StatusIs(kRefused, HasSubstr("root")));
}

TEST(TreeGuardTest, NothingIsWrittenThroughALink) {
  TreeGuard guard;
  ASSERT_THAT(guard.AddSymlink("lib", "lib64"), IsOk());
  ASSERT_THAT(guard.AddFile("file"), IsOk());
  EXPECT_THAT(guard.AddFile("lib/x"),
              StatusIs(kRefused, HasSubstr("`lib` is")));
  EXPECT_THAT(guard.AddFile("lib/deep/x"),
              StatusIs(kRefused, HasSubstr("`lib` is")));
  EXPECT_THAT(guard.AddDirectory("lib/d"),
              StatusIs(kRefused, HasSubstr("`lib` is")));
  EXPECT_THAT(guard.AddSymlink("file/x", "y"),
              StatusIs(kRefused, HasSubstr("`file` is")));
}

TEST(TreeGuardTest, SymlinksMayGoAnywhereInside) {
  TreeGuard guard;
  ASSERT_THAT(guard.AddSymlink("a/b/up", "../.."), IsOk());
  ASSERT_THAT(guard.AddSymlink("dangling", "no/such/file"), IsOk());
  ASSERT_THAT(guard.AddSymlink("self", "self"), IsOk());
  ASSERT_THAT(guard.AddSymlink("x", "y"), IsOk());
  ASSERT_THAT(guard.AddSymlink("y", "x"), IsOk());
  ASSERT_THAT(guard.AddSymlink("dot", "./a/.//b/"), IsOk());
  EXPECT_THAT(guard.CheckSymlinks(), IsOk());
}

TEST(TreeGuardTest, SymlinksThatLeadOutAreRefused) {
  for (absl::string_view target :
       {"/", "/etc/passwd", "..", "../x", "a/../../x", "./../x"}) {
    TreeGuard guard;
    ASSERT_THAT(guard.AddSymlink("link", target), IsOk());
    EXPECT_THAT(guard.CheckSymlinks(),
                StatusIs(kRefused, HasSubstr("`link` is a symlink that leads "
                                             "outside: `")))
        << target;
  }
}

// By its letters `e` stays inside; through `deep/l` it does not.
TEST(TreeGuardTest, SymlinksAreFollowedThroughOthers) {
  TreeGuard guard;
  ASSERT_THAT(guard.AddSymlink("e", "deep/er/l/../x"), IsOk());
  EXPECT_THAT(guard.CheckSymlinks(), IsOk());
  ASSERT_THAT(guard.AddSymlink("deep/er/l", "../.."), IsOk());
  EXPECT_THAT(guard.CheckSymlinks(), StatusIs(kRefused, HasSubstr("`e` is")));
}

TEST(TreeGuardTest, EmptyFoldersAreThoseWithNothingBelow) {
  TreeGuard guard;
  ASSERT_THAT(guard.AddDirectory("b"), IsOk());
  ASSERT_THAT(guard.AddDirectory("a/c/d"), IsOk());
  ASSERT_THAT(guard.AddDirectory("e"), IsOk());
  ASSERT_THAT(guard.AddSymlink("e/f", "../b"), IsOk());
  EXPECT_THAT(guard.EmptyDirectories(), ElementsAre("a/c/d", "b"));
}

}  // namespace
}  // namespace graph
