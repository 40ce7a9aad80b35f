// SPDX-License-Identifier: Apache-2.0
// An action graph as text for people and for golden files.
//
//   Genrule //app:greet
//     argv  /bin/bash -c 'echo hi > graph-out/app/hi'
//     host  bash coreutils gcc
//     in    app/name.txt
//     out   graph-out/app/hi
//
// Folders end in `/`, the end of a line within a word shows as `\n`. Lines that
// have nothing to say are left out.

#ifndef GRAPH_ENGINE_ANALYZE_DUMP_H_
#define GRAPH_ENGINE_ANALYZE_DUMP_H_

#include <string>

#include "engine/action/action.h"

namespace graph {

// One action, in the lines above.
std::string DumpAction(const ActionGraph& graph, ActionId id);

// All actions, in the order in which they were added, an empty line between.
std::string DumpActions(const ActionGraph& graph);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_DUMP_H_
