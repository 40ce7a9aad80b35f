// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "dsl/runtime/types/int.h"

namespace dsl {
namespace {

Integer Parse(absl::string_view text) {
  const bool negative = text[0] == '-';
  const Integer value = *Integer::Parse(text.substr(negative ? 1 : 0), 10);
  return negative ? value.Negated() : value;
}

std::string Floor(absl::string_view a, absl::string_view b) {
  Integer quotient, remainder;
  Integer::DivideFloor(Parse(a), Parse(b), &quotient, &remainder);
  return quotient.ToText() + " " + remainder.ToText();
}

TEST(Integer, ReadsAndWritesText) {
  for (const char* text :
       {"0", "1", "-1", "4294967295", "4294967296", "18446744073709551616",
        "-340282366920938463463374607431768211456",
        "100000000000000000000000000000000000000000000000000001"}) {
    EXPECT_EQ(Parse(text).ToText(), text);
  }
  EXPECT_EQ(Integer::Parse("deadBEEF00000000ffff", 16)->ToText(16),
            "deadbeef00000000ffff");
  EXPECT_EQ(Integer::Parse("777", 8)->ToText(8), "777");
  EXPECT_FALSE(Integer::Parse("12a", 10).has_value());
  EXPECT_FALSE(Integer::Parse("", 10).has_value());
}

TEST(Integer, MultipliesAcrossLimbs) {
  EXPECT_EQ((Parse("123456789012345678901234567890") *
             Parse("-987654321098765432109876543210"))
                .ToText(),
            "-121932631137021795226185032733622923332237463801111263526900");
}

TEST(Integer, DivisionRoundsTowardNegativeInfinity) {
  EXPECT_EQ(Floor("7", "-2"), "-4 -1");
  EXPECT_EQ(Floor("-7", "2"), "-4 1");
  EXPECT_EQ(Floor("-1180591620717411303424", "3"), "-393530540239137101142 2");
  EXPECT_EQ(
      Floor("340282366920938463463374607431768211455", "18446744073709551616"),
      "18446744073709551615 18446744073709551615");
}

// The digit that the first guess of algorithm D gets wrong by two.
TEST(Integer, DivisionAddsBackWhenTheGuessWasTooLarge) {
  const Integer a = *Integer::Parse("7fffffff800000010000000000000000", 16);
  const Integer b = *Integer::Parse("800000008000000200000005", 16);
  Integer quotient, remainder;
  Integer::DivideFloor(a, b, &quotient, &remainder);
  EXPECT_EQ(quotient.ToText(16), "fffffffd");
  EXPECT_EQ(CompareIntegers(quotient * b + remainder, a), 0);
}

TEST(Integer, QuotientTimesDivisorPlusRestIsTheDividend) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const auto make = [&](size_t most) {
      std::vector<uint32_t> limbs(1 + random() % most);
      for (uint32_t& limb : limbs) {
        const uint32_t kind = random() % 4;
        limb = kind == 0 ? 0 : kind == 1 ? 0xffffffff : random();
      }
      return Integer(random() % 2 == 0, std::move(limbs));
    };
    const Integer a = make(8), b = make(4);
    if (b.zero()) continue;
    Integer quotient, remainder;
    Integer::DivideFloor(a, b, &quotient, &remainder);
    ASSERT_EQ(CompareIntegers(quotient * b + remainder, a), 0);
    ASSERT_TRUE(remainder.zero() || remainder.negative() == b.negative());
    const Integer size_of_rest =
        remainder.negative() ? remainder.Negated() : remainder;
    const Integer size_of_b = b.negative() ? b.Negated() : b;
    ASSERT_LT(CompareIntegers(size_of_rest, size_of_b), 0);
  }
}

// Against the machine's own 64 bits.
TEST(Integer, BitOperationsAreThoseOfTwosComplement) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 3000; ++round) {
    const auto x = static_cast<int64_t>(random()) >> (random() % 60);
    const auto y = static_cast<int64_t>(random()) >> (random() % 60);
    const Integer a(x), b(y);
    ASSERT_EQ((a & b).ToInt64(), x & y);
    ASSERT_EQ((a | b).ToInt64(), x | y);
    ASSERT_EQ((a ^ b).ToInt64(), x ^ y);
    const int shift = static_cast<int>(random() % 63);
    ASSERT_EQ(a.ShiftedRight(shift).ToInt64(), x >> shift);
    ASSERT_EQ(CompareIntegers(a.ShiftedLeft(shift).ShiftedRight(shift), a), 0);
    ASSERT_EQ(CompareIntegers(a, b), x < y ? -1 : x > y ? 1 : 0);
  }
}

TEST(Integer, LimitsOf64BitsAreExact) {
  EXPECT_EQ(Integer(INT64_MIN).ToInt64(), INT64_MIN);
  EXPECT_EQ(Integer(INT64_MAX).ToInt64(), INT64_MAX);
  EXPECT_EQ((Integer(INT64_MAX) + Integer(1)).ToInt64(), std::nullopt);
  EXPECT_EQ((Integer(INT64_MIN) - Integer(1)).ToInt64(), std::nullopt);
}

TEST(Integer, TurnsIntoTheNearestDouble) {
  EXPECT_EQ(Parse("9007199254740993").ToDouble(), 9007199254740992.0);
  EXPECT_EQ(Parse("36893488147419103233").ToDouble(), 36893488147419103232.0);
  EXPECT_EQ(Parse("-1267650600228229401496703205376").ToDouble(), -0x1p100);
  EXPECT_TRUE(std::isinf(Integer(1).ShiftedLeft(1100).ToDouble()));
}

TEST(Integer, ComesFromADoubleExactly) {
  EXPECT_EQ(IntegerFromDouble(0x1p100).ToText(),
            "1267650600228229401496703205376");
  EXPECT_EQ(IntegerFromDouble(-1.9).ToText(), "-1");
  EXPECT_EQ(IntegerFromDouble(9007199254740993.0).ToText(), "9007199254740992");
}

}  // namespace
}  // namespace dsl
