// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_QUERY_CHANGED_TARGETS_H_
#define GRAPH_ENGINE_QUERY_CHANGED_TARGETS_H_

#include <set>
#include <string>

#include "engine/model/package.h"

namespace graph {

// The labels of a package whose definitions differ between two states of it:
// what their calls say, not where these stand. A target that only one of them
// has is among them. nullptr stands for a package without targets.
std::set<std::string> ChangedTargets(const Package* before,
                                     const Package* after);

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_CHANGED_TARGETS_H_
