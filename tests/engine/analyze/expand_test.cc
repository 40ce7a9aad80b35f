// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/expand.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::string> Bracket(absl::string_view label, bool all) {
  return absl::StrCat(all ? "{" : "[", label, all ? "}" : "]");
}

std::optional<std::string> OneVariable(absl::string_view name) {
  if (name == "SRCS") return "a b";
  if (name == "<") return "a";
  return std::nullopt;
}

TEST(ExpandLocationsTest, EachFunctionAsksForItsLabel) {
  EXPECT_EQ(*ExpandLocations("x $(location :a) $(execpath b)$(rootpath //c:d)",
                             Bracket),
            "x [:a] [b][//c:d]");
  EXPECT_EQ(
      *ExpandLocations("$(locations :a)$(execpaths b)$(rootpaths c)", Bracket),
      "{:a}{b}{c}");
}

TEST(ExpandLocationsTest, EverythingElseStays) {
  for (absl::string_view text :
       {"", "$", "$$", "plain", "$(SRCS) $@ $< ${x}", "$(location)",
        "$$(location :a)", "$(nolocation :a)", "$(locationss :a)"}) {
    EXPECT_EQ(*ExpandLocations(text, Bracket), text);
  }
}

TEST(ExpandLocationsTest, ADollarPairDoesNotHideWhatFollows) {
  EXPECT_EQ(*ExpandLocations("$$$(location :a)", Bracket), "$$[:a]");
}

TEST(ExpandLocationsTest, AnOpenReferenceIsAnError) {
  EXPECT_THAT(ExpandLocations("cat $(location :a", Bracket).status().message(),
              HasSubstr("has no `)`"));
}

TEST(ExpandLocationsTest, TheErrorOfTheLookupIsTheError) {
  auto fail = [](absl::string_view, bool) -> absl::StatusOr<std::string> {
    return absl::InvalidArgumentError("no such thing");
  };
  EXPECT_EQ(ExpandLocations("$(location :a)", fail).status().message(),
            "no such thing");
}

TEST(ExpandVariablesTest, KnownOnesAreReplacedAndPairsHalved) {
  EXPECT_EQ(*ExpandVariables("$(SRCS) $< $$x $$$<", OneVariable),
            "a b a $x $a");
}

TEST(ExpandVariablesTest, UnknownOnesAreErrorsThatShowThem) {
  EXPECT_THAT(ExpandVariables("echo $HOME", OneVariable).status().message(),
              HasSubstr("`$H` is not known here"));
  EXPECT_THAT(ExpandVariables("echo $(date)", OneVariable).status().message(),
              HasSubstr("`$(date)` is not known here"));
}

TEST(ExpandVariablesTest, ATrailingDollarIsAnError) {
  EXPECT_THAT(ExpandVariables("costs 5$", OneVariable).status().message(),
              HasSubstr("stands at the end"));
}

TEST(ShellWordTest, PlainPathsStayAndOthersAreQuoted) {
  EXPECT_EQ(ShellWord("graph-out/a_b/c.d+e"), "graph-out/a_b/c.d+e");
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("a b"), "'a b'");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellWord("$x"), "'$x'");
}

}  // namespace
}  // namespace graph
