// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_CELL_H_
#define GRAPH_DSL_RUNTIME_TYPES_CELL_H_

#include "dsl/runtime/value.h"

namespace dsl {

// Holds a variable that closures share with the function that binds it. Never
// seen by a program. Only the call that made it assigns it, so nobody does once
// its heap is frozen.
class Cell final : public Object {
 public:
  explicit Cell(Value initial) : Object(Kind::kCell), value(initial) {}

  Value value;

  absl::string_view type_name() const override { return "cell"; }
  void PrintOn(Printer&) const override {}
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_CELL_H_
