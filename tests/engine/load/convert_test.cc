// SPDX-License-Identifier: Apache-2.0
#include "engine/load/convert.h"

#include <string>
#include <utility>
#include <vector>

#include "dsl/runtime/heap.h"
#include "engine/load/label_value.h"
#include "engine/load/select_value.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using dsl::Value;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Strings = StringList;

class ConvertTest : public testing::Test {
 protected:
  static AttributeSchema Of(AttributeType type) {
    AttributeSchema schema;
    schema.name = "x";
    schema.type = type;
    return schema;
  }

  Value S(absl::string_view text) { return heap_.String(text); }
  Value ListOf(std::vector<Value> elements) { return heap_.List(elements); }
  Value DictOf(std::vector<std::pair<Value, Value>> entries) {
    Value dict = heap_.Dict();
    for (auto& [key, value] : entries) {
      EXPECT_THAT(heap_.DictSet(dict, key, value), IsOk());
    }
    return dict;
  }

  // REQUIRES: it goes well, and gives a plain value.
  AttributeValue Read(const AttributeSchema& schema, Value value) {
    Attribute attribute;
    ConvertError error;
    EXPECT_TRUE(Convert(schema, value, labels_, &attribute, &error))
        << error.message;
    return attribute.plain() == nullptr ? AttributeValue() : *attribute.plain();
  }
  AttributeValue Read(AttributeType type, Value value) {
    return Read(Of(type), value);
  }

  // REQUIRES: it fails.
  ConvertError Fail(const AttributeSchema& schema, Value value) {
    Attribute attribute;
    ConvertError error;
    EXPECT_FALSE(Convert(schema, value, labels_, &attribute, &error));
    return error;
  }
  std::string Message(AttributeType type, Value value) {
    return Fail(Of(type), value).message;
  }

  dsl::Heap heap_;
  LabelReader labels_ = LabelReader({"", "app"});
};

TEST_F(ConvertTest, PlainValuesAreTaken) {
  EXPECT_EQ(Read(AttributeType::kBool, Value::Bool(true)),
            AttributeValue(true));
  EXPECT_EQ(Read(AttributeType::kInt, Value::Int(-7)),
            AttributeValue(int64_t{-7}));
  EXPECT_EQ(Read(AttributeType::kString, S("a")),
            AttributeValue(std::string("a")));
  EXPECT_EQ(Read(AttributeType::kStringList, ListOf({S("a"), S("b")})),
            AttributeValue(Strings{"a", "b"}));
  EXPECT_EQ(Read(AttributeType::kIntList, ListOf({Value::Int(1)})),
            AttributeValue(IntList{1}));
}

TEST_F(ConvertTest, ZeroAndOneAreBools) {
  EXPECT_EQ(Read(AttributeType::kBool, Value::Int(0)), AttributeValue(false));
  EXPECT_EQ(Read(AttributeType::kBool, Value::Int(1)), AttributeValue(true));
  EXPECT_EQ(Message(AttributeType::kBool, Value::Int(2)),
            "wants a bool, got an int 2");
}

TEST_F(ConvertTest, BoolIsNoInt) {
  EXPECT_EQ(Message(AttributeType::kInt, Value::Bool(true)),
            "wants an int, got a bool");
}

TEST_F(ConvertTest, LabelsAreReadInTheirPackage) {
  EXPECT_EQ(Read(AttributeType::kLabel, S(":y")),
            AttributeValue(*Label::Parse("//app:y", {})));
  Label other = *Label::Parse("//lib:z", {});
  EXPECT_EQ(Read(AttributeType::kLabel, MakeLabelValue(heap_, other)),
            AttributeValue(other));
  EXPECT_EQ(Read(AttributeType::kLabelList, ListOf({S("//lib:z"), S("q")})),
            AttributeValue(LabelList{other, *Label::Parse("//app:q", {})}));
}

TEST_F(ConvertTest, EqualLabelsShareTheirBytes) {
  Label first = *labels_.Read("//lib:z");
  Label second = *labels_.Read("//lib:z");
  EXPECT_EQ(first.text().data(), second.text().data());
}

TEST_F(ConvertTest, TuplesAreLists) {
  std::vector<Value> elements = {S("a")};
  EXPECT_EQ(Read(AttributeType::kStringList, heap_.Tuple(elements)),
            AttributeValue(Strings{"a"}));
}

TEST_F(ConvertTest, DictsKeepTheirOrder) {
  EXPECT_EQ(Read(AttributeType::kStringDict,
                 DictOf({{S("b"), S("1")}, {S("a"), S("2")}})),
            AttributeValue(StringDict{{"b", "1"}, {"a", "2"}}));
  EXPECT_EQ(Read(AttributeType::kLabelKeyedStringDict,
                 DictOf({{S("//l:z"), S("1")}})),
            AttributeValue(LabelDict{{*Label::Parse("//l:z", {}), "1"}}));
  EXPECT_EQ(Read(AttributeType::kStringListDict,
                 DictOf({{S("k"), ListOf({S("1"), S("2")})}})),
            AttributeValue(StringListDict{{"k", {"1", "2"}}}));
}

TEST_F(ConvertTest, WrongTypesAreNamed) {
  EXPECT_EQ(Message(AttributeType::kString, Value::Int(1)),
            "wants a string, got an int 1");
  EXPECT_EQ(Message(AttributeType::kInt, S("1")),
            "wants an int, got a string \"1\"");
  EXPECT_EQ(Message(AttributeType::kLabel, ListOf({})),
            "wants a label, got a list");
  EXPECT_EQ(Message(AttributeType::kStringDict, ListOf({})),
            "wants a dict of strings to strings, got a list");
  EXPECT_EQ(Message(AttributeType::kStringListDict,
                    DictOf({{S("k"), S("not a list")}})),
            "wants a dict of strings to lists of strings, got a string "
            "\"not a list\"");
  EXPECT_EQ(
      Message(AttributeType::kStringDict, DictOf({{Value::Int(1), S("a")}})),
      "wants a dict of strings to strings, got an int 1");
  EXPECT_EQ(Message(AttributeType::kIntList, ListOf({S("x")})),
            "wants a list of ints, got a string \"x\" as element 0");
}

TEST_F(ConvertTest, StringForAListGetsTheBrackets) {
  EXPECT_EQ(Fail(Of(AttributeType::kLabelList), S("a.c")).hint,
            "write [\"a.c\"]");
  EXPECT_EQ(Fail(Of(AttributeType::kIntList), S("a")).hint, "");
}

TEST_F(ConvertTest, BadLabelIsTheLiteralAtFault) {
  ConvertError error =
      Fail(Of(AttributeType::kLabelList), ListOf({S("ok"), S("../up")}));
  EXPECT_EQ(error.literal, "../up");
  EXPECT_EQ(error.message, "has a bad label `../up`: `..` leaves the package");
}

TEST_F(ConvertTest, OutputsStayInTheirPackage) {
  EXPECT_EQ(Read(AttributeType::kOutput, S("o.txt")),
            AttributeValue(*Label::Parse("//app:o.txt", {})));
  ConvertError error =
      Fail(Of(AttributeType::kOutputList), ListOf({S("a"), S("//lib:o")}));
  EXPECT_EQ(error.message, "names an output of another package: `//lib:o`");
  EXPECT_EQ(error.literal, "//lib:o");
}

TEST_F(ConvertTest, OnlyAllowedValuesAreTaken) {
  AttributeSchema word = Of(AttributeType::kString);
  word.strings = {"fast", "small"};
  EXPECT_EQ(Read(word, S("fast")), AttributeValue(std::string("fast")));
  ConvertError error = Fail(word, S("fats"));
  EXPECT_EQ(error.message, "wants one of `fast`, `small`; got `fats`");
  EXPECT_EQ(error.hint, "did you mean `fast`?");
  EXPECT_EQ(Fail(word, S("zzzzzz")).hint, "");

  AttributeSchema level = Of(AttributeType::kInt);
  level.ints = {1, 9};
  EXPECT_EQ(Read(level, Value::Int(9)), AttributeValue(int64_t{9}));
  EXPECT_EQ(Fail(level, Value::Int(5)).message, "wants one of 1, 9; got 5");
}

TEST_F(ConvertTest, EmptyCollectionsMayBeForbidden) {
  AttributeSchema list = Of(AttributeType::kStringList);
  EXPECT_EQ(Read(list, ListOf({})), AttributeValue(Strings{}));
  list.allow_empty = false;
  EXPECT_EQ(Fail(list, ListOf({})).message, "may not be empty");
  AttributeSchema dict = Of(AttributeType::kStringDict);
  dict.allow_empty = false;
  EXPECT_EQ(Fail(dict, heap_.Dict()).message, "may not be empty");
}

TEST_F(ConvertTest, EveryBranchOfASelectIsRead) {
  SelectValue::Part part;
  part.branches = {{S(":debug"), ListOf({S("a")})},
                   {S("//conditions:default"), ListOf({S("//l:b")})}};
  part.no_match_error = "no";
  Value select = Value::Of(heap_.New<SelectValue>(
      std::vector<SelectValue::Part>{part, {.plain = ListOf({S("c")})}}));
  Attribute attribute;
  ConvertError error;
  ASSERT_TRUE(Convert(Of(AttributeType::kLabelList), select, labels_,
                      &attribute, &error));
  ASSERT_EQ(attribute.parts().size(), 2);
  const AttributePart& first = attribute.parts()[0];
  EXPECT_EQ(first.no_match_error, "no");
  EXPECT_EQ(first.branches[0].condition.text(), "//app:debug");
  EXPECT_TRUE(first.branches[1].condition.empty());
  EXPECT_FALSE(attribute.parts()[1].is_select());

  part.branches[1].second = ListOf({Value::Int(1)});
  select =
      Value::Of(heap_.New<SelectValue>(std::vector<SelectValue::Part>{part}));
  EXPECT_THAT(Fail(Of(AttributeType::kLabelList), select).message,
              HasSubstr("got an int 1"));
  part.branches[1].first = S("../bad");
  select =
      Value::Of(heap_.New<SelectValue>(std::vector<SelectValue::Part>{part}));
  EXPECT_THAT(Fail(Of(AttributeType::kLabelList), select).message,
              HasSubstr("bad label `../bad`"));
}

TEST_F(ConvertTest, ValuesAndAttributesAreInverse) {
  const std::pair<AttributeType, AttributeValue> kCases[] = {
      {AttributeType::kBool, true},
      {AttributeType::kInt, int64_t{5}},
      {AttributeType::kString, std::string("s")},
      {AttributeType::kLabel, *Label::Parse("//a:b", {})},
      {AttributeType::kStringList, Strings{"a", "b"}},
      {AttributeType::kLabelList, LabelList{*Label::Parse("//a:b", {})}},
      {AttributeType::kIntList, IntList{1, 2}},
      {AttributeType::kStringDict, StringDict{{"a", "b"}}},
      {AttributeType::kLabelKeyedStringDict,
       LabelDict{{*Label::Parse("//a:b", {}), "c"}}},
      {AttributeType::kStringListDict, StringListDict{{"a", {"b"}}}},
  };
  for (const auto& [type, value] : kCases) {
    EXPECT_EQ(Read(type, ToValue(heap_, value)), value) << Name(type);
  }
  EXPECT_TRUE(ToValue(heap_, std::monostate()).is_none());
}

TEST_F(ConvertTest, ValuesAreDescribed) {
  EXPECT_EQ(DescribeValue(Value::None()), "None");
  EXPECT_EQ(DescribeValue(S("a")), "a string \"a\"");
  EXPECT_EQ(DescribeValue(Value::Int(3)), "an int 3");
  EXPECT_EQ(DescribeValue(Value::Bool(true)), "a bool");
  EXPECT_EQ(DescribeValue(heap_.Dict()), "a dict");
}

}  // namespace
}  // namespace graph
