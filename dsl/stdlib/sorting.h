// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_STDLIB_SORTING_H_
#define GRAPH_DSL_STDLIB_SORTING_H_

#include <vector>

#include "absl/status/status.h"
#include "dsl/runtime/value.h"

namespace dsl {

// An element of what is sorted, and what it is ordered by.
struct Keyed {
  Value key;
  Value element;
};

// Sorts by the keys, stable in both directions. Fails for keys without an
// order; the elements are then in any order.
absl::Status SortByKey(Thread& thread, std::vector<Keyed>& elements,
                       bool reverse);

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_SORTING_H_
