// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/depset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;
using graph::StatusIs;
using testing::HasSubstr;
using Order = Depset::Order;

class DepsetTest : public testing::Test {
 protected:
  Value Make(Order order, std::vector<int> direct,
             std::vector<Value> transitive = {}) {
    std::vector<Value> elements;
    for (int each : direct) elements.push_back(Value::Int(each));
    const auto made = Depset::Create(heap_, order, elements, transitive);
    EXPECT_THAT(made, IsOk());
    return made.ok() ? *made : Value::None();
  }
  std::vector<int> List(Value depset) {
    std::vector<int> list;
    for (const Value element : NativeCast<Depset>(depset)->ToList()) {
      list.push_back(static_cast<int>(element.small_int()));
    }
    return list;
  }
  // a over b and c, which both stand on d.
  std::vector<int> Diamond(Order order) {
    const Value d = Make(order, {4});
    const Value b = Make(order, {2}, {d});
    const Value c = Make(order, {3}, {d});
    return List(Make(order, {1}, {b, c}));
  }

  Heap heap_;
};

TEST_F(DepsetTest, EachOrderWalksADiamondInItsWay) {
  EXPECT_EQ(Diamond(Order::kDefault), (std::vector<int>{4, 2, 3, 1}));
  EXPECT_EQ(Diamond(Order::kPostorder), (std::vector<int>{4, 2, 3, 1}));
  EXPECT_EQ(Diamond(Order::kPreorder), (std::vector<int>{1, 2, 4, 3}));
  EXPECT_EQ(Diamond(Order::kTopological), (std::vector<int>{1, 2, 3, 4}));
}

TEST_F(DepsetTest, OfEqualElementsTheFirstCounts) {
  const Value inner = Make(Order::kDefault, {2, 1, 2});
  EXPECT_EQ(List(Make(Order::kDefault, {1, 3}, {inner})),
            (std::vector<int>{2, 1, 3}));
}

TEST_F(DepsetTest, AChainThatIsVeryDeepIsWalkedWithoutRecursion) {
  Value chain = Make(Order::kDefault, {0});
  for (int i = 1; i <= Depset::kMaxNesting; ++i) {
    chain = Make(Order::kDefault, {i}, {chain});
  }
  EXPECT_EQ(List(chain).size(), Depset::kMaxNesting + 1u);
  EXPECT_THAT(
      Depset::Create(heap_, Order::kDefault, {}, std::vector<Value>{chain}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3500")));
}

TEST_F(DepsetTest, AShareOfManyPathsIsWalkedOnce) {
  Value layer = Make(Order::kDefault, {0});
  for (int i = 1; i <= 60; ++i) {
    layer = Make(Order::kDefault, {i}, {layer, layer});
  }
  EXPECT_EQ(List(layer).size(), 61u);
}

TEST_F(DepsetTest, OrdersThatContradictAreErrors) {
  const Value pre = Make(Order::kPreorder, {1});
  const std::vector<Value> parts = {pre};
  EXPECT_THAT(Depset::Create(heap_, Order::kPostorder, {}, parts),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("do not go together")));
  EXPECT_THAT(Depset::Create(heap_, Order::kDefault, {}, parts), IsOk());
  EXPECT_THAT(
      Depset::ParseOrder("nosuch"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("topological")));
}

TEST_F(DepsetTest, ElementsAreHashableAndOfOneType) {
  const Value list = heap_.List({});
  EXPECT_FALSE(
      Depset::Create(heap_, Order::kDefault, std::vector<Value>{list}, {})
          .ok());
  const std::vector<Value> mixed = {Value::Int(1), heap_.String("a")};
  EXPECT_FALSE(Depset::Create(heap_, Order::kDefault, mixed, {}).ok());
  const std::vector<Value> text = {heap_.String("a")};
  const std::vector<Value> parts = {Make(Order::kDefault, {1})};
  EXPECT_FALSE(Depset::Create(heap_, Order::kDefault, text, parts).ok());
}

}  // namespace
}  // namespace dsl
