// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/unified_diff.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace dsl {
namespace {

TEST(UnifiedDiff, OfEqualTextsIsEmpty) {
  EXPECT_EQ(UnifiedDiff("f", "a\nb\n", "a\nb\n"), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAroundAChange) {
  EXPECT_EQ(UnifiedDiff("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
                        "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n"
            " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, PartsChangesThatLieFarApart) {
  std::string before;
  for (int i = 1; i <= 20; ++i) absl::StrAppend(&before, i, "\n");
  std::string after = absl::StrCat("0\n", before, "21\n");
  EXPECT_EQ(UnifiedDiff("f", before, after),
            "--- a/f\n+++ b/f\n"
            "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n"
            "@@ -18,3 +19,4 @@\n 18\n 19\n 20\n+21\n");
}

TEST(UnifiedDiff, JoinsChangesWhoseSurroundingsTouch) {
  EXPECT_EQ(
      UnifiedDiff("f", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n"),
      "--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n"
      "-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

TEST(UnifiedDiff, SaysThatTheLastLineHasNoEnd) {
  EXPECT_EQ(UnifiedDiff("f", "a", "a\n"),
            "--- a/f\n+++ b/f\n@@ -1 +1 @@\n"
            "-a\n\\ No newline at end of file\n+a\n");
}

TEST(UnifiedDiff, OfAnEmptyTextCountsFromZero) {
  EXPECT_EQ(UnifiedDiff("f", "", "a\nb\n"),
            "--- a/f\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
}

TEST(UnifiedDiff, OfManyDifferentLinesReplacesAll) {
  std::string before;
  std::string after;
  for (int i = 0; i < 3000; ++i) {
    absl::StrAppend(&before, "a", i, "\n");
    absl::StrAppend(&after, "b", i, "\n");
  }
  const std::string diff = UnifiedDiff("f", before, after);
  EXPECT_NE(diff.find("@@ -1,3000 +1,3000 @@\n-a0\n-a1\n"), diff.npos);
  EXPECT_NE(diff.find("-a2999\n+b0\n"), diff.npos);
}

}  // namespace
}  // namespace dsl
