// SPDX-License-Identifier: Apache-2.0

// Values that share their parts: compared and hashed by the values, not by the
// ways to them.
#include "dsl/runtime/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;
using graph::StatusIs;
using testing::HasSubstr;

// 2^60 leaves by way of 60 values.
template <class Join>
Value Doubled(Value leaf, Join join) {
  for (int i = 0; i < 60; ++i) {
    const Value both[] = {leaf, leaf};
    leaf = join(both);
  }
  return leaf;
}

class Sharing : public testing::Test {
 protected:
  Value Tuples(int64_t leaf) {
    return Doubled(Value::Int(leaf), [&](std::span<const Value> both) {
      return heap_.Tuple(both);
    });
  }
  Value Lists(int64_t leaf) {
    return Doubled(Value::Int(leaf), [&](std::span<const Value> both) {
      return heap_.List(both);
    });
  }
  Value Structs(int64_t leaf) {
    return Doubled(Value::Int(leaf), [&](std::span<const Value> both) {
      const NamedValue fields[] = {{"a", both[0]}, {"b", both[1]}};
      return heap_.Struct(fields);
    });
  }
  Value Dicts(int64_t leaf) {
    return Doubled(Value::Int(leaf), [&](std::span<const Value> both) {
      const Value dict = heap_.Dict();
      EXPECT_THAT(heap_.DictSet(dict, Value::Int(0), both[0]), IsOk());
      EXPECT_THAT(heap_.DictSet(dict, Value::Int(1), both[1]), IsOk());
      return dict;
    });
  }

  Heap heap_;
};

TEST_F(Sharing, EqualOnesAreEqual) {
  EXPECT_TRUE(*Equal(Tuples(1), Tuples(1)));
  EXPECT_TRUE(*Equal(Lists(1), Lists(1)));
  EXPECT_TRUE(*Equal(Structs(1), Structs(1)));
  EXPECT_TRUE(*Equal(Dicts(1), Dicts(1)));
}

TEST_F(Sharing, OthersDiffer) {
  EXPECT_FALSE(*Equal(Tuples(1), Tuples(2)));
  EXPECT_FALSE(*Equal(Dicts(1), Dicts(2)));
  const Value a[] = {Lists(1), Lists(1), Value::Int(1)};
  const Value b[] = {Lists(1), Lists(1), Value::Int(2)};
  EXPECT_FALSE(*Equal(heap_.List(a), heap_.List(b)));
}

TEST_F(Sharing, AnUnevenPairIsEqualToo) {
  const auto pair = [&](Value a, Value b) {
    const Value both[] = {a, b};
    return heap_.Tuple(both);
  };
  Value a = Value::Int(1), b = Value::Int(1), c = Value::Int(1);
  for (int i = 0; i < 60; ++i) {
    a = pair(a, a);
    const Value next = pair(b, c);
    c = pair(c, b);
    b = next;
  }
  EXPECT_TRUE(*Equal(a, b));
  EXPECT_TRUE(*Equal(b, c));
}

TEST_F(Sharing, TheyHaveAnOrder) {
  EXPECT_EQ(*Compare(Tuples(1), Tuples(1)), 0);
  EXPECT_LT(*Compare(Lists(1), Lists(2)), 0);
  EXPECT_GT(*Compare(Tuples(2), Tuples(1)), 0);
}

TEST_F(Sharing, EqualOnesHaveOneHash) {
  EXPECT_EQ(*HashOf(Tuples(1)), *HashOf(Tuples(1)));
  EXPECT_NE(*HashOf(Tuples(1)), *HashOf(Tuples(2)));
  EXPECT_EQ(*HashOf(Structs(1)), *HashOf(Structs(1)));
}

TEST_F(Sharing, AsAMemberOfItselfAValueIsEqualAtOnce) {
  Value list = heap_.List({});
  ASSERT_THAT(heap_.ListAppend(list, list), IsOk());
  EXPECT_TRUE(*Equal(list, list));
}

TEST_F(Sharing, AWalkTakesStepsOfTheThread) {
  Value a = heap_.List(std::vector<Value>(100000, Value::Int(1)));
  Value b = heap_.List(std::vector<Value>(100000, Value::Int(1)));
  Thread thread(heap_);
  thread.SetMaxSteps(10000);
  EXPECT_TRUE(*Equal(a, b, &thread));
  EXPECT_THAT(Equal(a, b, &thread).status().message(), HasSubstr("steps"));
}

TEST_F(Sharing, AWalkIsInterrupted) {
  std::atomic<bool> interrupt = true;
  Thread thread(heap_);
  thread.SetInterrupt(&interrupt);
  const Value x = Lists(1);
  EXPECT_THAT(Repr(thread, x),
              StatusIs(absl::StatusCode::kCancelled, "interrupted"));
}

TEST_F(Sharing, ABriefTextEndsBetweenLetters) {
  for (int i = 0; i < 4; ++i) {
    std::string text(i, 'a');
    while (text.size() < 2000) text += "ä";
    const std::string brief = Brief(heap_.String(text));
    EXPECT_LT(brief.size(), 500u);
    EXPECT_THAT(brief, HasSubstr("ää…"));
  }
}

}  // namespace
}  // namespace dsl
