// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_ACTION_ENVIRONMENT_H_
#define GRAPH_ENGINE_ACTION_ENVIRONMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "engine/action/action.h"

namespace graph {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// The whole environment of a command: what `action` sets over our fixed one
// (HOME, LC_ALL, PATH, SOURCE_DATE_EPOCH, TMPDIR, TZ), so nothing of the
// caller's. Sorted by name. Empty for what is no command.
NamedTexts EnvironmentOf(const Action& action);

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_ENVIRONMENT_H_
