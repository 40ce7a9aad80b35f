// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/string_format.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"

namespace dsl {
namespace {

constexpr size_t kRoom = 64;  // for what fields usually become

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

// Finds the value of each replacement field.
class Fields {
 public:
  explicit Fields(const Arguments& arguments) : arguments_(arguments) {}

  absl::StatusOr<Value> Find(absl::string_view name) {
    if (name.empty()) {
      if (numbered_) return Mixed();
      automatic_ = true;
      return At(next_++);
    }
    if (std::all_of(name.begin(), name.end(), absl::ascii_isdigit)) {
      if (automatic_) return Mixed();
      numbered_ = true;
      uint32_t index = 0;
      if (!absl::SimpleAtoi(name, &index)) index = UINT32_MAX;
      return At(index);
    }
    if (name.find_first_of(".[],") != name.npos) {
      return Error(absl::StrCat("format: field `", name,
                                "`: attributes and indices are not supported"));
    }
    for (const NamedValue& named : arguments_.named()) {
      if (named.first == name) return named.second;
    }
    return Error(absl::StrCat("format: no argument named `", name, "`"));
  }

 private:
  absl::StatusOr<Value> At(size_t index) const {
    if (index < arguments_.positional().size()) {
      return arguments_.positional()[index];
    }
    return Error(absl::StrCat("format: no argument for field ", index));
  }
  static absl::Status Mixed() {
    return Error("format: automatic and numbered fields do not mix");
  }

  const Arguments& arguments_;
  size_t next_ = 0;
  bool automatic_ = false;
  bool numbered_ = false;
};

absl::Status FormatField(Thread& thread, absl::string_view field,
                         Fields& fields, std::string* out) {
  bool repr = false;
  if (field.find(':') != field.npos) {
    return Error("format: there are no format specifications `:…`");
  }
  if (field.find('{') != field.npos) {
    return Error("format: fields do not nest");
  }
  const size_t bang = field.find('!');
  if (bang != field.npos) {
    const absl::string_view conversion = field.substr(bang + 1);
    if (conversion != "s" && conversion != "r") {
      return Error(absl::StrCat("format: unknown conversion `!", conversion,
                                "`, want `!s` or `!r`"));
    }
    repr = conversion == "r";
    field = field.substr(0, bang);
  }
  ASSIGN_OR_RETURN(Value value, fields.Find(field));
  return AppendText(thread, value, repr, out);
}

// Appends what a conversion of `%` makes of its operand.
absl::Status Convert(Thread& thread, char conversion, Value operand,
                     std::string* out) {
  const bool number = operand.is_int() || operand.is_float();
  switch (conversion) {
    case 's':
    case 'r':
      return AppendText(thread, operand, conversion == 'r', out);
    case 'd':
    case 'o':
    case 'x':
    case 'X': {
      if (!number) break;
      if (conversion == 'd' && operand.is_small_int()) {
        absl::StrAppend(out, operand.small_int());
        return absl::OkStatus();
      }
      if (operand.is_float() && !(operand.as_float() - operand.as_float() == 0))
        break;
      const Integer value = operand.is_int()
                                ? ToInteger(operand)
                                : IntegerFromDouble(operand.as_float());
      std::string text = value.ToText(conversion == 'd'   ? 10
                                      : conversion == 'o' ? 8
                                                          : 16);
      if (conversion == 'X') absl::AsciiStrToUpper(&text);
      out->append(text);
      return absl::OkStatus();
    }
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G': {
      if (!number) break;
      ASSIGN_OR_RETURN(double value, ToDouble(operand));
      out->append(FormatFloat(value, conversion));
      return absl::OkStatus();
    }
    default:
      return Error(absl::StrCat("unknown conversion `%",
                                std::string(1, conversion), "`"));
  }
  return Error(absl::StrCat("`%", std::string(1, conversion),
                            "` wants a number, not ", operand.type_name()));
}

}  // namespace

absl::StatusOr<Value> FormatMethod(Thread& thread, Value self,
                                   const Arguments& arguments) {
  absl::string_view format = self.as_string();
  Fields fields(arguments);
  std::string text;
  text.reserve(format.size() + kRoom);
  while (!format.empty()) {
    size_t at = 0;
    while (at < format.size() && format[at] != '{' && format[at] != '}') ++at;
    absl::StrAppend(&text, format.substr(0, at));
    format.remove_prefix(at);
    if (format.empty()) break;
    if (format.size() > 1 && format[1] == format[0]) {
      text.push_back(format[0]);
      format.remove_prefix(2);
      continue;
    }
    const size_t end = format.find('}');
    if (format[0] == '}') return Error("format: single `}`");
    if (end == format.npos) return Error("format: unmatched `{`");
    RETURN_IF_ERROR(
        FormatField(thread, format.substr(1, end - 1), fields, &text));
    if (text.size() > String::kMaxSize) return Error("string is too long");
    format.remove_prefix(end + 1);
  }
  return thread.heap().String(text);
}

absl::StatusOr<Value> FormatPercent(Thread& thread, absl::string_view format,
                                    Value value) {
  std::span<const Value> operands(&value, 1);
  if (value.is_tuple()) operands = Elements(value);
  size_t next = 0;
  std::string text;
  text.reserve(format.size() + kRoom);
  while (!format.empty()) {
    const size_t at = std::min(format.find('%'), format.size());
    absl::StrAppend(&text, format.substr(0, at));
    format.remove_prefix(at);
    if (format.empty()) break;
    if (format.size() == 1) return Error("incomplete conversion `%`");
    const char conversion = format[1];
    format.remove_prefix(2);
    if (conversion == '%') {
      text.push_back('%');
      continue;
    }
    if (next == operands.size()) {
      return Error("not enough values for the format string");
    }
    RETURN_IF_ERROR(Convert(thread, conversion, operands[next++], &text));
    if (text.size() > String::kMaxSize) return Error("string is too long");
  }
  if (next != operands.size()) {
    return Error("too many values for the format string");
  }
  return thread.heap().String(text);
}

}  // namespace dsl
