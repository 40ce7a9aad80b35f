// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/arguments.h"

#include <gtest/gtest.h>

#include "dsl/runtime/heap.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;

class Unpacking : public testing::Test {
 protected:
  // glob(include, exclude = …, *, limit = …, tag = …)
  absl::Status Unpack(std::vector<Value> positional,
                      std::vector<NamedValue> named) {
    return Arguments(positional, named)
        .Unpack("glob", {{"include", &include_},
                         {"exclude?", &exclude_},
                         "*",
                         {"limit?", &limit_},
                         {"tag??", &tag_}});
  }
  std::string Error(std::vector<Value> positional,
                    std::vector<NamedValue> named) {
    return std::string(Unpack(positional, named).message());
  }
  Value Strings(std::vector<std::string> texts) {
    std::vector<Value> values;
    for (const std::string& text : texts) values.push_back(heap_.String(text));
    return heap_.List(values);
  }

  Heap heap_;
  std::vector<std::string> include_, exclude_;
  int64_t limit_ = 7;
  std::string tag_ = "none";
};

TEST_F(Unpacking, TakesPositionsAndNames) {
  EXPECT_THAT(Unpack({Strings({"a", "b"})},
                     {{"limit", Value::Int(3)}, {"exclude", Strings({"c"})}}),
              IsOk());
  EXPECT_EQ(include_, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(exclude_, std::vector<std::string>{"c"});
  EXPECT_EQ(limit_, 3);
}

TEST_F(Unpacking, WhatIsNotGivenKeepsItsValue) {
  EXPECT_THAT(Unpack({Strings({})}, {{"tag", Value::None()}}), IsOk());
  EXPECT_EQ(limit_, 7);
  EXPECT_EQ(tag_, "none");
}

TEST_F(Unpacking, ErrorsNameTheParameter) {
  const Value list = Strings({});
  EXPECT_EQ(Error({}, {}), "glob: parameter `include` is missing");
  EXPECT_EQ(Error({list}, {{"include", list}}),
            "glob: parameter `include` is given twice");
  EXPECT_EQ(Error({list}, {{"limit", Value::None()}}),
            "glob: parameter `limit` wants an int, not NoneType");
  EXPECT_EQ(Error({Value::Int(1)}, {}),
            "glob: parameter `include` wants a list of strings, not int");
  EXPECT_EQ(Error({list, list, list}, {}),
            "glob: wants at most 2 positional arguments, got 3");
}

TEST_F(Unpacking, AnUnknownNameSaysTheNearest) {
  EXPECT_EQ(Error({Strings({})}, {{"exlude", Strings({})}}),
            "glob: no parameter named `exlude`, did you mean `exclude`?");
  EXPECT_EQ(Error({Strings({})}, {{"zzzzzz", Strings({})}}),
            "glob: no parameter named `zzzzzz`");
}

TEST_F(Unpacking, AStarIsNoName) {
  EXPECT_EQ(Error({Strings({})}, {{"*", Value::None()}}),
            "glob: no parameter named `*`");
}

TEST(CheckCount, NamesTheBoundThatWasMissed) {
  const Value values[] = {Value::None(), Value::None()};
  const Arguments two(values, {});
  EXPECT_THAT(two.CheckCount("f", 0, 2), IsOk());
  EXPECT_EQ(two.CheckCount("f", 1, 1).message(), "f: wants 1 argument, got 2");
  EXPECT_EQ(two.CheckCount("f", 3, 5).message(),
            "f: wants at least 3 arguments, got 2");
  EXPECT_EQ(two.CheckCount("f", 0, 1).message(),
            "f: wants at most 1 argument, got 2");
}

}  // namespace
}  // namespace dsl
