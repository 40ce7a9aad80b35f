// SPDX-License-Identifier: Apache-2.0

// bool float int str hash

#include <cmath>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"
#include "dsl/stdlib/library.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

Result ToBool(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("bool", 0, 1));
  if (arguments.positional().empty()) return Value::Bool(false);
  return Value::Bool(arguments.positional()[0].truth());
}

Result ToFloat(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("float", 0, 1));
  if (arguments.positional().empty()) return thread.heap().Float(0);
  const Value from = arguments.positional()[0];
  if (from.is_float()) return from;
  if (from.is_bool()) return thread.heap().Float(from.as_bool() ? 1 : 0);
  if (from.is_int()) {
    ASSIGN_OR_RETURN(double value, ToDouble(from));
    return thread.heap().Float(value);
  }
  if (from.is_string()) {
    const std::optional<double> value = ParseFloat(from.as_string());
    if (value) return thread.heap().Float(*value);
    return Error(absl::StrCat("float: ", Brief(from), " is no float"));
  }
  return Error(absl::StrCat("float: wants a number or a string, not ",
                            from.type_name()));
}

// The prefix that says the base, if there is one.
int BaseOfPrefix(absl::string_view digits) {
  if (digits.size() < 2 || digits[0] != '0') return 0;
  switch (digits[1]) {
    case 'x':
    case 'X':
      return 16;
    case 'o':
    case 'O':
      return 8;
    case 'b':
    case 'B':
      return 2;
    default:
      return 0;
  }
}

Result ParseInt(Thread& thread, absl::string_view text, int64_t base) {
  const auto fault = [&] {
    std::string of_base = base == 0 ? "" : absl::StrCat(" of base ", base);
    return Error(absl::StrCat("int: ", Brief(thread.heap().String(text)),
                              " is no int", of_base));
  };
  if (base != 0 && (base < 2 || base > 36)) {
    return Error("int: parameter `base` wants 0 or 2 to 36");
  }
  absl::string_view digits = text;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  int radix = static_cast<int>(base);
  const int prefixed = BaseOfPrefix(digits);
  if (prefixed != 0 && (base == 0 || base == prefixed)) {
    radix = prefixed;
    digits.remove_prefix(2);
  } else if (base == 0) {
    radix = 10;
    const bool zeros = digits.find_first_not_of('0') == digits.npos;
    if (digits.size() > 1 && digits[0] == '0' && !zeros) return fault();
  }
  const std::optional<Integer> value = Integer::Parse(digits, radix);
  if (!value) return fault();
  return MakeInt(thread.heap(), negative ? value->Negated() : *value);
}

Result ToInt(Thread& thread, const Arguments& arguments) {
  Value from, base;
  RETURN_IF_ERROR(arguments.Unpack("int", {{"x", &from}, {"base?", &base}}));
  if (from.is_string()) {
    int64_t radix = 10;
    if (base) {
      const std::optional<int64_t> given = base.as_int64();
      if (!given) return Error("int: parameter `base` wants an int");
      radix = *given;
    }
    return ParseInt(thread, from.as_string(), radix);
  }
  if (base) return Error("int: only text has a base");
  if (from.is_int()) return from;
  if (from.is_bool()) return Value::Int(from.as_bool() ? 1 : 0);
  if (!from.is_float()) {
    return Error(absl::StrCat("int: wants a number or a string, not ",
                              from.type_name()));
  }
  if (!std::isfinite(from.as_float())) {
    return Error(absl::StrCat("int: ", Brief(from), " is no int"));
  }
  return MakeInt(thread.heap(), IntegerFromDouble(from.as_float()));
}

Result ToStr(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("str", 1, 1));
  const Value from = arguments.positional()[0];
  if (from.is_string()) return from;
  if (from.is_small_int()) {
    const absl::AlphaNum digits(from.small_int());
    return thread.heap().String(digits.Piece());
  }
  ASSIGN_OR_RETURN(std::string text, Str(thread, from));
  return thread.heap().String(text);
}

// The code point that starts at text[*at], which then moves on; a byte that is
// not UTF-8 counts as U+FFFD.
uint32_t NextCodePoint(absl::string_view text, size_t* at) {
  const auto lead = static_cast<unsigned char>(text[(*at)++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
  if (more == 0 || lead > 0xf4) return 0xfffd;
  uint32_t point = lead & (0x3f >> more);
  for (int i = 0; i < more; ++i) {
    if (*at >= text.size() || (text[*at] & 0xc0) != 0x80) return 0xfffd;
    point = point << 6 | (text[(*at)++] & 0x3f);
  }
  return point;
}

// Java's String.hashCode over UTF-16, as the specification says.
Result Hash(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("hash", 1, 1));
  const Value value = arguments.positional()[0];
  if (!value.is_string()) {
    return Error(absl::StrCat("hash: wants a string, not ", value.type_name()));
  }
  uint32_t hash = 0;
  const absl::string_view text = value.as_string();
  for (size_t at = 0; at < text.size();) {
    const uint32_t point = NextCodePoint(text, &at);
    if (point >= 0x10000) {
      hash = hash * 31 + (0xd800 + ((point - 0x10000) >> 10));
      hash = hash * 31 + (0xdc00 + (point & 0x3ff));
    } else {
      hash = hash * 31 + point;
    }
  }
  return Value::Int(static_cast<int32_t>(hash));
}

}  // namespace

void AddConversions(Environment::Builder& builder) {
  builder.SetBuiltin("bool", ToBool);
  builder.SetBuiltin("float", ToFloat);
  builder.SetBuiltin("hash", Hash);
  builder.SetBuiltin("int", ToInt);
  builder.SetBuiltin("str", ToStr);
}

}  // namespace dsl
