// SPDX-License-Identifier: Apache-2.0

// Names in a syntax tree, and what the resolver finds that they refer to.

#ifndef GRAPH_DSL_SYNTAX_SCOPE_H_
#define GRAPH_DSL_SYNTAX_SCOPE_H_

#include <cstdint>
#include <span>

#include "dsl/syntax/source.h"

namespace dsl {

// A name of the file: an index into File::names(). Equal ids, equal names.
using NameId = uint32_t;

struct Identifier {
  NameId name = 0;
  Extent extent;
};

// Where the value of a name is kept.
enum class Scope : uint8_t {
  kUnresolved,   // a type that is no value: `Any`
  kLocal,        // slot: index into the function's locals
  kCell,         // the same, but the local is held in a cell, for closures
  kFree,         // slot: index into the function's free variables (cells)
  kGlobal,       // slot: index into File::globals
  kLoaded,       // slot: index into File::loaded
  kPredeclared,  // slot: index into File::predeclared
};

// A local variable of a function: a parameter, a name that it binds, or a
// variable of a comprehension (each comprehension has variables of its own).
struct Local {
  NameId name;
  bool captured;  // by an inner function: lives in a cell
  Extent extent;  // where it is bound first
};

// A variable of an enclosing function that a function uses: when the closure is
// made, taken from the enclosing function's cell at locals[index], or
// (!from_local) from the enclosing function's own free variables[index].
struct FreeVariable {
  NameId name;
  bool from_local;
  uint32_t index;
};

// The variables of a function. The parameters are the first locals, in the
// order of their declaration. The file itself is a function without
// parameters, whose only locals are variables of comprehensions.
struct FunctionScope {
  std::span<const Local> locals;
  std::span<const FreeVariable> free;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_SCOPE_H_
