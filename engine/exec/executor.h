// SPDX-License-Identifier: Apache-2.0
// Makes artifacts: asks the scheduler what is next, the cache whether it is
// known, and a runner or a builtin step to do what is not.

#ifndef GRAPH_ENGINE_EXEC_EXECUTOR_H_
#define GRAPH_ENGINE_EXEC_EXECUTOR_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/action/spawn_input.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"
#include "engine/event/event.h"
#include "engine/exec/action_state.h"
#include "engine/exec/builtin_steps.h"
#include "engine/exec/materialize.h"
#include "engine/exec/runner.h"
#include "engine/exec/source_resolver.h"

namespace graph {

struct ExecutorOptions {
  int jobs = 1;  // The slots of the runner.
  bool keep_going = false;
  std::string writer = "graph";  // Who writes cache entries: tool and version.
  // By index: their failures are not tolerated, whatever they say themselves.
  absl::flat_hash_set<uint32_t> intolerant;
  // Says what to do about a command that ran and failed, given what it said;
  // may be empty. Called from any thread.
  std::function<std::string(const Action&, absl::string_view said)> advise;
  // If given, every command runs, known or not, and it is told what each that
  // succeeded read, as SpawnResult::reads says. Called from any thread.
  std::function<void(ActionId, std::vector<std::string> reads)> trace;
};

// What became of one action.
struct ActionOutcome {
  ActionState state = ActionState::kUnwanted;
  How how = How::kRun;  // kDone
  Isolation isolation = Isolation::kStrict;
  bool tolerated = false;  // kFailed, and the build went on without it.
  bool timed_out = false;
  int exit_code = 0;
  int64_t wall_us = 0;  // Of the run that made the result, whenever that was.
  Digest key;           // kDone, kFailed: once its inputs were known.
  // What it said, in the store: kDone, and kFailed if it ran.
  Digest stdout_digest;
  Digest stderr_digest;
};

struct Outcome {
  // kCancelled if interrupted, kInternal if the graph is no graph. Failed
  // actions are no errors.
  absl::Status status;
  std::vector<ActionOutcome> actions;  // By ActionId.
  // In the order in which they failed. Failed tests are not among them.
  std::vector<ActionFailed> failures;
  std::vector<ActionFailed> tolerated;  // Likewise; not among `failures`.
  // What Build was asked for, in that order; nullopt where it was not made.
  std::vector<std::optional<OutputEntry>> artifacts;
  // The sources that were read for it, sorted by path.
  std::vector<SpawnInput> sources;
  // total, run, cached_local, remote and failed, and `ok`: everything asked
  // for was made, and all tests passed.
  Finished counts;
};

// The log of a test or another action: what it wrote to stdout, then to stderr.
absl::StatusOr<std::string> LogOf(const ActionOutcome& outcome,
                                  BlobStore& store);

// Builds one graph, once. All references outlive the executor.
//
// If blobs turn out to be lost or damaged when they are needed, what made them
// runs again within the same build.
class Executor {
 public:
  // Puts requested artifacts into place with `materializer`, if there is one.
  // Emits ExecutionStarted first, ActionStarted for what runs, ActionFinished
  // for each action and ActionFailed for each failed one that is no test.
  Executor(const ActionGraph& graph, SourceResolver& sources, BlobStore& store,
           ActionCache& cache, Runner& runner, const BuiltinSteps& steps,
           EventSink& events, const Cancellation& cancellation,
           ExecutorOptions options, Materializer* materializer = nullptr);
  ~Executor();

  // Makes `artifacts` and runs `actions` (tests). Blocks until all is done;
  // once only. Cancelling also cancels the runner.
  Outcome Build(std::span<const ArtifactId> artifacts,
                std::span<const ActionId> actions);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_EXECUTOR_H_
