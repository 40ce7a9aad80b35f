// SPDX-License-Identifier: Apache-2.0
// Where in a file a mistake is, found only when one has to be shown.

#ifndef GRAPH_ENGINE_LOAD_BLAME_H_
#define GRAPH_ENGINE_LOAD_BLAME_H_

#include <memory>
#include <string>
#include <vector>

#include "dsl/syntax/ast.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "engine/model/target.h"

namespace graph {

// A mistake in a call of a build file, as found. All but `message` may be
// empty.
struct Problem {
  std::string attribute;  // The argument of the call that is at fault.
  std::string literal;    // The string within it.
  std::string message;
  std::string hint;  // Shown at the place.
  // Show the name of the argument, not its value.
  bool at_name = false;
  std::vector<std::string> notes;  // Shown below.
};

// Where the evaluator says that a call is: at what is called, or at its name
// behind the last dot.
uint32_t BeginOf(const dsl::CallExpr& call);

// The place of the call at `location`: of the literal within the argument if
// both are there; else of the argument's value; else of the call's function.
// The build file is parsed anew for that, so that calls need not keep places
// that nobody asks for.
dsl::Span FindPlace(const std::shared_ptr<const dsl::Source>& source,
                    Location location, const Problem& problem);

// `problem` at its place, with a note for each of `macros`.
dsl::Diagnostic Explain(const std::shared_ptr<const dsl::Source>& source,
                        Location location,
                        const PackedVector<MacroFrame>& macros,
                        const Problem& problem);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_BLAME_H_
