// SPDX-License-Identifier: Apache-2.0
#include "engine/base/quantity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graph {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ParseSizeTest, UnitsAreOfThousandsOrOf1024) {
  EXPECT_THAT(ParseSize("0"), Optional(0));
  EXPECT_THAT(ParseSize("17"), Optional(17));
  EXPECT_THAT(ParseSize("17B"), Optional(17));
  EXPECT_THAT(ParseSize("2k"), Optional(2000));
  EXPECT_THAT(ParseSize("2KiB"), Optional(2048));
  EXPECT_THAT(ParseSize("512Mi"), Optional(int64_t{512} << 20));
  EXPECT_THAT(ParseSize("1.5GB"), Optional(1'500'000'000));
  EXPECT_THAT(ParseSize("3t"), Optional(3'000'000'000'000));
}

TEST(ParseSizeTest, OtherTextsAreNone) {
  for (absl::string_view text : {"", "GB", "-1", "1.2.3", ".5G", "5 GB", "5X",
                                 "5Gi B", "99999999T", "1ib", "50GBs"}) {
    EXPECT_EQ(ParseSize(text), std::nullopt) << text;
  }
}

TEST(ParseDurationTest, AUnitIsNeeded) {
  EXPECT_THAT(ParseDuration("10s"), Optional(10));
  EXPECT_THAT(ParseDuration("90m"), Optional(5400));
  EXPECT_THAT(ParseDuration("12h"), Optional(43'200));
  EXPECT_THAT(ParseDuration("30d"), Optional(2'592'000));
  EXPECT_THAT(ParseDuration("2w"), Optional(1'209'600));
  for (absl::string_view text : {"", "30", "d", "3days", "-3d"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

TEST(SizeTextTest, HasTwoDigitsAtLeast) {
  EXPECT_EQ(SizeText(0), "0 B");
  EXPECT_EQ(SizeText(999), "999 B");
  EXPECT_EQ(SizeText(1234), "1.2 kB");
  EXPECT_EQ(SizeText(56'700'000'000), "57 GB");
  EXPECT_EQ(SizeText(999'600), "1.0 MB");
}

TEST(DurationTextTest, NamesTheLargestUnit) {
  EXPECT_EQ(DurationText(12), "12 s");
  EXPECT_EQ(DurationText(300), "5 min");
  EXPECT_EQ(DurationText(3 * 3600 + 5), "3 h");
  EXPECT_EQ(DurationText(86400), "1 day");
  EXPECT_EQ(DurationText(40 * 86400), "40 days");
}

}  // namespace
}  // namespace graph
