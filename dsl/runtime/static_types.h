// SPDX-License-Identifier: Apache-2.0

// What annotations show to be wrong before anything runs.

#ifndef GRAPH_DSL_RUNTIME_STATIC_TYPES_H_
#define GRAPH_DSL_RUNTIME_STATIC_TYPES_H_

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Reports literals that do not have the type that is written beside them: as
// default of a parameter, as value of a variable, after `return`, and as an
// argument of a function of the same file. Only what is certain is an error;
// the rest is checked when it happens. Costs a look at each statement, and
// more only where something is annotated.
// REQUIRES: the file is resolved, without errors.
void CheckStaticTypes(const File& file, Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_STATIC_TYPES_H_
