// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/float.h"

#include <charconv>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/int.h"

namespace dsl {
namespace {

absl::string_view NotFinite(double value) {
  if (std::isnan(value)) return "nan";
  return value > 0 ? "+inf" : "-inf";
}

}  // namespace

std::string FloatText(double value) {
  if (!std::isfinite(value)) return std::string(NotFinite(value));
  // The fewest digits that read back, then laid out as %.17g would.
  char digits[32];
  auto end = std::to_chars(digits, digits + sizeof digits, value,
                           std::chars_format::scientific)
                 .ptr;
  const absl::string_view text(digits, end - digits);
  const size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(digits + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 17) return std::string(text);
  end = std::to_chars(digits, digits + sizeof digits, value,
                      std::chars_format::fixed)
            .ptr;
  std::string fixed(digits, end);
  if (!absl::StrContains(fixed, '.')) fixed += ".0";
  return fixed;
}

std::string FormatFloat(double value, char conversion) {
  if (!std::isfinite(value)) return std::string(NotFinite(value));
  switch (conversion) {
    case 'e':
      return absl::StrFormat("%e", value);
    case 'f':
      return absl::StrFormat("%f", value);
    case 'E':
      return absl::StrFormat("%E", value);
    case 'F':
      return absl::StrFormat("%F", value);
    case 'G':
      return absl::AsciiStrToUpper(FloatText(value));
    default:
      return FloatText(value);
  }
}

int CompareDoubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) {
    return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
  }
  return a < b ? -1 : static_cast<int>(a > b);
}

std::optional<double> ParseFloat(absl::string_view text) {
  absl::string_view digits = text;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  if (absl::EqualsIgnoreCase(digits, "inf") ||
      absl::EqualsIgnoreCase(digits, "infinity")) {
    return negative ? -HUGE_VAL : HUGE_VAL;
  }
  if (absl::EqualsIgnoreCase(digits, "nan")) return std::nan("");
  if (digits.empty() || !(absl::ascii_isdigit(digits[0]) || digits[0] == '.')) {
    return std::nullopt;
  }
  double value = 0;
  auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end != digits.data() + digits.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // Too small reads as zero; too large is no float.
    if (!absl::SimpleAtod(digits, &value) || std::isinf(value)) {
      return std::nullopt;
    }
  } else if (error != std::errc()) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

void Float::PrintOn(Printer& printer) const { printer.Text(FloatText(value_)); }

absl::StatusOr<bool> Float::EqualsObject(const Object& other, Walk&) const {
  return CompareDoubles(value_, static_cast<const Float&>(other).value_) == 0;
}

absl::StatusOr<int> Float::CompareObject(const Object& other, Walk&) const {
  return CompareDoubles(value_, static_cast<const Float&>(other).value_);
}

absl::StatusOr<uint64_t> Float::HashObject(Walk&) const {
  if (std::isfinite(value_) && std::trunc(value_) == value_) {
    return IntegerFromDouble(value_).Hash();
  }
  if (std::isnan(value_)) return 0x7ff8;
  return HashWord(std::bit_cast<uint64_t>(value_));
}

}  // namespace dsl
