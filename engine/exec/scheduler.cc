// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/scheduler.h"

#include <algorithm>
#include <cassert>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"

namespace graph {

absl::StatusOr<Scheduler> Scheduler::Create(const ActionGraph& graph,
                                            std::span<const ActionId> wanted,
                                            bool keep_going) {
  Scheduler scheduler(graph, keep_going);
  scheduler.Collect(wanted);
  scheduler.LinkConsumers();
  RETURN_IF_ERROR(scheduler.Rank());
  for (ActionId action : scheduler.actions_) {
    if (scheduler.waiting_for_[action.index] == 0) {
      scheduler.Enter(action, ActionState::kReady);
    }
  }
  return scheduler;
}

Scheduler::Scheduler(const ActionGraph& graph, bool keep_going)
    : graph_(&graph),
      keep_going_(keep_going),
      state_(graph.action_count(), ActionState::kUnwanted),
      waiting_for_(graph.action_count(), 0),
      rank_(graph.action_count(), 0),
      consumers_begin_(graph.action_count() + 1, 0) {}

// Everything that is needed, in the order in which it is found.
void Scheduler::Collect(std::span<const ActionId> wanted) {
  const auto want = [&](ActionId action) {
    if (state_[action.index] != ActionState::kUnwanted) return;
    state_[action.index] = ActionState::kWaiting;
    actions_.push_back(action);
  };
  for (ActionId action : wanted) want(action);
  for (size_t next = 0; next < actions_.size(); ++next) {
    for (ArtifactId input : graph_->action(actions_[next]).inputs) {
      const ActionId producer = graph_->artifact(input).producer;
      if (producer != kNoAction) want(producer);
    }
  }
  total_ = unfinished_ = static_cast<int>(actions_.size());
}

// Counts, for each action, the producers that it waits for, and lists the
// consumers of each: once for each input, which is simpler than to tell apart
// and comes to the same.
void Scheduler::LinkConsumers() {
  const auto for_each_edge = [&](auto visit) {
    for (ActionId action : actions_) {
      for (ArtifactId input : graph_->action(action).inputs) {
        const ActionId producer = graph_->artifact(input).producer;
        if (producer != kNoAction) visit(producer, action);
      }
    }
  };
  for_each_edge([&](ActionId producer, ActionId consumer) {
    ++waiting_for_[consumer.index];
    ++consumers_begin_[producer.index + 1];
  });
  for (size_t i = 1; i < consumers_begin_.size(); ++i) {
    consumers_begin_[i] += consumers_begin_[i - 1];
  }
  consumers_.resize(consumers_begin_.back());
  std::vector<uint32_t> next(consumers_begin_.begin(),
                             consumers_begin_.end() - 1);
  for_each_edge([&](ActionId producer, ActionId consumer) {
    consumers_[next[producer.index]++] = consumer;
  });
}

std::span<const ActionId> Scheduler::ConsumersOf(ActionId action) const {
  return std::span(consumers_)
      .subspan(
          consumers_begin_[action.index],
          consumers_begin_[action.index + 1] - consumers_begin_[action.index]);
}

// From the goals back to the sources; what a circle holds is never reached.
absl::Status Scheduler::Rank() {
  std::vector<uint32_t> unranked(state_.size(), 0);
  std::vector<ActionId> order;
  order.reserve(actions_.size());
  for (ActionId action : actions_) {
    unranked[action.index] = static_cast<uint32_t>(ConsumersOf(action).size());
    if (unranked[action.index] == 0) order.push_back(action);
  }
  for (size_t next = 0; next < order.size(); ++next) {
    const ActionId action = order[next];
    for (ArtifactId input : graph_->action(action).inputs) {
      const ActionId producer = graph_->artifact(input).producer;
      if (producer == kNoAction) continue;
      uint32_t& rank = rank_[producer.index];
      rank = std::max(rank, rank_[action.index] + 1);
      if (--unranked[producer.index] == 0) order.push_back(producer);
    }
  }
  if (order.size() == actions_.size()) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat(actions_.size() - order.size(),
                   " actions wait for each other in a circle"));
}

void Scheduler::Enter(ActionId action, ActionState state) {
  state_[action.index] = state;
  if (stopped_) {
    Finish(action, ActionState::kSkipped);
    return;
  }
  const Lane lane = graph_->action(action).kind == Action::Kind::kFetch
                        ? Lane::kFetch
                        : Lane::kCompute;
  std::vector<Entry>& heap = heaps_[index(lane)];
  heap.push_back({rank_[action.index], action});
  std::push_heap(heap.begin(), heap.end());
}

std::optional<Scheduler::Work> Scheduler::Next(Lane lane) {
  std::vector<Entry>& heap = heaps_[index(lane)];
  if (heap.empty()) return std::nullopt;
  std::pop_heap(heap.begin(), heap.end());
  const ActionId action = heap.back().action;
  heap.pop_back();
  if (state_[action.index] == ActionState::kReady) {
    state_[action.index] = ActionState::kChecking;
    return Work{Work::Kind::kCheck, action};
  }
  assert(state_[action.index] == ActionState::kQueued);
  state_[action.index] = ActionState::kRunning;
  return Work{Work::Kind::kRun, action};
}

void Scheduler::Finish(ActionId action, ActionState state) {
  state_[action.index] = state;
  --unfinished_;
}

void Scheduler::Wake(ActionId consumer) {
  if (--waiting_for_[consumer.index] == 0 &&
      state_[consumer.index] == ActionState::kWaiting) {
    Enter(consumer, ActionState::kReady);
  }
}

void Scheduler::WakeConsumersOf(ActionId action) {
  if (auto again = again_.extract(action.index); !again.empty()) {
    for (ActionId consumer : again.mapped()) Wake(consumer);
    return;
  }
  for (ActionId consumer : ConsumersOf(action)) Wake(consumer);
}

void Scheduler::Found(ActionId checking) {
  assert(state(checking) == ActionState::kChecking);
  Finish(checking, ActionState::kDone);
  WakeConsumersOf(checking);
}

void Scheduler::Missed(ActionId checking) {
  assert(state(checking) == ActionState::kChecking);
  Enter(checking, ActionState::kQueued);
}

void Scheduler::Succeeded(ActionId running) {
  assert(state(running) == ActionState::kRunning);
  Finish(running, ActionState::kDone);
  WakeConsumersOf(running);
}

void Scheduler::Failed(ActionId checking_or_running) {
  Finish(checking_or_running, ActionState::kFailed);
  SkipConsumersOf(checking_or_running);
  if (!keep_going_ && !graph_->action(checking_or_running).is_test) Stop();
}

void Scheduler::Tolerated(ActionId checking_or_running) {
  Finish(checking_or_running, ActionState::kFailed);
  WakeConsumersOf(checking_or_running);
}

void Scheduler::Cancelled(ActionId checking_or_running) {
  Finish(checking_or_running, ActionState::kSkipped);
  Stop();
}

void Scheduler::SkipConsumersOf(ActionId failed) {
  std::vector<ActionId> spoilt = {failed};
  while (!spoilt.empty()) {
    const ActionId action = spoilt.back();
    spoilt.pop_back();
    const auto skip = [&](ActionId consumer) {
      if (state(consumer) != ActionState::kWaiting) return;
      Finish(consumer, ActionState::kSkipped);
      spoilt.push_back(consumer);
    };
    if (auto again = again_.extract(action.index); !again.empty()) {
      for (ActionId consumer : again.mapped()) skip(consumer);
    }
    for (ActionId consumer : ConsumersOf(action)) skip(consumer);
  }
}

void Scheduler::RunAgain(ActionId done) {
  assert(state(done) == ActionState::kDone);
  again_[done.index];
  ++unfinished_;
  Enter(done, ActionState::kQueued);
}

void Scheduler::Lost(ActionId running, std::span<const ActionId> producers) {
  assert(state(running) == ActionState::kRunning && !producers.empty());
  if (stopped_) {
    Finish(running, ActionState::kSkipped);
    return;
  }
  state_[running.index] = ActionState::kWaiting;
  waiting_for_[running.index] = static_cast<uint32_t>(producers.size());
  for (ActionId producer : producers) {
    if (state(producer) == ActionState::kDone) RunAgain(producer);
    if (auto again = again_.find(producer.index); again != again_.end()) {
      again->second.push_back(running);
    } else {
      // It failed or was skipped when it ran again.
      Finish(running, ActionState::kSkipped);
      SkipConsumersOf(running);
      return;
    }
  }
}

void Scheduler::Stop() {
  if (stopped_) return;
  stopped_ = true;
  for (std::vector<Entry>& heap : heaps_) heap.clear();
  for (ActionId action : actions_) {
    const ActionState now = state(action);
    if (now == ActionState::kWaiting || now == ActionState::kReady ||
        now == ActionState::kQueued) {
      Finish(action, ActionState::kSkipped);
    }
  }
}

}  // namespace graph
