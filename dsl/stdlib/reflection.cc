// SPDX-License-Identifier: Apache-2.0

// dir fail getattr hasattr print repr struct type

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/string.h"
#include "dsl/stdlib/library.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

Result Dir(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("dir", 1, 1));
  std::vector<Value> names;
  for (const std::string& name : AttrNames(arguments.positional()[0])) {
    names.push_back(thread.heap().String(name));
  }
  return thread.heap().List(names);
}

// print and fail: all positional arguments, with `sep` between.
absl::StatusOr<std::string> Joined(Thread& thread, absl::string_view function,
                                   const Arguments& arguments) {
  absl::string_view separator = " ";
  RETURN_IF_ERROR(Arguments({}, arguments.named())
                      .Unpack(function, {"*", {"sep?", &separator}}));
  std::string text;
  for (size_t i = 0; i < arguments.positional().size(); ++i) {
    if (i > 0) absl::StrAppend(&text, separator);
    RETURN_IF_ERROR(AppendText(thread, arguments.positional()[i],
                               /*repr=*/false, &text));
  }
  return text;
}

Result Fail(Thread& thread, const Arguments& arguments) {
  ASSIGN_OR_RETURN(std::string text, Joined(thread, "fail", arguments));
  return absl::InvalidArgumentError(text.empty() ? "fail" : text);
}

Result Print(Thread& thread, const Arguments& arguments) {
  ASSIGN_OR_RETURN(std::string text, Joined(thread, "print", arguments));
  thread.Print(text);
  return Value::None();
}

Result GetAttr(Thread& thread, const Arguments& arguments) {
  Value object, absent;
  absl::string_view name;
  RETURN_IF_ERROR(arguments.Unpack(
      "getattr", {{"x", &object}, {"name", &name}, {"default?", &absent}}));
  ASSIGN_OR_RETURN(Value value, FindAttr(thread, object, name));
  if (value) return value;
  if (absent) return absent;
  return NoSuchAttr(object, name);
}

Result HasAttr(Thread& thread, const Arguments& arguments) {
  Value object;
  absl::string_view name;
  RETURN_IF_ERROR(
      arguments.Unpack("hasattr", {{"x", &object}, {"name", &name}}));
  ASSIGN_OR_RETURN(Value value, FindAttr(thread, object, name));
  return Value::Bool(static_cast<bool>(value));
}

Result ReprOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("repr", 1, 1));
  ASSIGN_OR_RETURN(std::string text, Repr(thread, arguments.positional()[0]));
  return thread.heap().String(text);
}

Result StructOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(
      Arguments(arguments.positional(), {}).CheckCount("struct", 0, 0));
  return thread.heap().Struct(arguments.named());
}

Result TypeOfValue(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("type", 1, 1));
  return thread.heap().String(arguments.positional()[0].type_name());
}

}  // namespace

void AddReflection(Environment::Builder& builder) {
  builder.SetBuiltin("dir", Dir);
  builder.SetBuiltin("fail", Fail);
  builder.SetBuiltin("getattr", GetAttr);
  builder.SetBuiltin("hasattr", HasAttr);
  builder.SetBuiltin("print", Print);
  builder.SetBuiltin("repr", ReprOf);
  builder.SetBuiltin("struct", StructOf);
  builder.SetBuiltin("type", TypeOfValue);
}

}  // namespace dsl
