// SPDX-License-Identifier: Apache-2.0

// Functions that are written in C++: free ones and methods.

#ifndef GRAPH_DSL_RUNTIME_TYPES_BUILTIN_H_
#define GRAPH_DSL_RUNTIME_TYPES_BUILTIN_H_

#include <span>
#include <string>
#include <vector>

#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// A function of an embedder's or of the library's; hashable by identity.
class Builtin final : public Object {
 public:
  Builtin(absl::string_view name, BuiltinFunction function)
      : Object(Kind::kBuiltin), name_(name), function_(std::move(function)) {}

  const std::string& name() const { return name_; }

  absl::string_view type_name() const override {
    return "builtin_function_or_method";
  }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  bool IsCallable() const override { return true; }
  absl::StatusOr<Value> CallWith(Thread& thread,
                                 const Arguments& arguments) const override;

 private:
  std::string name_;
  BuiltinFunction function_;
};

// A method of a builtin type: the function gets its receiver.
struct MethodDef {
  absl::string_view name;
  absl::StatusOr<Value> (*function)(Thread&, Value self, const Arguments&);
};

// The methods of a type, sorted by name; none for most.
std::span<const MethodDef> MethodsOf(Kind kind);
const MethodDef* FindMethod(Kind kind, absl::string_view name);
std::span<const MethodDef> StringMethods();
std::span<const MethodDef> ListMethods();
std::span<const MethodDef> DictMethods();
std::span<const MethodDef> SetMethods();

// A method and its receiver, as `x.append` without a call gives it.
class BoundMethod final : public Object {
 public:
  BoundMethod(Value self, const MethodDef* method)
      : Object(Kind::kMethod), self_(self), method_(method) {}

  absl::string_view name() const { return method_->name; }

  absl::string_view type_name() const override {
    return "builtin_function_or_method";
  }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  bool IsCallable() const override { return true; }
  absl::StatusOr<Value> CallWith(Thread& thread,
                                 const Arguments& arguments) const override;

 private:
  Value self_;
  const MethodDef* method_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_BUILTIN_H_
