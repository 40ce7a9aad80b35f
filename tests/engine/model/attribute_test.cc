// SPDX-License-Identifier: Apache-2.0
#include "engine/model/attribute.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Strings = StringList;

Label L(absl::string_view text) { return *Label::Parse(text, {}); }

AttributePart Plain(AttributeValue value) {
  AttributePart part;
  part.plain = std::move(value);
  return part;
}

AttributePart Select(PackedVector<SelectBranch> branches) {
  AttributePart part;
  part.branches = std::move(branches);
  return part;
}

// Conditions hold as strongly as `holding` says.
ConditionMatcher Holding(absl::flat_hash_map<std::string, int> holding) {
  return [holding](const Label& c) -> absl::StatusOr<std::optional<int>> {
    auto found = holding.find(c.text());
    if (found == holding.end()) return std::nullopt;
    return found->second;
  };
}

TEST(AttributeTest, PlainValueIsItself) {
  Attribute attribute(AttributeValue(std::string("x")));
  ASSERT_NE(attribute.plain(), nullptr);
  EXPECT_TRUE(attribute.parts().empty());
  EXPECT_THAT(Resolve(attribute, std::monostate(), Holding({})),
              IsOkAndHolds(AttributeValue(std::string("x"))));
}

TEST(AttributeTest, SinglePlainPartIsPlain) {
  Attribute attribute({Plain(int64_t{4})});
  ASSERT_NE(attribute.plain(), nullptr);
  EXPECT_EQ(*attribute.plain(), AttributeValue(int64_t{4}));
}

TEST(AttributeTest, BranchThatHoldsIsTaken) {
  Attribute attribute({Select({{L("//c:a"), std::string("a")},
                               {L("//c:b"), std::string("b")},
                               {Label(), std::string("else")}})});
  EXPECT_EQ(attribute.plain(), nullptr);
  EXPECT_THAT(Resolve(attribute, std::string(), Holding({{"//c:b", 1}})),
              IsOkAndHolds(AttributeValue(std::string("b"))));
  EXPECT_THAT(Resolve(attribute, std::string(), Holding({})),
              IsOkAndHolds(AttributeValue(std::string("else"))));
}

TEST(AttributeTest, StricterConditionWins) {
  Attribute attribute({Select(
      {{L("//c:a"), std::string("a")}, {L("//c:ab"), std::string("ab")}})});
  EXPECT_THAT(
      Resolve(attribute, std::string(), Holding({{"//c:a", 1}, {"//c:ab", 2}})),
      IsOkAndHolds(AttributeValue(std::string("ab"))));
}

TEST(AttributeTest, EquallyStrictConditionsMustAgree) {
  Attribute differ(
      {Select({{L("//c:a"), int64_t{1}}, {L("//c:b"), int64_t{2}}})});
  EXPECT_THAT(
      Resolve(differ, int64_t{0}, Holding({{"//c:a", 1}, {"//c:b", 1}})),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "select() cannot decide: `//c:a` and `//c:b` both hold, and "
               "give different values"));
  Attribute agree(
      {Select({{L("//c:a"), int64_t{1}}, {L("//c:b"), int64_t{1}}})});
  EXPECT_THAT(Resolve(agree, int64_t{0}, Holding({{"//c:a", 1}, {"//c:b", 1}})),
              IsOkAndHolds(AttributeValue(int64_t{1})));
}

TEST(AttributeTest, NoBranchThatFitsIsAnErrorThatNamesThem) {
  Attribute attribute({Select({{L("//c:a"), true}, {L("//c:b"), false}})});
  EXPECT_THAT(Resolve(attribute, false, Holding({})),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("none of `//c:a`, `//c:b` holds")));
  AttributePart told = Select({{L("//c:a"), true}});
  told.no_match_error = "only for linux";
  EXPECT_THAT(Resolve(Attribute({told}), false, Holding({})),
              StatusIs(absl::StatusCode::kInvalidArgument, "only for linux"));
}

TEST(AttributeTest, BranchWithoutValueIsTheDefault) {
  Attribute attribute({Select({{L("//c:a"), std::nullopt}})});
  EXPECT_THAT(Resolve(attribute, int64_t{9}, Holding({{"//c:a", 1}})),
              IsOkAndHolds(AttributeValue(int64_t{9})));
}

TEST(AttributeTest, PartsAreJoinedInOrder) {
  Attribute attribute({Plain(Strings{"a"}),
                       Select({{L("//c:x"), Strings{"b", "c"}}}),
                       Plain(Strings{"d"})});
  absl::StatusOr<AttributeValue> value =
      Resolve(attribute, Strings(), Holding({{"//c:x", 1}}));
  ASSERT_THAT(value, IsOk());
  EXPECT_THAT(std::get<Strings>(*value), ElementsAre("a", "b", "c", "d"));
}

TEST(AttributeTest, LaterEntryOfADictWinsInPlace) {
  Attribute attribute({Plain(StringDict{{"a", "1"}, {"b", "2"}}),
                       Select({{Label(), StringDict{{"a", "9"}}}})});
  EXPECT_THAT(Resolve(attribute, StringDict(), Holding({})),
              IsOkAndHolds(AttributeValue(StringDict{{"a", "9"}, {"b", "2"}})));
}

TEST(AttributeTest, PartsOfDifferentTypesDoNotJoin) {
  Attribute attribute(
      {Plain(Strings{"a"}), Select({{Label(), std::string("b")}})});
  EXPECT_THAT(Resolve(attribute, Strings(), Holding({})),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("different types")));
  Attribute bools({Plain(true), Select({{Label(), true}})});
  EXPECT_THAT(Resolve(bools, false, Holding({})),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("cannot be joined")));
}

TEST(AttributeTest, ErrorOfAConditionIsPassedOn) {
  Attribute attribute({Select({{L("//c:a"), true}})});
  EXPECT_THAT(Resolve(attribute, false,
                      [](const Label&) -> absl::StatusOr<std::optional<int>> {
                        return absl::NotFoundError("no such condition");
                      }),
              StatusIs(absl::StatusCode::kNotFound, "no such condition"));
}

TEST(AttributeTest, LabelsOfEveryBranchAreVisited) {
  Attribute attribute({Plain(LabelList{L("//a:1")}),
                       Select({{L("//c:x"), LabelList{L("//a:2"), L("//a:3")}},
                               {Label(), std::nullopt}})});
  std::vector<std::string> labels;
  std::vector<std::string> conditions;
  ForEachLabel(
      attribute, [&](const Label& l) { labels.push_back(l.ToString()); },
      [&](const Label& l) { conditions.push_back(l.ToString()); });
  EXPECT_THAT(labels, ElementsAre("//a:1", "//a:2", "//a:3"));
  EXPECT_THAT(conditions, ElementsAre("//c:x"));
}

TEST(AttributeTest, LabelsAreFoundInEveryKindOfValue) {
  std::vector<std::string> labels;
  auto note = [&](const Label& l) { labels.push_back(l.ToString()); };
  ForEachLabel(AttributeValue(L("//a:1")), note);
  ForEachLabel(AttributeValue(LabelDict{{L("//a:2"), "x"}}), note);
  ForEachLabel(AttributeValue(std::string("//a:3")), note);
  EXPECT_THAT(labels, ElementsAre("//a:1", "//a:2"));
}

TEST(AttributeTest, EveryTypeHasANameAndADescription) {
  for (int i = 0; i <= static_cast<int>(AttributeType::kStringListDict); ++i) {
    AttributeType type = static_cast<AttributeType>(i);
    EXPECT_FALSE(Name(type).empty());
    EXPECT_FALSE(Describe(type).empty());
    EXPECT_EQ(std::holds_alternative<std::monostate>(EmptyValue(type)),
              type == AttributeType::kLabel || type == AttributeType::kOutput);
  }
  EXPECT_TRUE(IsOutput(AttributeType::kOutputList));
  EXPECT_FALSE(IsOutput(AttributeType::kLabel));
}

}  // namespace
}  // namespace graph
