// SPDX-License-Identifier: Apache-2.0
#include "engine/os/clock.h"

#include <time.h>

namespace graph {
namespace {

int64_t Nanos(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * int64_t{1'000'000'000} + now.tv_nsec;
}

}  // namespace

int64_t MonotonicMicros() { return Nanos(CLOCK_MONOTONIC) / 1000; }
int64_t FileClockNanos() { return Nanos(CLOCK_REALTIME_COARSE); }
int64_t WallMillis() { return Nanos(CLOCK_REALTIME) / 1'000'000; }

}  // namespace graph
