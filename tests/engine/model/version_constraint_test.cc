// SPDX-License-Identifier: Apache-2.0
#include "engine/model/version_constraint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using enum VersionScheme;
using testing::ElementsAre;
using testing::HasSubstr;

// Those of `versions` that the constraint allows.
std::vector<std::string> Allowed(VersionScheme scheme,
                                 absl::string_view constraint,
                                 const std::vector<std::string>& versions) {
  absl::StatusOr<VersionConstraint> parsed =
      VersionConstraint::Parse(scheme, constraint);
  EXPECT_THAT(parsed, IsOk()) << constraint;
  std::vector<std::string> allowed;
  for (const std::string& text : versions) {
    const std::optional<Version> version = Version::Parse(scheme, text);
    EXPECT_TRUE(version.has_value()) << text;
    if (parsed.ok() && version && parsed->Allows(*version)) {
      allowed.push_back(text);
    }
  }
  return allowed;
}

TEST(VersionConstraintTest, NothingAllowsEverything) {
  EXPECT_THAT(Allowed(kPython, " ", {"1", "2rc1"}), ElementsAre("1", "2rc1"));
  EXPECT_EQ(VersionConstraint::Parse(kPython, "")->anchor(), nullptr);
}

TEST(VersionConstraintTest, AllClausesMustHold) {
  EXPECT_THAT(Allowed(kPython, ">=3.14, <3.15,!=3.14.1",
                      {"3.9", "3.13.9", "3.14.0rc1", "3.14.0", "3.14.1",
                       "3.14.10", "3.15.0a1", "3.15.0", "3.15"}),
              ElementsAre("3.14.0", "3.14.10"));
}

TEST(VersionConstraintTest, LessHasNoPrereleaseOfThatVersion) {
  EXPECT_THAT(Allowed(kPython, "<1.7", {"1.6", "1.7rc1", "1.6.9rc1", "1.7"}),
              ElementsAre("1.6", "1.6.9rc1"));
  EXPECT_THAT(Allowed(kPython, "<1.7rc2", {"1.7rc1", "1.7rc2", "1.7.dev1"}),
              ElementsAre("1.7rc1", "1.7.dev1"));
  EXPECT_THAT(Allowed(kDebian, "<1.7", {"1.6-1", "1.7~rc1-1", "1.7-1"}),
              ElementsAre("1.6-1"));
}

TEST(VersionConstraintTest, GreaterHasNoLaterEditionOfThatVersion) {
  EXPECT_THAT(
      Allowed(kPython, ">1.7", {"1.7", "1.7.0.post2", "1.7+local", "1.7.1"}),
      ElementsAre("1.7.1"));
  EXPECT_THAT(Allowed(kPython, ">1.7.post2", {"1.7.1", "1.7.0.post3"}),
              ElementsAre("1.7.1", "1.7.0.post3"));
}

TEST(VersionConstraintTest, EqualityIsOfVersionsAndNotOfTexts) {
  EXPECT_THAT(Allowed(kPython, "==1.1",
                      {"1.1", "1.1.0", "1.1.post1", "1.1a1", "1.1+x", "1.1.1"}),
              ElementsAre("1.1", "1.1.0", "1.1+x"));
  EXPECT_THAT(Allowed(kPython, "==1.1+x", {"1.1", "1.1+x", "1.1+y"}),
              ElementsAre("1.1+x"));
  EXPECT_THAT(Allowed(kPython, "!=1.1", {"1.1.0", "1.1.post1"}),
              ElementsAre("1.1.post1"));
}

TEST(VersionConstraintTest, AStarIsForAllThatBeginsSo) {
  EXPECT_THAT(
      Allowed(kPython, "==1.1.*",
              {"1.1", "1.1.post1", "1.1a1", "1.1.9", "1.10", "1", "1!1.1.2"}),
      ElementsAre("1.1", "1.1.post1", "1.1a1", "1.1.9"));
  EXPECT_THAT(Allowed(kDotted, "!=2.*", {"v1.9", "v2.0", "v2.1rc1", "20"}),
              ElementsAre("v1.9", "20"));
  EXPECT_THAT(Allowed(kSemver, "==1.2.*", {"1.2.9", "1.20.0", "1.3.0"}),
              ElementsAre("1.2.9"));
}

TEST(VersionConstraintTest, CompatibleReleasesKeepAllButTheLastNumber) {
  EXPECT_THAT(Allowed(kPython, "~=2.2", {"2.1", "2.2", "2.10", "3.0"}),
              ElementsAre("2.2", "2.10"));
  EXPECT_THAT(Allowed(kPython, "~=1.4.5", {"1.4.4", "1.4.5", "1.4.10", "1.5"}),
              ElementsAre("1.4.5", "1.4.10"));
  EXPECT_THAT(Allowed(kPython, "~=2.2.post3", {"2.2", "2.2.post4", "2.3"}),
              ElementsAre("2.2.post4", "2.3"));
}

TEST(VersionConstraintTest, CaretAndTildeAreThoseOfNpm) {
  const std::vector<std::string> versions{
      "0.0.3", "0.0.4", "0.2.3", "0.2.9",      "0.3.0", "1.2.3",
      "1.2.9", "1.3.0", "1.9.0", "2.0.0-rc.1", "2.0.0"};
  EXPECT_THAT(Allowed(kSemver, "^1.2.3", versions),
              ElementsAre("1.2.3", "1.2.9", "1.3.0", "1.9.0"));
  EXPECT_THAT(Allowed(kSemver, "^0.2.3", versions),
              ElementsAre("0.2.3", "0.2.9"));
  EXPECT_THAT(Allowed(kSemver, "^0.0.3", versions), ElementsAre("0.0.3"));
  EXPECT_THAT(Allowed(kSemver, "^0.0", versions),
              ElementsAre("0.0.3", "0.0.4"));
  EXPECT_THAT(Allowed(kSemver, "~1.2.3", versions),
              ElementsAre("1.2.3", "1.2.9"));
  EXPECT_THAT(Allowed(kSemver, "~1.2", versions),
              ElementsAre("1.2.3", "1.2.9"));
  EXPECT_THAT(Allowed(kSemver, "~1", versions),
              ElementsAre("1.2.3", "1.2.9", "1.3.0", "1.9.0"));
  EXPECT_THAT(Allowed(kSemver, ">=1.3,<2", versions),
              ElementsAre("1.3.0", "1.9.0"));
}

TEST(VersionConstraintTest, AnExactPrereleaseIsNamed) {
  EXPECT_TRUE(
      VersionConstraint::Parse(kPython, "==3.15.0rc1")->NamesPrerelease());
  EXPECT_FALSE(
      VersionConstraint::Parse(kPython, ">=3.15.0rc1")->NamesPrerelease());
  EXPECT_TRUE(VersionConstraint::Parse(kPython, ">1,==3.15")->IsExact());
  EXPECT_FALSE(VersionConstraint::Parse(kPython, "==3.15.*")->IsExact());
}

TEST(VersionConstraintTest, AMistakeIsShownAtItsPlace) {
  for (const auto& [scheme, text, why] :
       std::vector<std::tuple<VersionScheme, std::string, std::string>>{
           {kPython, ">=3.14,<<3.15",
            "`<<` is no operator; there are ==, !=, >=, <=, >, <, ~=, ^ and "
            "~\n    >=3.14,<<3.15\n           ^"},
           {kPython, ">=3.14, 3.15",
            "`3.15` has no operator: `==3.15` is that version, `==3.15.*` each "
            "that begins so\n    >=3.14, 3.15\n            ^"},
           {kPython, "=3.14", "`=` is no operator"},
           {kPython, ">=3.14,", "nothing between or behind the commas"},
           {kPython, "<=", "no version follows `<=`"},
           {kPython, "==new", "`new` is no version\n    ==new\n      ^"},
           {kPython, ">=3.*", "only == and != go with `.*`"},
           {kPython, "==3.0rc1.*", "only numbers come before `.*`"},
           {kPython, "~=3", "`~=` needs two numbers at least: `~=1.4`"},
           {kDebian, "~=3.1", "versions of Debian have no `~=`: write "},
           {kDebian, "==3.*", "versions of Debian have no `.*`"},
           {kSemver, "==1.2.3.4", "`1.2.3.4` is no version"}}) {
    EXPECT_THAT(VersionConstraint::Parse(scheme, text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(why)))
        << text;
  }
}

}  // namespace
}  // namespace graph
