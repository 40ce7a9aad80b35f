// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/builtin.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/int.h"

namespace dsl {

std::span<const MethodDef> MethodsOf(Kind kind) {
  switch (kind) {
    case Kind::kString:
      return StringMethods();
    case Kind::kList:
      return ListMethods();
    case Kind::kDict:
      return DictMethods();
    case Kind::kSet:
      return SetMethods();
    default:
      return {};
  }
}

const MethodDef* FindMethod(Kind kind, absl::string_view name) {
  const std::span<const MethodDef> methods = MethodsOf(kind);
  const auto found = std::lower_bound(
      methods.begin(), methods.end(), name,
      [](const MethodDef& a, absl::string_view b) { return a.name < b; });
  return found != methods.end() && found->name == name ? &*found : nullptr;
}

void Builtin::PrintOn(Printer& printer) const {
  printer.Text(absl::StrCat("<built-in function ", name_, ">"));
}

absl::StatusOr<uint64_t> Builtin::HashObject(Walk&) const {
  return HashWord(reinterpret_cast<uintptr_t>(this));
}

absl::StatusOr<Value> Builtin::CallWith(Thread& thread,
                                        const Arguments& arguments) const {
  return function_(thread, arguments);
}

void BoundMethod::PrintOn(Printer& printer) const {
  printer.Text(absl::StrCat("<built-in method ", method_->name, " of ",
                            self_.type_name(), " value>"));
}

absl::StatusOr<bool> BoundMethod::EqualsObject(const Object& other,
                                               Walk&) const {
  const auto& right = static_cast<const BoundMethod&>(other);
  return method_ == right.method_ && self_.Same(right.self_);
}

absl::StatusOr<uint64_t> BoundMethod::HashObject(Walk&) const {
  return HashWord(reinterpret_cast<uintptr_t>(method_) ^ self_.bits());
}

absl::StatusOr<Value> BoundMethod::CallWith(Thread& thread,
                                            const Arguments& arguments) const {
  return method_->function(thread, self_, arguments);
}

}  // namespace dsl
