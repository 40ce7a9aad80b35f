// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_STRING_FORMAT_H_
#define GRAPH_DSL_RUNTIME_TYPES_STRING_FORMAT_H_

#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace dsl {

// `"…".format(…)`: fields in order, numbered or named, with `!s` or `!r`.
absl::StatusOr<Value> FormatMethod(Thread& thread, Value self,
                                   const Arguments& arguments);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_STRING_FORMAT_H_
