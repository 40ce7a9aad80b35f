// SPDX-License-Identifier: Apache-2.0
#include "engine/base/quantity.h"

#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

constexpr double kMost = 9.0e18;

// Splits `1.5GB` into 1.5 and `GB`.
std::optional<double> TakeNumber(absl::string_view* text) {
  const size_t end = text->find_first_not_of("0123456789.");
  const absl::string_view digits = text->substr(0, end);
  double number = 0;
  if (digits.empty() || !absl::ascii_isdigit(digits.front()) ||
      !absl::SimpleAtod(digits, &number)) {
    return std::nullopt;
  }
  text->remove_prefix(digits.size());
  return number;
}

std::optional<int64_t> Times(double number, double unit) {
  const double product = number * unit;
  if (!(product < kMost)) return std::nullopt;
  return static_cast<int64_t>(std::llround(product));
}

}  // namespace

std::optional<int64_t> ParseSize(absl::string_view text) {
  const std::optional<double> number = TakeNumber(&text);
  if (!number.has_value()) return std::nullopt;
  const std::string lower = absl::AsciiStrToLower(text);
  absl::string_view unit = lower;
  absl::ConsumeSuffix(&unit, "b");
  if (unit.empty()) return Times(*number, 1);
  const double step = absl::ConsumeSuffix(&unit, "i") ? 1024 : 1000;
  const size_t power = absl::string_view("kmgt").find(unit);
  if (unit.size() != 1 || power == absl::string_view::npos) return std::nullopt;
  return Times(*number, std::pow(step, static_cast<double>(power + 1)));
}

std::optional<int64_t> ParseDuration(absl::string_view text) {
  const std::optional<double> number = TakeNumber(&text);
  if (!number.has_value() || text.size() != 1) return std::nullopt;
  switch (text.front()) {
    case 's':
      return Times(*number, 1);
    case 'm':
      return Times(*number, 60);
    case 'h':
      return Times(*number, 3600);
    case 'd':
      return Times(*number, 86400);
    case 'w':
      return Times(*number, 7 * 86400);
    default:
      return std::nullopt;
  }
}

std::string SizeText(int64_t bytes) {
  if (bytes < 1000) return absl::StrCat(bytes, " B");
  constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  int unit = -1;
  while (value >= 999.5 && unit < 5) {
    value /= 1000;
    ++unit;
  }
  return value < 9.95 ? absl::StrFormat("%.1f %s", value, kUnits[unit])
                      : absl::StrFormat("%.0f %s", value, kUnits[unit]);
}

std::string DurationText(int64_t seconds) {
  constexpr std::pair<int64_t, const char*> kUnits[] = {
      {86400, "day"}, {3600, "h"}, {60, "min"}};
  for (const auto& [length, name] : kUnits) {
    if (seconds < length) continue;
    const int64_t count = seconds / length;
    return absl::StrCat(count, " ", name,
                        length == 86400 && count > 1 ? "s" : "");
  }
  return absl::StrCat(seconds, " s");
}

}  // namespace graph
