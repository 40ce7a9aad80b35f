// SPDX-License-Identifier: Apache-2.0
// Doing one action: a command through the runner, or a step of the engine.

#ifndef GRAPH_ENGINE_EXEC_ACTION_RUN_H_
#define GRAPH_ENGINE_EXEC_ACTION_RUN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/action/action.h"
#include "engine/action/spawn_input.h"
#include "engine/base/cancellation.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/builtin_steps.h"
#include "engine/exec/runner.h"

namespace graph {

// How it went. With an empty `reason` it went well and all declared outputs are
// there; what it said is in the store then, and also if it failed.
struct RunReport {
  ActionResult result;  // But for `writer` and `parts`.
  std::string reason;   // Why it failed, for people.
  int exit_code = 0;
  bool timed_out = false;
  std::string stdout_text;  // Only if it failed.
  std::string stderr_text;
  std::vector<std::string> reads;  // As SpawnResult::reads.
};

// Safe for concurrent use. All references outlive it.
class ActionRun {
 public:
  ActionRun(const ActionGraph& graph, BlobStore& store, Runner& runner,
            const BuiltinSteps& steps, const Cancellation& cancellation);

  // A status that is not ok means that it could not be run: kCancelled, or
  // kNotFound and kDataLoss, perhaps because an input is lost, and others.
  absl::StatusOr<RunReport> Run(const Action& action,
                                std::vector<SpawnInput> inputs, int slot);

 private:
  absl::StatusOr<RunReport> RunCommand(const Action& action,
                                       std::vector<SpawnInput> inputs,
                                       int slot);
  absl::StatusOr<RunReport> RunStep(const Action& action,
                                    const std::vector<SpawnInput>& inputs);
  std::vector<SpawnOutput> OutputsOf(const Action& action) const;

  const ActionGraph& graph_;
  BlobStore& store_;
  Runner& runner_;
  const BuiltinSteps& steps_;
  const Cancellation& cancellation_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ACTION_RUN_H_
