// SPDX-License-Identifier: Apache-2.0
// What a build with --trace-reads tells of each target: which of its declared
// inputs no command of it has read.

#ifndef GRAPH_ENGINE_SESSION_TRACED_READS_H_
#define GRAPH_ENGINE_SESSION_TRACED_READS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "engine/action/action.h"
#include "engine/base/mutex.h"
#include "engine/event/event.h"
#include "engine/exec/executor.h"
#include "engine/load/loader.h"

namespace graph {

class TracedReads {
 public:
  // Outlives the object.
  explicit TracedReads(const ActionGraph& graph) : graph_(graph) {}

  // What a command that succeeded has read, as SpawnResult::reads. Any thread.
  void Add(ActionId action, std::vector<std::string> reads)
      ABSL_LOCKS_EXCLUDED(mu_);

  // For each target whose commands were seen, by label. Inputs that were not
  // made, which is tolerated, are not counted. REQUIRES: nobody else uses the
  // loader.
  std::vector<ReadsTraced> Report(const Outcome& outcome, Loader& loader) const
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  const ActionGraph& graph_;
  mutable Mutex mu_;
  std::vector<std::pair<ActionId, std::vector<std::string>>> seen_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_TRACED_READS_H_
