// SPDX-License-Identifier: Apache-2.0

// Arbitrarily large ints.

#ifndef GRAPH_DSL_RUNTIME_TYPES_INT_H_
#define GRAPH_DSL_RUNTIME_TYPES_INT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// An int of any size, as a plain value: sign and magnitude, the least
// significant limb first, without leading zeros; zero is not negative.
class Integer {
 public:
  // No int is longer than this, so that absurd ones are errors.
  static constexpr size_t kMaxBits = 1 << 16;

  Integer() = default;
  explicit Integer(int64_t value);
  Integer(bool negative, std::vector<uint32_t> limbs);

  // The value of the digits in the base, 2 to 36.
  static std::optional<Integer> Parse(absl::string_view digits, int base);

  bool negative() const { return negative_; }
  bool zero() const { return limbs_.empty(); }
  const std::vector<uint32_t>& limbs() const { return limbs_; }
  size_t bits() const;

  std::optional<int64_t> ToInt64() const;
  // The nearest double; infinite if there is none.
  double ToDouble() const;
  std::string ToText(int base = 10) const;
  uint64_t Hash() const;

  Integer Negated() const;
  friend Integer operator+(const Integer& a, const Integer& b);
  friend Integer operator-(const Integer& a, const Integer& b);
  friend Integer operator*(const Integer& a, const Integer& b);
  // Rounds toward negative infinity. REQUIRES: !b.zero().
  static void DivideFloor(const Integer& a, const Integer& b, Integer* quotient,
                          Integer* remainder);
  // As if in two's complement of infinite length.
  friend Integer operator&(const Integer& a, const Integer& b);
  friend Integer operator|(const Integer& a, const Integer& b);
  friend Integer operator^(const Integer& a, const Integer& b);
  Integer ShiftedLeft(size_t count) const;
  // Rounds toward negative infinity.
  Integer ShiftedRight(size_t count) const;
  friend int CompareIntegers(const Integer& a, const Integer& b);

 private:
  void Trim();

  bool negative_ = false;
  std::vector<uint32_t> limbs_;
};

int CompareIntegers(const Integer& a, const Integer& b);

// REQUIRES: the double is finite. Rounds toward zero.
Integer IntegerFromDouble(double value);

// An int that does not fit into a Value.
class BigInt final : public Object {
 public:
  explicit BigInt(Integer value)
      : Object(Kind::kBigInt), value_(std::move(value)) {}

  const Integer& value() const { return value_; }

  absl::string_view type_name() const override { return "int"; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<int> CompareObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;

 private:
  Integer value_;
};

// A Value, inline if it fits.
Value MakeInt(Heap& heap, const Integer& value);
// REQUIRES: value.is_int().
Integer ToInteger(Value value);

// `a op b` of two ints; fails for division by zero and absurd sizes.
// REQUIRES: both are ints.
absl::StatusOr<Value> IntBinary(Heap& heap, BinaryOp op, Value a, Value b);

// The order of numbers, ints and floats mixed. REQUIRES: both are numbers.
int CompareNumbers(Value a, Value b);

// The double nearest to a number; fails if an int is too large.
absl::StatusOr<double> ToDouble(Value number);

inline uint64_t HashWord(uint64_t word) {
  word *= 0x9E3779B97F4A7C15u;
  return word ^ (word >> 32);
}

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_INT_H_
