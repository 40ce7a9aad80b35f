// SPDX-License-Identifier: Apache-2.0

// The types that annotations name.

#ifndef GRAPH_DSL_RUNTIME_TYPES_TYPE_H_
#define GRAPH_DSL_RUNTIME_TYPES_TYPE_H_

#include <span>
#include <string>
#include <vector>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// What a Native derives from, too, that names a type in annotations: a provider
// stands for its instances.
class TypeMaker {
 public:
  virtual bool HasInstance(Value value) const = 0;
  virtual std::string TypeText() const = 0;

 protected:
  ~TypeMaker() = default;
};

// A type as a value: what `int | list[str]` in an annotation or after `type`
// stands for. Immutable.
class Type final : public Object {
 public:
  enum class Form : uint8_t {
    kAny,
    kNone,
    kNamed,     // values whose type() is `name`, elements as `arguments` say
    kCallable,  // functions, builtins and what else can be called
    kIterable,  // what a loop takes; elements as `arguments` says
    kMade,      // by `maker`: what it says is its own
    kUnion,     // any of `arguments`
    kSequence,  // tuple[T, ...]: `arguments` is T
  };

  Type(Form form, std::string name, std::vector<const Type*> arguments)
      : Object(Kind::kType),
        form_(form),
        name_(std::move(name)),
        arguments_(std::move(arguments)) {}
  // Of kMade. `maker` lives as long as this.
  explicit Type(const TypeMaker* maker)
      : Object(Kind::kType), form_(Form::kMade), maker_(maker) {}

  Form form() const { return form_; }
  // Whether the value is of the type. Looks into collections if the type says
  // what is in them; fails when the walk does.
  absl::StatusOr<bool> Has(Value value, Walk& walk) const;
  // Whether that holds of the elements. REQUIRES: a collection, as it says.
  absl::StatusOr<bool> ElementsFit(const Object& container, Walk& walk) const;
  std::string ToText() const;

  absl::string_view type_name() const override { return "type"; }
  void PrintOn(Printer& printer) const override;

 private:
  Form form_;
  std::string name_;
  std::vector<const Type*> arguments_;
  const TypeMaker* maker_ = nullptr;
};

// The type that a value stands for in an annotation: None, a Type, or the
// builtin or the TypeMaker that makes such values (`int`, `list`, a provider,
// …); nullptr for anything else.
const Type* TypeOf(Heap& heap, Value value);

// `generic[arguments]`. Fails for what takes no arguments, or not so many.
absl::StatusOr<const Type*> Parameterize(Heap& heap, Value generic,
                                         std::span<const Type* const> arguments,
                                         bool sequence);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_TYPE_H_
