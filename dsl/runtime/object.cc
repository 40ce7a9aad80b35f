// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/object.h"

#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"

namespace dsl {

absl::string_view OperatorText(BinaryOp op) {
  static constexpr absl::string_view kTexts[] = {"+", "-", "*", "/",  "//", "%",
                                                 "&", "|", "^", "<<", ">>"};
  return kTexts[static_cast<int>(op)];
}

absl::StatusOr<bool> Object::EqualsObject(const Object& other, Walk&) const {
  return this == &other;
}

absl::StatusOr<int> Object::CompareObject(const Object&, Walk&) const {
  return absl::InvalidArgumentError(
      absl::StrCat("values of type ", type_name(), " have no order"));
}

absl::StatusOr<uint64_t> Object::HashObject(Walk&) const {
  return absl::InvalidArgumentError(
      absl::StrCat("unhashable type: ", type_name()));
}

absl::StatusOr<Value> Object::AttrOf(Thread&, absl::string_view) const {
  return Value();
}

absl::Status Object::SetAttrOf(absl::string_view name, Value) {
  return absl::InvalidArgumentError(
      absl::StrCat("attribute `", name, "` of a value of type ", type_name(),
                   " cannot be assigned"));
}

absl::StatusOr<Value> Object::IndexOf(Thread&, Value) const {
  return absl::InvalidArgumentError(
      absl::StrCat("a value of type ", type_name(), " has no elements `[…]`"));
}

absl::StatusOr<bool> Object::ContainsValue(Thread&, Value) const {
  return absl::InvalidArgumentError(
      absl::StrCat("`in` does not go with a value of type ", type_name()));
}

absl::StatusOr<Value> Object::BinaryWith(Thread&, BinaryOp, Value, bool) const {
  return Value();
}

absl::StatusOr<Value> Object::CallWith(Thread&, const Arguments&) const {
  return absl::InvalidArgumentError(
      absl::StrCat("a value of type ", type_name(), " is not callable"));
}

}  // namespace dsl
