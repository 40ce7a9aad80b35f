// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <list>
#include <map>
#include <random>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/types/dict.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;

std::string Keys(Value dict) {
  std::string text;
  for (const auto& [key, value] : DictItems(dict)) text += Str(key) + " ";
  return text;
}

TEST(Dict, KeepsTheOrderOfInsertion) {
  Heap heap;
  const Value dict = heap.Dict();
  std::string want;
  for (int i = 0; i < 100; ++i) {
    const Value key = heap.String("k" + std::to_string(i * 37 % 100));
    ASSERT_THAT(heap.DictSet(dict, key, Value::Int(i)), IsOk());
    want += Str(key) + " ";
  }
  EXPECT_EQ(Keys(dict), want);
}

TEST(Dict, AKeyThatIsSetAgainKeepsItsPlace) {
  Heap heap;
  const Value dict = heap.Dict();
  for (const char* key : {"a", "b", "a"}) {
    ASSERT_THAT(heap.DictSet(dict, heap.String(key), Value::None()), IsOk());
  }
  EXPECT_EQ(Keys(dict), "a b ");
}

TEST(Dict, AKeyThatWasRemovedComesBackAtTheEnd) {
  Heap heap;
  auto* dict = heap.New<Dict>(heap);
  for (const int key : {1, 2, 3}) {
    ASSERT_THAT(dict->Set(Value::Int(key), Value::None()), IsOk());
  }
  ASSERT_THAT(dict->Remove(Value::Int(1)), IsOk());
  ASSERT_THAT(dict->Set(Value::Int(1), Value::None()), IsOk());
  EXPECT_EQ(Keys(Value::Of(dict)), "2 3 1 ");
}

TEST(Dict, FindsTextThatIsOnNoHeap) {
  Heap heap;
  const Value dict = heap.Dict();
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(
        heap.DictSet(dict, heap.String("k" + std::to_string(i)), Value::Int(i)),
        IsOk());
    EXPECT_EQ(DictFind(dict, "k" + std::to_string(i))->small_int(), i);
  }
  EXPECT_FALSE(DictFind(dict, absl::string_view("absent")).has_value());
}

TEST(Dict, UnhashableKeysAreErrors) {
  Heap heap;
  const Value dict = heap.Dict();
  const Value list = heap.List({});
  EXPECT_FALSE(heap.DictSet(dict, list, list).ok());
  EXPECT_FALSE(DictFind(dict, list).has_value());
}

// Against a list of keys and a map, through all the growing and shrinking.
TEST(Dict, DoesAsAModelDoes) {
  Heap heap;
  auto* dict = heap.New<Dict>(heap);
  std::map<int, int> values;
  std::list<int> order;
  std::mt19937 random(3);
  for (int step = 0; step < 20000; ++step) {
    const int range = step / 1000 % 2 == 0 ? 10 : 300;
    const int key = static_cast<int>(random() % range);
    const Value boxed = Value::Int(key);
    if (random() % 3 == 0) {
      const absl::StatusOr<Value> removed = dict->Remove(boxed);
      ASSERT_THAT(removed, IsOk());
      ASSERT_EQ(static_cast<bool>(*removed), values.erase(key) > 0);
      order.remove(key);
    } else {
      ASSERT_THAT(dict->Set(boxed, Value::Int(step)), IsOk());
      if (!values.contains(key)) order.push_back(key);
      values[key] = step;
    }
    ASSERT_EQ(dict->size(), values.size());
  }
  std::vector<int> got;
  for (const auto& [key, value] : DictItems(Value::Of(dict))) {
    got.push_back(static_cast<int>(key.small_int()));
    EXPECT_EQ(value.small_int(), values[got.back()]);
  }
  EXPECT_EQ(got, std::vector<int>(order.begin(), order.end()));
}

}  // namespace
}  // namespace dsl
