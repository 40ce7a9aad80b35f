// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_CALL_NODES_H_
#define GRAPH_DSL_RUNTIME_CALL_NODES_H_

#include <span>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "dsl/runtime/eval.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/function.h"

namespace dsl {

// callee(arguments), and object.name(arguments), which spares the bound method
// of a builtin type.
struct CallNode final : Node {
  struct Argument {
    ArgumentKind kind;
    absl::string_view name;  // of kNamed
    const Node* value;
  };

  const Node* callee;  // null for a method call
  const Node* object;  // of a method call
  absl::string_view name;
  // The method of that name of strings, lists, dicts and sets; or null.
  const MethodDef* methods[4];
  std::span<const Argument> arguments;
  bool positional_only;
  bool plain;           // no * and **
  uint32_t positional;  // how many, if plain; the others follow them

  Value Eval(EvalFrame& frame) const override;

 private:
  // With more named arguments the short way is not taken.
  static constexpr size_t kMostNamed = 16;

  struct Collected {
    absl::InlinedVector<Value, 8> positional;
    absl::InlinedVector<NamedValue, 4> named;
  };

  Value CallObject(EvalFrame& frame, Value called) const;
  Value CallOther(EvalFrame& frame, Value called) const;
  Value CallDirectly(EvalFrame& frame, const Function& function) const;
  bool FindSlots(const FunctionCode& code, uint8_t* slots) const;
  Value CallMethod(EvalFrame& frame, Value self, const MethodDef& method) const;
  template <class F>
  Value WithArguments(EvalFrame& frame, F call) const;
  bool Collect(EvalFrame& frame, Collected* collected) const;
  bool CollectStar(EvalFrame& frame, const Argument& argument, Value value,
                   Collected* collected) const;
  bool CollectStarStar(EvalFrame& frame, const Argument& argument, Value value,
                       Collected* collected) const;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_CALL_NODES_H_
