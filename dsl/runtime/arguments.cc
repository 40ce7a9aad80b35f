// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/arguments.h"

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

// Stores a value of one type, or tells which type was wanted.
struct Store {
  Value value;

  absl::string_view operator()(std::nullptr_t) const { return ""; }
  absl::string_view operator()(Value* out) const {
    *out = value;
    return "";
  }
  absl::string_view operator()(bool* out) const {
    if (!value.is_bool()) return "bool";
    *out = value.as_bool();
    return "";
  }
  absl::string_view operator()(int64_t* out) const {
    const std::optional<int64_t> number = value.as_int64();
    if (!number) return value.is_int() ? "int of 64 bits" : "int";
    *out = *number;
    return "";
  }
  absl::string_view operator()(std::string* out) const {
    if (!value.is_string()) return "string";
    *out = std::string(value.as_string());
    return "";
  }
  absl::string_view operator()(absl::string_view* out) const {
    if (!value.is_string()) return "string";
    *out = value.as_string();
    return "";
  }
  absl::string_view operator()(std::vector<std::string>* out) const {
    constexpr absl::string_view kWanted = "list of strings";
    if (!value.is_list() && !value.is_tuple()) return kWanted;
    out->clear();
    for (const Value element : Elements(value)) {
      if (!element.is_string()) return kWanted;
      out->emplace_back(element.as_string());
    }
    return "";
  }
  absl::string_view operator()(std::vector<Value>* out) const {
    if (!value.is_list() && !value.is_tuple()) return "list";
    const std::span<const Value> elements = Elements(value);
    out->assign(elements.begin(), elements.end());
    return "";
  }
};

bool IsStar(const Param& param) { return param.text.front() == '*'; }
bool IsOptional(const Param& param) { return param.text.back() == '?'; }

absl::string_view NameOf(const Param& param) {
  absl::string_view name = param.text;
  while (name.back() == '?') name.remove_suffix(1);
  return name;
}

absl::Status StoreInto(absl::string_view function, const Param& param,
                       Value value) {
  if (value.is_none() && absl::EndsWith(param.text, "??")) {
    return absl::OkStatus();
  }
  const absl::string_view wanted = std::visit(Store{value}, param.target);
  if (wanted.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(function, ": parameter `", NameOf(param), "` wants ",
                   absl::StartsWith(wanted, "int") ? "an " : "a ", wanted,
                   ", not ", value.type_name()));
}

absl::Status UnknownName(absl::string_view function, absl::string_view name,
                         std::initializer_list<Param> params) {
  std::vector<absl::string_view> known;
  for (const Param& param : params) {
    if (!IsStar(param)) known.push_back(NameOf(param));
  }
  const absl::string_view nearest = NearestName(name, known);
  std::string message =
      absl::StrCat(function, ": no parameter named `", name, "`");
  if (!nearest.empty()) {
    absl::StrAppend(&message, ", did you mean `", nearest, "`?");
  }
  return absl::InvalidArgumentError(message);
}

}  // namespace

absl::Status Arguments::WrongCount(absl::string_view function, size_t least,
                                   size_t most) const {
  if (!named_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(function, ": no parameter named `", named_[0].first, "`"));
  }
  const size_t count = positional_.size();
  const absl::string_view bound = least == most   ? ""
                                  : count < least ? "at least "
                                                  : "at most ";
  const size_t wanted = count < least ? least : most;
  return absl::InvalidArgumentError(
      absl::StrCat(function, ": wants ", bound, wanted,
                   wanted == 1 ? " argument" : " arguments", ", got ", count));
}

absl::Status Arguments::Unpack(absl::string_view function,
                               std::initializer_list<Param> params) const {
  for (const NamedValue& named : named_) {
    bool known = false;
    for (const Param& param : params) {
      known |= !IsStar(param) && NameOf(param) == named.first;
    }
    if (!known) return UnknownName(function, named.first, params);
  }
  size_t given = 0, positional = 0;
  bool by_name = false;
  for (const Param& param : params) {
    if (IsStar(param)) {
      by_name = true;
      continue;
    }
    if (!by_name) ++positional;
    const bool from_position = !by_name && given < positional_.size();
    Value value = from_position ? positional_[given++] : Value();
    for (const NamedValue& named : named_) {
      if (named.first != NameOf(param)) continue;
      if (value) {
        return absl::InvalidArgumentError(absl::StrCat(
            function, ": parameter `", NameOf(param), "` is given twice"));
      }
      value = named.second;
    }
    if (value) {
      RETURN_IF_ERROR(StoreInto(function, param, value));
    } else if (!IsOptional(param)) {
      return absl::InvalidArgumentError(absl::StrCat(
          function, ": parameter `", NameOf(param), "` is missing"));
    }
  }
  if (given < positional_.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        function, ": wants at most ", positional, " positional argument",
        positional == 1 ? "" : "s", ", got ", positional_.size()));
  }
  return absl::OkStatus();
}

}  // namespace dsl
