// SPDX-License-Identifier: Apache-2.0
// What a key was made of, as text that is kept in the store beside the result,
// so that two keys can be compared part by part later.
//
// One part a line, in this order, each name followed by a space; texts are JSON
// strings:
//   graph-parts 1
//   key <digest>
//   kind spawn|builtin|fetch
//   arg "<text>"              one for each, in order
//   content <digest>          of a builtin's parameter, if it has one
//   env "<name>" "<value>"    sorted
//   property "<name>" "<value>"   sorted; the timeout is `timeout_s`
//   output file|directory "<path>"   sorted
//   input file|executable|directory <digest> "<path>"   sorted by path
//   input symlink "<target>" "<path>"

#ifndef GRAPH_ENGINE_ACTION_PARTS_H_
#define GRAPH_ENGINE_ACTION_PARTS_H_

#include <span>
#include <string>

#include "engine/action/action.h"
#include "engine/action/environment.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"

namespace graph {

// `properties` are all that are in the key.
std::string PartsText(const ActionGraph& graph, const Action& action,
                      std::span<const SpawnInput> inputs,
                      const NamedTexts& properties, const Digest& key);

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_PARTS_H_
