// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/progress_state.h"

#include <algorithm>
#include <variant>

namespace graph {

int ProgressState::waiting() const {
  return std::max(0, total - done() - static_cast<int>(running.size()));
}

void ProgressState::Apply(const Event& event, int64_t now_ms) {
  if (std::holds_alternative<LoadingStarted>(event)) {
    phase = Phase::kLoading;
  } else if (const auto* begun = std::get_if<ExecutionStarted>(&event)) {
    phase = Phase::kExecuting;
    total = begun->total;
  } else if (const auto* started = std::get_if<ActionStarted>(&event)) {
    running.push_back({started->action, started->label, started->mnemonic,
                       started->message, now_ms});
  } else if (const auto* ended = std::get_if<ActionFinished>(&event)) {
    std::erase_if(running, [ended](const RunningAction& action) {
      return action.action == ended->action;
    });
    const bool cached_now =
        ended->how == How::kCachedLocal || ended->how == How::kCachedRemote;
    ++(cached_now ? cached : run);
    if (!ended->ok) ++(ended->tolerated ? tolerated : failed);
  } else if (std::holds_alternative<Finished>(event)) {
    phase = Phase::kFinished;
    running.clear();
  }
}

}  // namespace graph
