// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_STEPS_H_
#define GRAPH_ENGINE_SESSION_STEPS_H_

#include "engine/exec/builtin_steps.h"
#include "engine/fetch/fetch_context.h"
#include "engine/session/settings.h"

namespace graph {

// What fetching goes by under these settings.
FetchContext FetchingBy(const Settings& settings);

// The steps of all rooms. `context` outlives them.
BuiltinSteps AllSteps(const FetchContext& context);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_STEPS_H_
