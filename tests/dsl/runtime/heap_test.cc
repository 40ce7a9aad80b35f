// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/heap.h"

#include <gtest/gtest.h>

#include "dsl/runtime/arguments.h"
#include "dsl/runtime/native.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;
using graph::StatusIs;
using testing::HasSubstr;

class Witness final : public Native {
 public:
  explicit Witness(int* alive) : alive_(alive) { ++*alive_; }
  ~Witness() override { --*alive_; }
  absl::string_view type_name() const override { return "witness"; }

 private:
  int* alive_;
};

TEST(Heap, DestroysNativesWithItself) {
  int alive = 0;
  {
    Heap heap;
    heap.New<Witness>(&alive);
    heap.New<Witness>(&alive);
    EXPECT_EQ(alive, 2);
  }
  EXPECT_EQ(alive, 0);
}

TEST(Heap, KeepsWhatItRetainsAlive) {
  auto kept = std::make_shared<int>(1);
  std::weak_ptr<int> watch = kept;
  {
    Heap heap;
    heap.Retain(std::move(kept));
    EXPECT_FALSE(watch.expired());
  }
  EXPECT_TRUE(watch.expired());
}

TEST(Heap, OwnsOnlyWhatItMade) {
  Heap a, b;
  const Value in_a = a.String("x");
  EXPECT_TRUE(a.Owns(in_a.object()));
  EXPECT_FALSE(b.Owns(in_a.object()));
}

TEST(Heap, HoldsObjectsLargerThanAChunk) {
  Heap heap;
  const std::string large(5 << 20, 'x');
  const Value before = heap.String("before");
  const Value value = heap.String(large);
  EXPECT_EQ(value.as_string(), large);
  EXPECT_EQ(before.as_string(), "before");
}

TEST(Heap, ReusesTheArraysOfListsThatGrew) {
  Heap heap;
  const Value list = heap.List({});
  for (int i = 0; i < 100000; ++i) {
    ASSERT_THAT(heap.ListAppend(list, Value::Int(i)), IsOk());
  }
  EXPECT_EQ(Elements(list)[99999].small_int(), 99999);
  EXPECT_LT(heap.footprint(), 4u << 20);
}

TEST(FrozenHeap, NothingInItChanges) {
  Heap heap;
  const Value list = heap.List({});
  const Value dict = heap.Dict();
  const Value set = heap.Set();
  heap.Freeze();
  const Value one = Value::Int(1);
  EXPECT_THAT(
      heap.ListAppend(list, one),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("frozen")));
  EXPECT_THAT(
      heap.DictSet(dict, one, one),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("frozen")));
  EXPECT_THAT(
      heap.SetAdd(set, one),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("frozen")));
}

TEST(Value, IsEightBytes) { EXPECT_EQ(sizeof(Value), 8u); }

TEST(Value, IntsBeyond62BitsGoOnTheHeap) {
  Heap heap;
  EXPECT_TRUE(heap.Int((int64_t{1} << 62) - 1).is_small_int());
  EXPECT_TRUE(heap.Int(-(int64_t{1} << 62)).is_small_int());
  for (const int64_t large : {INT64_MAX, INT64_MIN, int64_t{1} << 62}) {
    const Value value = heap.Int(large);
    EXPECT_FALSE(value.is_small_int());
    EXPECT_TRUE(value.is_int());
    EXPECT_EQ(value.as_int64(), large);
    EXPECT_EQ(Repr(value), std::to_string(large));
  }
}

TEST(Value, KnowsItsTypeAndTruth) {
  Heap heap;
  EXPECT_EQ(Value::None().type_name(), "NoneType");
  EXPECT_EQ(Value::Bool(true).type_name(), "bool");
  EXPECT_EQ(Value::Int(3).type_name(), "int");
  EXPECT_EQ(heap.String("").type_name(), "string");
  EXPECT_FALSE(Value::None().truth());
  EXPECT_FALSE(Value::Int(0).truth());
  EXPECT_FALSE(heap.String("").truth());
  EXPECT_FALSE(heap.List({}).truth());
  EXPECT_TRUE(heap.String("x").truth());
  EXPECT_FALSE(Value::Bool(true).is_int());
  EXPECT_FALSE(Value().is_object());
}

TEST(Struct, FieldsAreInTheOrderOfTheirNames) {
  Heap heap;
  const NamedValue fields[] = {{"b", Value::Int(1)}, {"a", Value::Int(2)}};
  const Value value = heap.Struct(fields);
  EXPECT_EQ(Repr(value), "struct(a = 2, b = 1)");
  EXPECT_TRUE(StructField(value, "b")->Same(Value::Int(1)));
  EXPECT_FALSE(StructField(value, "c").has_value());
  EXPECT_EQ(StructFields(value)[0].first, "a");
}

}  // namespace
}  // namespace dsl
