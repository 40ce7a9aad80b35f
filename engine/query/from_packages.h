// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_QUERY_FROM_PACKAGES_H_
#define GRAPH_ENGINE_QUERY_FROM_PACKAGES_H_

#include <span>

#include "engine/model/package.h"
#include "engine/query/query_graph.h"

namespace graph {

// All targets of `packages`, and their build files and modules as source files.
// A target depends on what any of its attributes names in any branch of a
// select(), and on the conditions; a generated file on the rule that makes it.
// What lies in no package given has no node, and nothing depends on it.
//
// Attributes that were not said and are empty by default (None, "", 0, False,
// {}) are left out, and so are private ones, but what they name is depended on.
QueryGraph GraphOfPackages(std::span<const Package* const> packages);

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_FROM_PACKAGES_H_
