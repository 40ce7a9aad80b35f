// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/universe.h"

#include "dsl/runtime/types/type.h"
#include "dsl/stdlib/library.h"

namespace dsl {

std::shared_ptr<const Environment> Universe() {
  Environment::Builder builder;
  builder.Set("None", Value::None());
  builder.Set("True", Value::Bool(true));
  builder.Set("False", Value::Bool(false));
  AddConversions(builder);
  AddCollections(builder);
  AddReflection(builder);
  AddJson(builder);
  AddDepset(builder);
  AddProvider(builder);
  // Names that only annotations need.
  const auto add_type = [&](absl::string_view name, Type::Form form) {
    builder.Set(
        name, Value::Of(builder.heap().New<Type>(form, std::string(name),
                                                 std::vector<const Type*>())));
  };
  add_type("Any", Type::Form::kAny);
  add_type("Callable", Type::Form::kCallable);
  add_type("Iterable", Type::Form::kIterable);
  add_type("string", Type::Form::kNamed);
  return builder.Freeze();
}

}  // namespace dsl
