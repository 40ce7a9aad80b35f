// SPDX-License-Identifier: Apache-2.0
#include "engine/load/edit.h"

#include <gtest/gtest.h>

namespace graph {
namespace {

// `before` with `added` in the `srcs` of its first call; `-` if it cannot be.
std::string Added(std::string before, std::string added,
                  Location location = {1, 1}) {
  return AddToList(dsl::Source::Make("BUILD.spec", std::move(before)), location,
                   "srcs", added)
      .value_or("-");
}

TEST(AddToList, IntoAListOnOneLine) {
  EXPECT_EQ(Added("r(srcs = [\"a\"])\n", "b"), "r(srcs = [\"a\", \"b\"])\n");
  EXPECT_EQ(Added("r(srcs = [\"c\"])\n", "b"), "r(srcs = [\"b\", \"c\"])\n");
  EXPECT_EQ(Added("r(srcs = [])\n", "b"), "r(srcs = [\"b\"])\n");
  EXPECT_EQ(Added("r(srcs = [\"a\",])\n", "b"), "r(srcs = [\"a\", \"b\",])\n");
}

TEST(AddToList, IntoAListOfALineEach) {
  EXPECT_EQ(Added("r(\n    srcs = [\n        \"a\",  # why\n    ],\n)\n", "b"),
            "r(\n    srcs = [\n        \"a\",  # why\n        \"b\",\n"
            "    ],\n)\n");
  EXPECT_EQ(Added("r(srcs = [\n    \"a\",\n    \"c\",\n])\n", "b"),
            "r(srcs = [\n    \"a\",\n    \"b\",\n    \"c\",\n])\n");
  EXPECT_EQ(Added("r(srcs = [\n    \"a\"\n])\n", "b"),
            "r(srcs = [\n    \"a\",\n    \"b\"\n])\n");
}

TEST(AddToList, AListThatIsNotSortedGetsItAtItsEnd) {
  EXPECT_EQ(Added("r(srcs = [\"z\", \"a\"])\n", "b"),
            "r(srcs = [\"z\", \"a\", \"b\"])\n");
  EXPECT_EQ(Added("r(srcs = [x, \"c\"])\n", "b"),
            "r(srcs = [x, \"c\", \"b\"])\n");
}

TEST(AddToList, ToWhatIsNoList) {
  EXPECT_EQ(Added("r(srcs = glob([\"*.c\"]))\n", "b"),
            "r(srcs = glob([\"*.c\"]) + [\"b\"])\n");
  EXPECT_EQ(Added("r(srcs = X + [\"a\"])\n", "b"),
            "r(srcs = X + [\"a\", \"b\"])\n");
  EXPECT_EQ(Added("r(srcs = X if Y else Z)\n", "b"), "-");
}

TEST(AddToList, AsANewArgument) {
  EXPECT_EQ(Added("r(name = \"x\", cmd = \"\")\n", "b"),
            "r(name = \"x\", srcs = [\"b\"], cmd = \"\")\n");
  EXPECT_EQ(Added("r(\n    name = \"x\",\n)\n", "b"),
            "r(\n    name = \"x\",\n    srcs = [\"b\"],\n)\n");
}

TEST(AddToList, WhatIsThereOrNotFoundIsLeftAlone) {
  EXPECT_EQ(Added("r(srcs = [\"b\"])\n", "b"), "-");
  EXPECT_EQ(Added("r(srcs = [])\n", "b", {2, 1}), "-");
  EXPECT_EQ(Added("[r(srcs = []) for x in y]\n", "b", {1, 2}), "-");
  EXPECT_EQ(Added("r(srcs = [)\n", "b"), "-");
}

}  // namespace
}  // namespace graph
