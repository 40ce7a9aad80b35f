// SPDX-License-Identifier: Apache-2.0
// Which action may go next: a state machine that is fed what happened and asked
// what to do. It does no work, reads no clock, and never touches bytes.

#ifndef GRAPH_ENGINE_EXEC_SCHEDULER_H_
#define GRAPH_ENGINE_EXEC_SCHEDULER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "engine/action/action.h"
#include "engine/exec/action_state.h"

namespace graph {

// One thread at a time. Everything but Create, Stop and the spreading of a
// failure costs the logarithm of what is ready, plus an action's consumers.
class Scheduler {
 public:
  // What waits for the network never keeps a processor from work.
  enum class Lane : uint8_t { kCompute, kFetch };

  struct Work {
    enum class Kind : uint8_t { kCheck, kRun } kind;
    ActionId action;
    friend bool operator==(const Work&, const Work&) = default;
  };

  // Everything that `wanted` needs, and no more. With `keep_going`, a failure
  // spoils only what depends on it; without, nothing new starts after one. A
  // failed test spoils nothing. `graph` outlives the scheduler. Fails with
  // kInternal if actions wait for each other in a circle.
  static absl::StatusOr<Scheduler> Create(const ActionGraph& graph,
                                          std::span<const ActionId> wanted,
                                          bool keep_going);

  // The most urgent work of the lane, which is the one with the longest way
  // still to go behind it: kReady becomes kChecking, kQueued kRunning. nullopt
  // if there is none now.
  std::optional<Work> Next(Lane lane);
  // How many calls of Next would have an answer.
  size_t available(Lane lane) const { return heaps_[index(lane)].size(); }

  // REQUIRES, of each: the state that the first word names.
  void Found(ActionId checking);   // Its result was in the cache.
  void Missed(ActionId checking);  // It was not.
  void Succeeded(ActionId running);
  void Failed(ActionId checking_or_running);
  // As Failed, but its consumers go on: they know what they can do without.
  void Tolerated(ActionId checking_or_running);
  // It could not run because the blobs that these actions made, sometime
  // before, are gone: they run again, then it is checked again. Not empty, and
  // none twice.
  void Lost(ActionId running, std::span<const ActionId> producers);
  // It was interrupted; so is everything else.
  void Cancelled(ActionId checking_or_running);

  // Nothing new starts from here on: what has not started is skipped.
  void Stop();

  ActionState state(ActionId action) const { return state_[action.index]; }
  // Whether nothing runs and nothing ever will.
  bool finished() const { return unfinished_ == 0; }
  // How many actions the request needs.
  int total() const { return total_; }

 private:
  struct Entry {
    uint32_t rank;
    ActionId action;
    // Top of the heap: the longest way, then what was declared first.
    friend bool operator<(const Entry& a, const Entry& b) {
      return a.rank != b.rank ? a.rank < b.rank
                              : a.action.index > b.action.index;
    }
  };

  Scheduler(const ActionGraph& graph, bool keep_going);
  static size_t index(Lane lane) { return static_cast<size_t>(lane); }

  void Collect(std::span<const ActionId> wanted);
  void LinkConsumers();
  absl::Status Rank();
  void Enter(ActionId action, ActionState state);
  void Finish(ActionId action, ActionState state);
  void Wake(ActionId consumer);
  void WakeConsumersOf(ActionId action);
  void SkipConsumersOf(ActionId failed);
  void RunAgain(ActionId done);
  std::span<const ActionId> ConsumersOf(ActionId action) const;

  const ActionGraph* graph_;
  bool keep_going_;
  bool stopped_ = false;
  int total_ = 0;
  int unfinished_ = 0;
  std::vector<ActionId> actions_;          // Those needed.
  std::vector<ActionState> state_;         // By action.
  std::vector<uint32_t> waiting_for_;      // By action: producers not done.
  std::vector<uint32_t> rank_;             // By action: longest way to a goal.
  std::vector<uint32_t> consumers_begin_;  // By action, into consumers_.
  std::vector<ActionId> consumers_;
  std::vector<Entry> heaps_[2];  // By lane: kReady and kQueued.
  // Actions that run a second time, and who waits for that.
  absl::flat_hash_map<uint32_t, std::vector<ActionId>> again_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SCHEDULER_H_
