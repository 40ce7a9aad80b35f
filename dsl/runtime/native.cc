// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/native.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/int.h"

namespace dsl {

void Native::Repr(std::string* out) const {
  absl::StrAppend(out, "<", type_name(), ">");
}

absl::StatusOr<std::optional<Value>> Native::Attr(Thread&,
                                                  absl::string_view) const {
  return std::nullopt;
}

absl::StatusOr<uint64_t> Native::Hash() const {
  return HashWord(reinterpret_cast<uintptr_t>(this));
}

absl::StatusOr<Value> Native::Call(Thread& thread,
                                   const Arguments& arguments) const {
  return Object::CallWith(thread, arguments);
}

absl::StatusOr<Value> Native::Index(Thread& thread, Value key) const {
  return Object::IndexOf(thread, key);
}

absl::StatusOr<bool> Native::Contains(Thread& thread, Value element) const {
  return Object::ContainsValue(thread, element);
}

absl::StatusOr<std::optional<Value>> Native::Binary(Thread&, BinaryOp, Value,
                                                    bool) const {
  return std::nullopt;
}

void Native::Bound(Thread&, absl::string_view) const {}

void Native::PrintOn(Printer& printer) const {
  if (!printer.Enter(this)) return;
  Repr(printer.out());
  printer.Leave();
}

absl::StatusOr<bool> Native::EqualsObject(const Object& other, Walk&) const {
  return Equals(static_cast<const Native&>(other));
}

absl::StatusOr<uint64_t> Native::HashObject(Walk&) const { return Hash(); }

absl::StatusOr<Value> Native::AttrOf(Thread& thread,
                                     absl::string_view name) const {
  ASSIGN_OR_RETURN(std::optional<Value> value, Attr(thread, name));
  return value.value_or(Value());
}

absl::StatusOr<Value> Native::IndexOf(Thread& thread, Value key) const {
  return Index(thread, key);
}

absl::StatusOr<bool> Native::ContainsValue(Thread& thread,
                                           Value element) const {
  return Contains(thread, element);
}

absl::StatusOr<Value> Native::BinaryWith(Thread& thread, BinaryOp op,
                                         Value other, bool self_is_left) const {
  ASSIGN_OR_RETURN(std::optional<Value> value,
                   Binary(thread, op, other, self_is_left));
  return value.value_or(Value());
}

}  // namespace dsl
