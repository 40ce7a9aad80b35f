// SPDX-License-Identifier: Apache-2.0
#include "engine/base/packed_vector.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PackedVector, IsAsSmallAsAPointer) {
  EXPECT_EQ(sizeof(PackedVector<std::string>), sizeof(void*));
  EXPECT_THAT(PackedVector<std::string>(), IsEmpty());
}

TEST(PackedVector, GrowsAndKeepsItsElements) {
  PackedVector<std::string> words;
  for (int i = 0; i < 20; ++i) words.push_back(std::string(30, 'a' + i));
  ASSERT_EQ(words.size(), 20);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(words[i], std::string(30, 'a' + i));
}

TEST(PackedVector, ACopyIsOneOfItsOwn) {
  PackedVector<std::string> words = {"one", "two"};
  PackedVector<std::string> copy = words;
  copy[0] = "three";
  copy.push_back("four");
  EXPECT_THAT(words, ElementsAre("one", "two"));
  EXPECT_THAT(copy, ElementsAre("three", "two", "four"));
  copy = words;
  EXPECT_THAT(copy, ElementsAre("one", "two"));
}

TEST(PackedVector, WhatIsMovedFromIsEmpty) {
  PackedVector<std::unique_ptr<int>> from;
  from.push_back(std::make_unique<int>(7));
  PackedVector<std::unique_ptr<int>> to = std::move(from);
  ASSERT_EQ(to.size(), 1);
  EXPECT_EQ(*to[0], 7);
  EXPECT_EQ(from.size(), 0);  // NOLINT: that is what is tested.
}

TEST(PackedVector, WhatWasReservedInVainIsGivenBack) {
  PackedVector<std::string> words;
  words.reserve(8);
  words.shrink_to_fit();
  EXPECT_THAT(words, IsEmpty());
  words.reserve(8);
  words.push_back("one");
  words.shrink_to_fit();
  EXPECT_THAT(words, ElementsAre("one"));
}

}  // namespace
}  // namespace graph
