// SPDX-License-Identifier: Apache-2.0

// The difference of two texts as `diff -u` shows it.

#ifndef GRAPH_DSL_TOOL_UNIFIED_DIFF_H_
#define GRAPH_DSL_TOOL_UNIFIED_DIFF_H_

#include <string>

#include "absl/strings/string_view.h"

namespace dsl {

// What makes `after` of `before`, with three lines around each change, under
// the names `a/<name>` and `b/<name>`; empty if the texts are equal. The
// smallest difference, unless it is of very many lines.
std::string UnifiedDiff(absl::string_view name, absl::string_view before,
                        absl::string_view after);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_UNIFIED_DIFF_H_
