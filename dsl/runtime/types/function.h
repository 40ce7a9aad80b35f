// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_FUNCTION_H_
#define GRAPH_DSL_RUNTIME_TYPES_FUNCTION_H_

#include <span>

#include "dsl/runtime/arguments.h"
#include "dsl/runtime/eval.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace dsl {

// A function of the language: code, and what it was closed over when its `def`
// ran. Hashable by identity.
class Function final : public Object {
 public:
  // `defaults` has a place for each parameter; so has `types`, with one more
  // for the result, unless nothing is annotated (nullptr). All lie on a heap.
  Function(const FunctionCode* code, ModuleData* module, Cell* const* free,
           const Value* defaults, const Type* const* types)
      : Object(Kind::kFunction),
        code_(code),
        module_(module),
        free_(free),
        defaults_(defaults),
        types_(types) {}

  const FunctionCode& code() const { return *code_; }
  const Value* defaults() const { return defaults_; }

  // Puts arguments into the first slots, one for each parameter.
  absl::Status Bind(Heap& heap, std::span<const Value> positional,
                    std::span<const NamedValue> named, Value* slots) const;
  // Gives the defaults to the slots of the parameters from `first` on; fails
  // if one has none. REQUIRES: no parameter is *args or **kwargs.
  absl::Status BindDefaults(Value* slots, size_t first) const;
  // Runs with bound parameters; `slots` has code().locals places. Gives
  // Value() if it failed; the thread then has the error.
  Value Run(Thread& thread, Value* slots) const;

  absl::string_view type_name() const override { return "function"; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  bool IsCallable() const override { return true; }
  absl::StatusOr<Value> CallWith(Thread& thread,
                                 const Arguments& arguments) const override;

 private:
  absl::Status BindNamed(Heap& heap, std::span<const NamedValue> named,
                         Value* slots) const;
  absl::Status TooMany(size_t given) const;
  absl::Status CheckTypes(Thread& thread, const Value* slots) const;
  absl::Status CheckType(const ParameterCode& parameter, const Type& type,
                         Value value, Walk& walk) const;
  absl::Status CheckResult(Thread& thread, Value result) const;

  const FunctionCode* code_;
  ModuleData* module_;
  Cell* const* free_;
  const Value* defaults_;
  const Type* const* types_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_FUNCTION_H_
