// SPDX-License-Identifier: Apache-2.0
// How far the request is, as told by the events so far. Reads no clock: every
// moment is given, in milliseconds since the command began.

#ifndef GRAPH_ENGINE_UI_PROGRESS_STATE_H_
#define GRAPH_ENGINE_UI_PROGRESS_STATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/event/event.h"

namespace graph {

struct RunningAction {
  uint32_t action = 0;
  std::string label;
  std::string mnemonic;
  std::string message;
  int64_t since_ms = 0;
};

struct ProgressState {
  enum class Phase : uint8_t { kStarting, kLoading, kExecuting, kFinished };
  Phase phase = Phase::kStarting;
  int total = 0;
  int run = 0;  // Here or elsewhere, and ended, well or not.
  int cached = 0;
  int failed = 0;
  int tolerated = 0;
  std::vector<RunningAction> running;  // In the order in which they began.

  int done() const { return run + cached; }
  int waiting() const;

  void Apply(const Event& event, int64_t now_ms);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_UI_PROGRESS_STATE_H_
