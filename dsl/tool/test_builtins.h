// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_TOOL_TEST_BUILTINS_H_
#define GRAPH_DSL_TOOL_TEST_BUILTINS_H_

#include <memory>

#include "dsl/runtime/environment.h"

namespace dsl {

// The parent's names and what suites that test the language need besides:
//   _catch(f)     calls f(); gives the message of its error, or None
//   _freeze(x)    gives x, which with all that it holds is frozen now
//   _hasfields()  gives a value whose fields can be assigned
std::shared_ptr<const Environment> WithTestBuiltins(
    std::shared_ptr<const Environment> parent);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_TEST_BUILTINS_H_
