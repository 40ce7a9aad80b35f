// SPDX-License-Identifier: Apache-2.0

#include "engine/base/spelling.h"

#include <gtest/gtest.h>

namespace graph {
namespace {

constexpr absl::string_view kVerbs[] = {"build", "test", "run", "query"};

TEST(NearestName, ForgivesOneSlip) {
  EXPECT_EQ(NearestName("biuld", kVerbs), "build");
  EXPECT_EQ(NearestName("buil", kVerbs), "build");
  EXPECT_EQ(NearestName("qery", kVerbs), "query");
  EXPECT_EQ(NearestName("rum", kVerbs), "run");
}

TEST(NearestName, SaysNothingRatherThanNonsense) {
  EXPECT_EQ(NearestName("publish", kVerbs), "");
  EXPECT_EQ(NearestName("", kVerbs), "");
  EXPECT_EQ(NearestName("x", {}), "");
}

}  // namespace
}  // namespace graph
