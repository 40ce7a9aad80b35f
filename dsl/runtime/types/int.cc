// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/int.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/float.h"

namespace dsl {
namespace {

using Limbs = std::vector<uint32_t>;

int CompareLimbs(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

Limbs AddLimbs(const Limbs& a, const Limbs& b) {
  Limbs sum(std::max(a.size(), b.size()) + 1);
  uint64_t carry = 0;
  for (size_t i = 0; i < sum.size(); ++i) {
    carry += (i < a.size() ? a[i] : 0);
    carry += (i < b.size() ? b[i] : 0);
    sum[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  return sum;
}

// REQUIRES: a >= b.
Limbs SubtractLimbs(const Limbs& a, const Limbs& b) {
  Limbs difference(a.size());
  int64_t borrow = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    int64_t digit = int64_t{a[i]} - (i < b.size() ? b[i] : 0) + borrow;
    borrow = digit < 0 ? -1 : 0;
    difference[i] = static_cast<uint32_t>(digit);
  }
  return difference;
}

// Divides in place, gives the remainder.
uint32_t DivideSmall(Limbs& a, uint32_t divisor) {
  uint64_t remainder = 0;
  for (size_t i = a.size(); i-- > 0;) {
    remainder = remainder << 32 | a[i];
    a[i] = static_cast<uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  while (!a.empty() && a.back() == 0) a.pop_back();
  return static_cast<uint32_t>(remainder);
}

Limbs ShiftLimbsLeft(const Limbs& a, int bits) {
  Limbs shifted(a.size() + 1);
  uint64_t carry = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    carry |= uint64_t{a[i]} << bits;
    shifted[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  shifted.back() = static_cast<uint32_t>(carry);
  return shifted;
}

// Knuth's algorithm D. REQUIRES: divisor has two limbs or more, a >= divisor.
void DivideLong(const Limbs& a, const Limbs& divisor, Limbs* quotient,
                Limbs* remainder) {
  const int shift = std::countl_zero(divisor.back());
  Limbs v = ShiftLimbsLeft(divisor, shift);
  v.pop_back();
  Limbs u = ShiftLimbsLeft(a, shift);
  const size_t n = v.size(), m = u.size() - n;
  quotient->assign(m, 0);
  for (size_t j = m; j-- > 0;) {
    const uint64_t top = uint64_t{u[j + n]} << 32 | u[j + n - 1];
    uint64_t guess = top / v[n - 1], rest = top % v[n - 1];
    while (guess >> 32 != 0 || guess * v[n - 2] > (rest << 32 | u[j + n - 2])) {
      --guess;
      rest += v[n - 1];
      if (rest >> 32 != 0) break;
    }
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (size_t i = 0; i < n; ++i) {
      carry += guess * v[i];
      borrow += int64_t{u[i + j]} - static_cast<uint32_t>(carry);
      u[i + j] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
      carry >>= 32;
    }
    borrow += int64_t{u[j + n]} - static_cast<int64_t>(carry);
    u[j + n] = static_cast<uint32_t>(borrow);
    if (borrow < 0) {
      --guess;
      uint64_t back = 0;
      for (size_t i = 0; i < n; ++i) {
        back += uint64_t{u[i + j]} + v[i];
        u[i + j] = static_cast<uint32_t>(back);
        back >>= 32;
      }
      u[j + n] += static_cast<uint32_t>(back);
    }
    (*quotient)[j] = static_cast<uint32_t>(guess);
  }
  u.resize(n + 1);
  for (size_t i = 0; shift != 0 && i < n; ++i) {
    u[i] = u[i] >> shift | u[i + 1] << (32 - shift);
  }
  u.resize(n);
  *remainder = std::move(u);
}

// Two's complement in `size` limbs.
Limbs Complement(const Integer& a, size_t size) {
  Limbs limbs = a.limbs();
  limbs.resize(size);
  if (!a.negative()) return limbs;
  uint64_t carry = 1;
  for (uint32_t& limb : limbs) {
    carry += static_cast<uint32_t>(~limb);
    limb = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  return limbs;
}

template <class F>
Integer Bitwise(const Integer& a, const Integer& b, F f) {
  const size_t size = std::max(a.limbs().size(), b.limbs().size()) + 1;
  Limbs x = Complement(a, size);
  const Limbs y = Complement(b, size);
  for (size_t i = 0; i < size; ++i) x[i] = f(x[i], y[i]);
  const bool negative = x.back() >> 31 != 0;
  if (!negative) return Integer(false, std::move(x));
  return Integer(true, Complement(Integer(true, std::move(x)), size));
}

}  // namespace

Integer::Integer(int64_t value) : negative_(value < 0) {
  uint64_t magnitude = static_cast<uint64_t>(value);
  if (negative_) magnitude = -magnitude;
  for (; magnitude != 0; magnitude >>= 32) {
    limbs_.push_back(static_cast<uint32_t>(magnitude));
  }
}

Integer::Integer(bool negative, std::vector<uint32_t> limbs)
    : negative_(negative), limbs_(std::move(limbs)) {
  Trim();
}

void Integer::Trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  if (limbs_.empty()) negative_ = false;
}

std::optional<Integer> Integer::Parse(absl::string_view digits, int base) {
  if (digits.empty() || digits.size() > kMaxBits) return std::nullopt;
  Integer result;
  for (char c : digits) {
    uint64_t digit = c >= '0' && c <= '9'   ? c - '0'
                     : c >= 'a' && c <= 'z' ? c - 'a' + 10
                     : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                                            : 99;
    if (digit >= static_cast<uint64_t>(base)) return std::nullopt;
    for (uint32_t& limb : result.limbs_) {
      digit += uint64_t{limb} * base;
      limb = static_cast<uint32_t>(digit);
      digit >>= 32;
    }
    if (digit != 0) result.limbs_.push_back(static_cast<uint32_t>(digit));
    if (result.bits() > kMaxBits) return std::nullopt;
  }
  return result;
}

size_t Integer::bits() const {
  return limbs_.empty() ? 0
                        : limbs_.size() * 32 - std::countl_zero(limbs_.back());
}

std::optional<int64_t> Integer::ToInt64() const {
  if (limbs_.size() > 2) return std::nullopt;
  uint64_t magnitude = 0;
  for (size_t i = limbs_.size(); i-- > 0;) {
    magnitude = magnitude << 32 | limbs_[i];
  }
  if (magnitude > (uint64_t{1} << 63) - (negative_ ? 0 : 1)) {
    return std::nullopt;
  }
  return static_cast<int64_t>(negative_ ? -magnitude : magnitude);
}

double Integer::ToDouble() const {
  // The top 64 bits, the lowest of them set if anything below is: the
  // conversion to double then rounds as if it saw all.
  const size_t length = bits();
  if (length <= 64) {
    uint64_t word = 0;
    for (size_t i = limbs_.size(); i-- > 0;) word = word << 32 | limbs_[i];
    return negative_ ? -static_cast<double>(word) : static_cast<double>(word);
  }
  const size_t cut = length - 64;
  const Integer top = Integer(false, limbs_).ShiftedRight(cut);
  uint64_t word = uint64_t{top.limbs_[1]} << 32 | top.limbs_[0];
  bool rest = (limbs_[cut / 32] & ((uint32_t{1} << (cut % 32)) - 1)) != 0;
  for (size_t i = 0; i < cut / 32; ++i) rest |= limbs_[i] != 0;
  word |= static_cast<uint64_t>(rest);
  const double value =
      std::ldexp(static_cast<double>(word), static_cast<int>(cut));
  return negative_ ? -value : value;
}

std::string Integer::ToText(int base) const {
  if (limbs_.empty()) return "0";
  uint32_t chunk = base;
  int width = 1;
  while (uint64_t{chunk} * base <= 0xffffffff) chunk *= base, ++width;
  std::string text;
  Limbs rest = limbs_;
  while (!rest.empty()) {
    uint32_t part = DivideSmall(rest, chunk);
    for (int i = 0; i < width && (part != 0 || !rest.empty()); ++i) {
      text += "0123456789abcdefghijklmnopqrstuvwxyz"[part % base];
      part /= base;
    }
  }
  if (negative_) text += '-';
  std::reverse(text.begin(), text.end());
  return text;
}

uint64_t Integer::Hash() const {
  if (const std::optional<int64_t> small = ToInt64()) return HashWord(*small);
  uint64_t hash = negative_ ? 7 : 3;
  for (uint32_t limb : limbs_) hash = HashWord(hash ^ limb);
  return hash;
}

Integer Integer::Negated() const { return Integer(!negative_, limbs_); }

Integer operator+(const Integer& a, const Integer& b) {
  if (a.negative_ == b.negative_) {
    return Integer(a.negative_, AddLimbs(a.limbs_, b.limbs_));
  }
  if (CompareLimbs(a.limbs_, b.limbs_) >= 0) {
    return Integer(a.negative_, SubtractLimbs(a.limbs_, b.limbs_));
  }
  return Integer(b.negative_, SubtractLimbs(b.limbs_, a.limbs_));
}

Integer operator-(const Integer& a, const Integer& b) {
  return a + b.Negated();
}

Integer operator*(const Integer& a, const Integer& b) {
  Limbs product(a.limbs_.size() + b.limbs_.size());
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.limbs_.size(); ++j) {
      carry += uint64_t{a.limbs_[i]} * b.limbs_[j] + product[i + j];
      product[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    product[i + b.limbs_.size()] = static_cast<uint32_t>(carry);
  }
  return Integer(a.negative_ != b.negative_, std::move(product));
}

void Integer::DivideFloor(const Integer& a, const Integer& b, Integer* quotient,
                          Integer* remainder) {
  Limbs q, r;
  if (CompareLimbs(a.limbs_, b.limbs_) < 0) {
    r = a.limbs_;
  } else if (b.limbs_.size() == 1) {
    q = a.limbs_;
    r = {DivideSmall(q, b.limbs_[0])};
  } else {
    DivideLong(a.limbs_, b.limbs_, &q, &r);
  }
  Integer whole(a.negative_ != b.negative_, std::move(q));
  Integer rest(a.negative_, std::move(r));
  if (!rest.zero() && a.negative_ != b.negative_) {
    whole = whole - Integer(1);
    rest = rest + b;
  }
  *quotient = std::move(whole);
  *remainder = std::move(rest);
}

Integer operator&(const Integer& a, const Integer& b) {
  return Bitwise(a, b, [](uint32_t x, uint32_t y) { return x & y; });
}

Integer operator|(const Integer& a, const Integer& b) {
  return Bitwise(a, b, [](uint32_t x, uint32_t y) { return x | y; });
}

Integer operator^(const Integer& a, const Integer& b) {
  return Bitwise(a, b, [](uint32_t x, uint32_t y) { return x ^ y; });
}

Integer Integer::ShiftedLeft(size_t count) const {
  Limbs shifted = ShiftLimbsLeft(limbs_, static_cast<int>(count % 32));
  shifted.insert(shifted.begin(), count / 32, 0);
  return Integer(negative_, std::move(shifted));
}

Integer Integer::ShiftedRight(size_t count) const {
  if (count >= bits()) return Integer(negative_ ? -1 : 0);
  Limbs shifted(limbs_.begin() + static_cast<ptrdiff_t>(count / 32),
                limbs_.end());
  bool lost = std::any_of(limbs_.begin(),
                          limbs_.begin() + static_cast<ptrdiff_t>(count / 32),
                          [](uint32_t limb) { return limb != 0; });
  const int low = static_cast<int>(count % 32);
  if (low != 0) {
    lost |= (shifted[0] & ((uint32_t{1} << low) - 1)) != 0;
    for (size_t i = 0; i < shifted.size(); ++i) {
      const uint64_t above = i + 1 < shifted.size() ? shifted[i + 1] : 0;
      shifted[i] = static_cast<uint32_t>((above << 32 | shifted[i]) >> low);
    }
  }
  Integer result(negative_, std::move(shifted));
  return negative_ && lost ? result - Integer(1) : result;
}

int CompareIntegers(const Integer& a, const Integer& b) {
  if (a.negative_ != b.negative_) return a.negative_ ? -1 : 1;
  const int order = CompareLimbs(a.limbs_, b.limbs_);
  return a.negative_ ? -order : order;
}

Integer IntegerFromDouble(double value) {
  value = std::trunc(value);
  if (std::abs(value) < 0x1p62) return Integer(static_cast<int64_t>(value));
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return Integer(static_cast<int64_t>(std::ldexp(fraction, 60)))
      .ShiftedLeft(exponent - 60);
}

}  // namespace dsl
