// SPDX-License-Identifier: Apache-2.0
// Answers the expressions of `graph query`.

#ifndef GRAPH_ENGINE_QUERY_EVALUATE_H_
#define GRAPH_ENGINE_QUERY_EVALUATE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/query/expression.h"
#include "engine/query/query_graph.h"

namespace graph {

// The labels that a pattern names. Fails with kNotFound if there are none, and
// with kInvalidArgument if it is not one.
using PatternResolver =
    std::function<absl::StatusOr<std::vector<std::string>>(const std::string&)>;

// What `expression`, which was parsed from `text`, names: each target once,
// sorted by label; but the answer of an outermost `somepath` in its order.
//
// Time and memory are linear in the part of the graph that is looked at, for
// each function called; no recursion goes along edges. Fails as `resolve` does,
// and with kInvalidArgument (a whole diagnostic) for a regular expression that
// is none or a variable that nobody bound.
absl::StatusOr<std::vector<NodeId>> Evaluate(const Expression& expression,
                                             absl::string_view text,
                                             const QueryGraph& graph,
                                             const PatternResolver& resolve);

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_EVALUATE_H_
