// SPDX-License-Identifier: Apache-2.0
// Who can be reached from whom. A NodeSet is sorted by id, no id twice.

#ifndef GRAPH_ENGINE_QUERY_REACH_H_
#define GRAPH_ENGINE_QUERY_REACH_H_

#include <climits>
#include <vector>

#include "engine/query/query_graph.h"

namespace graph {

using NodeSet = std::vector<NodeId>;

inline constexpr int kAnyDepth = INT_MAX;

NodeSet Union(const NodeSet& a, const NodeSet& b);
NodeSet Intersection(const NodeSet& a, const NodeSet& b);
NodeSet Difference(const NodeSet& a, const NodeSet& b);

// `from`, and what lies at most `depth` edges away.
NodeSet Dependencies(const QueryGraph& graph, const NodeSet& from,
                     int depth = kAnyDepth);

// Those of `to` that lie in `universe`, and who in `universe` gets to them over
// at most `depth` edges without leaving it.
NodeSet Dependents(const QueryGraph& graph, const NodeSet& universe,
                   const NodeSet& to, int depth = kAnyDepth);

// A shortest way from one of `from` to one of `to`, in its order; empty if
// there is none. Always the same one for the same graph.
std::vector<NodeId> ShortestPath(const QueryGraph& graph, const NodeSet& from,
                                 const NodeSet& to);

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_REACH_H_
