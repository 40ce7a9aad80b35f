// SPDX-License-Identifier: Apache-2.0
#include "engine/model/pattern.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;

std::string Read(absl::string_view text, const PackageName& here = {}) {
  absl::StatusOr<TargetPattern> pattern = TargetPattern::Parse(text, here);
  if (!pattern.ok()) return std::string(pattern.status().message());
  absl::string_view sign = pattern->negative ? "-" : "";
  switch (pattern->kind) {
    case TargetPattern::Kind::kTarget:
      return absl::StrCat(sign, pattern->target.text());
    case TargetPattern::Kind::kPackage:
      return absl::StrCat(sign, "all of ", pattern->package.ToString());
    case TargetPattern::Kind::kRecursive:
      return absl::StrCat(sign, "below ", pattern->package.ToString());
  }
  return "";
}

bool Matches(absl::string_view pattern, absl::string_view label) {
  return TargetPattern::Parse(pattern, {})->Matches(*Label::Parse(label, {}));
}

TEST(PatternTest, PatternsFromTheRoot) {
  EXPECT_EQ(Read("//..."), "below //");
  EXPECT_EQ(Read("//a/..."), "below //a");
  EXPECT_EQ(Read("//a/b:all"), "all of //a/b");
  EXPECT_EQ(Read("//a/b:*"), "all of //a/b");
  EXPECT_EQ(Read("//:all"), "all of //");
  EXPECT_EQ(Read("//a/b"), "//a/b:b");
  EXPECT_EQ(Read("//a:b"), "//a:b");
  EXPECT_EQ(Read("@rules//..."), "below @rules//");
}

TEST(PatternTest, PatternsFromWhereTheUserStands) {
  PackageName here = {"", "app/core"};
  EXPECT_EQ(Read(":x", here), "//app/core:x");
  EXPECT_EQ(Read("...", here), "below //app/core");
  EXPECT_EQ(Read("sub/...", here), "below //app/core/sub");
  EXPECT_EQ(Read(":all", here), "all of //app/core");
  EXPECT_EQ(Read("sub", here), "//app/core/sub:sub");
  EXPECT_EQ(Read("sub:x", here), "//app/core/sub:x");
  EXPECT_EQ(Read("...", {}), "below //");
  EXPECT_EQ(Read("sub", {}), "//sub:sub");
}

TEST(PatternTest, MinusTakesAway) {
  EXPECT_EQ(Read("-//a/..."), "-below //a");
  EXPECT_EQ(Read("-:x", {"", "b"}), "-//b:x");
}

TEST(PatternTest, WrongPatternSaysWhatIsWrong) {
  EXPECT_EQ(Read(""), "bad pattern ``: it names nothing");
  EXPECT_EQ(Read("-"), "bad pattern `-`: it names nothing");
  EXPECT_EQ(Read("//a..."),
            "bad pattern `//a...`: `...` must be the whole last part");
  EXPECT_THAT(Read("//a/../b"), HasSubstr("`..` leaves the package"));
  EXPECT_THAT(Read("//a/../..."), HasSubstr("`..` leaves the package"));
  EXPECT_THAT(Read("../x"), HasSubstr("`..` leaves the package"));
}

TEST(PatternTest, MatchesWhatItNames) {
  EXPECT_TRUE(Matches("//...", "//a/b:c"));
  EXPECT_FALSE(Matches("//...", "@rules//a:c"));
  EXPECT_TRUE(Matches("//a/...", "//a:c"));
  EXPECT_TRUE(Matches("//a/...", "//a/b:c"));
  EXPECT_FALSE(Matches("//a/...", "//ab:c"));
  EXPECT_TRUE(Matches("//a:all", "//a:c"));
  EXPECT_FALSE(Matches("//a:all", "//a/b:c"));
  EXPECT_TRUE(Matches("//a:c", "//a:c"));
  EXPECT_FALSE(Matches("//a:c", "//a:d"));
}

TEST(PatternTest, EveryPathIsBelowTheRoot) {
  EXPECT_TRUE(IsBelow("", ""));
  EXPECT_TRUE(IsBelow("a/b", ""));
  EXPECT_TRUE(IsBelow("a/b", "a"));
  EXPECT_FALSE(IsBelow("a", "a/b"));
  EXPECT_FALSE(IsBelow("ab", "a"));
}

}  // namespace
}  // namespace graph
