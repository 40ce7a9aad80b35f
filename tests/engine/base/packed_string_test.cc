// SPDX-License-Identifier: Apache-2.0
#include "engine/base/packed_string.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace graph {
namespace {

TEST(PackedString, IsAsSmallAsAPointer) {
  EXPECT_EQ(sizeof(PackedString), sizeof(void*));
  EXPECT_TRUE(PackedString().empty());
  EXPECT_TRUE(PackedString("").empty());
  EXPECT_EQ(PackedString().view(), "");
}

TEST(PackedString, KeepsEveryByte) {
  const std::string bytes("a\0b\n", 4);
  EXPECT_EQ(PackedString(bytes).view(), bytes);
}

TEST(PackedString, ACopyIsEqualAndItsOwn) {
  PackedString one = "some text that is long enough to be elsewhere";
  PackedString two = one;
  EXPECT_EQ(one, two);
  one = "other";
  EXPECT_NE(one, two);
  EXPECT_EQ(two.view(), "some text that is long enough to be elsewhere");
}

}  // namespace
}  // namespace graph
