// SPDX-License-Identifier: Apache-2.0
// How exactly a store knows when a blob or a record was used last. To know it
// at all costs a write; so nobody writes it who finds it written not long ago.

#ifndef GRAPH_ENGINE_CAS_LAST_USE_H_
#define GRAPH_ENGINE_CAS_LAST_USE_H_

#include <cstdint>

#include "engine/os/clock.h"

namespace graph {

inline constexpr int64_t kUseGrainS = 6 * 3600;

// Seconds since 1970.
inline int64_t NowSeconds() { return FileClockNanos() / 1'000'000'000; }

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LAST_USE_H_
