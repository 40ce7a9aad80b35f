// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_ACTION_STATE_H_
#define GRAPH_ENGINE_EXEC_ACTION_STATE_H_

#include <cstdint>

namespace graph {

// Where an action stands in this build.
//
//   kUnwanted            (for good, unless somebody asks for it)
//   kWaiting ─→ kReady ─→ kChecking ─→ kQueued ─→ kRunning ─→ kDone | kFailed
//      │           ↑           └─ found ──────────────────────→ kDone
//      │           └── a consumer found outputs lost ───────── kDone
//      └─→ kSkipped    (also from kReady and kQueued, when the build stops)
enum class ActionState : uint8_t {
  kUnwanted,  // No requested artifact needs it.
  kWaiting,   // Some input has no digest yet.
  kReady,     // Every input has its digest: the key can be made.
  kChecking,  // Some thread makes its key and asks the cache.
  kQueued,    // Not cached; waiting for a slot.
  kRunning,   // Some thread runs it.
  kDone,      // Its outputs have digests, from the cache or from a run.
  kFailed,    // It ran and failed, or could not run.
  kSkipped,   // An input failed, or the build stopped before its turn.
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ACTION_STATE_H_
