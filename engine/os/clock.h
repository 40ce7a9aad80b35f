// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_CLOCK_H_
#define GRAPH_ENGINE_OS_CLOCK_H_

#include <cstdint>

namespace graph {

// Microseconds since some moment of the past; never goes back.
int64_t MonotonicMicros();

// Nanoseconds since 1970, of the clock that stamps files (it ticks every few
// milliseconds): a file with an mtime not before this may yet change without
// its state telling.
int64_t FileClockNanos();

// Milliseconds since 1970.
int64_t WallMillis();

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_CLOCK_H_
