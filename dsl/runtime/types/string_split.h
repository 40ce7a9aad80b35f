// SPDX-License-Identifier: Apache-2.0

// The methods of strings that cut them into lists.

#ifndef GRAPH_DSL_RUNTIME_TYPES_STRING_SPLIT_H_
#define GRAPH_DSL_RUNTIME_TYPES_STRING_SPLIT_H_

#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace dsl {

absl::StatusOr<Value> SplitMethod(Thread& thread, Value self,
                                  const Arguments& arguments);
absl::StatusOr<Value> RSplitMethod(Thread& thread, Value self,
                                   const Arguments& arguments);
absl::StatusOr<Value> SplitLinesMethod(Thread& thread, Value self,
                                       const Arguments& arguments);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_STRING_SPLIT_H_
