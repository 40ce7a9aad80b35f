// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/executor.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/action/key.h"
#include "engine/base/mutex.h"
#include "engine/exec/action_run.h"
#include "engine/exec/artifact_table.h"
#include "engine/exec/failure_text.h"
#include "engine/exec/scheduler.h"
#include "engine/os/clock.h"

namespace graph {
namespace {

// Threads for what waits for the network.
constexpr int kFetchThreads = 4;
// How often an action may find its inputs lost before we give up.
constexpr int kMostTries = 3;

using Lane = Scheduler::Lane;
using Work = Scheduler::Work;

bool IsLoss(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsDataLoss(status);
}

// What one piece of work came to.
struct Verdict {
  enum class Kind : uint8_t {
    kFound,
    kMissed,
    kSucceeded,
    kFailed,
    kTolerated,
    kLost,
    kCancelled
  } kind;
  std::vector<ActionId> producers;  // kLost
  ActionFailed failure;             // kFailed, kTolerated
};

// What a check leaves for the run that follows it.
struct Prepared {
  std::vector<SpawnInput> inputs;
  ActionKey key;
};

}  // namespace

// Threads take work from the scheduler under `mu`, do it without, and tell the
// scheduler what came of it. What belongs to one action (outcome, prepared,
// tries) is touched only by the thread that has it in kChecking or kRunning.
struct Executor::State {
  State(const ActionGraph& g, SourceResolver& source_resolver, BlobStore& s,
        ActionCache& c, Runner& r, const BuiltinSteps& steps, EventSink& e,
        const Cancellation& cancel, ExecutorOptions o, Materializer* m)
      : graph(g),
        store(s),
        cache(c),
        runner(r),
        events(e),
        cancellation(cancel),
        options(std::move(o)),
        materializer(m),
        artifacts(g, source_resolver),
        keys(r.isolation(),
             [&r](const auto& packages) { return r.properties(packages); }),
        run(g, s, r, steps, cancel),
        wanted(g.artifact_count(), false),
        prepared(g.action_count()),
        tries(g.action_count(), 0) {
    outcome.actions.resize(g.action_count());
  }

  void Serve(Lane lane, int slot) ABSL_LOCKS_EXCLUDED(mu);
  void RunThreads() ABSL_LOCKS_EXCLUDED(mu);
  Verdict Do(const Work& work, int slot);
  void Apply(ActionId id, Verdict verdict) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  void WakeOthers(Lane own) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  void Stop() ABSL_LOCKS_EXCLUDED(mu);
  void Finish(std::span<const ArtifactId> asked) ABSL_LOCKS_EXCLUDED(mu);

  absl::Status Prepare(ActionId id);
  // Prepares it; if that cannot be, what became of it.
  std::optional<Verdict> PrepareOrFail(ActionId id);
  Verdict Check(ActionId id);
  Verdict RunIt(ActionId id, int slot);
  Verdict CouldNotRun(ActionId id, const absl::Status& status);
  absl::StatusOr<RunReport> TryRun(ActionId id, int slot);
  Verdict TakeReport(ActionId id, RunReport report);
  Verdict Failed(ActionId id, std::string reason, const RunReport& report);
  // What ran or lacks what others failed to make, so that it may be tolerated.
  Verdict FailedItself(ActionId id, std::string reason,
                       const RunReport& report);
  absl::Status Record(ActionId id, ActionResult& result);
  absl::Status PlaceWanted(const Action& action,
                           std::span<const OutputEntry> outputs);
  // What an earlier build put in their places must not pass for its outputs.
  absl::Status RemoveWanted(const Action& action);
  void Describe(ActionId id, const ActionResult& result, How how);
  ActionFailed Describe(ActionId id, std::string reason,
                        const RunReport& report) const;
  std::string AdviceOn(const Action& action, const RunReport& report) const;

  const ActionGraph& graph;
  BlobStore& store;
  ActionCache& cache;
  Runner& runner;
  EventSink& events;
  const Cancellation& cancellation;
  const ExecutorOptions options;
  Materializer* const materializer;

  ArtifactTable artifacts;
  KeyMaker keys;
  ActionRun run;
  std::vector<bool> wanted;  // By artifact: was asked for.
  std::vector<std::unique_ptr<Prepared>> prepared;
  std::vector<uint8_t> tries;
  Outcome outcome;  // `actions` as said above, the rest guarded by mu.

  Mutex mu;
  std::optional<Scheduler> scheduler ABSL_GUARDED_BY(mu);
  CondVar work_for[2];
  int idle[2] ABSL_GUARDED_BY(mu) = {0, 0};
};

// --- Threads -----------------------------------------------------------------

void Executor::State::Serve(Lane lane, int slot) {
  const size_t own = static_cast<size_t>(lane);
  MutexLock lock(&mu);
  while (!scheduler->finished()) {
    std::optional<Work> work = scheduler->Next(lane);
    if (!work.has_value()) {
      ++idle[own];
      work_for[own].Wait(&mu);
      --idle[own];
      continue;
    }
    mu.Unlock();
    Verdict verdict = Do(*work, slot);
    mu.Lock();
    Apply(work->action, std::move(verdict));
    WakeOthers(lane);
  }
}

// This thread takes one piece itself; each other piece wakes one that idles.
void Executor::State::WakeOthers(Lane own) {
  for (Lane lane : {Lane::kCompute, Lane::kFetch}) {
    CondVar& sleepers = work_for[static_cast<size_t>(lane)];
    if (scheduler->finished()) {
      sleepers.SignalAll();
      continue;
    }
    size_t spare = scheduler->available(lane);
    if (lane == own && spare > 0) --spare;
    const size_t sleeping = idle[static_cast<size_t>(lane)];
    for (size_t i = 0; i < std::min(spare, sleeping); ++i) sleepers.Signal();
  }
}

void Executor::State::RunThreads() {
  int compute = 0, fetch = 0;
  {
    MutexLock lock(&mu);
    for (uint32_t i = 0; i < graph.action_count(); ++i) {
      if (scheduler->state({i}) == ActionState::kUnwanted) continue;
      ++(graph.action({i}).kind == Action::Kind::kFetch ? fetch : compute);
    }
  }
  std::vector<std::thread> threads;
  for (int slot = 0; slot < std::min(compute, options.jobs); ++slot) {
    threads.emplace_back([this, slot] { Serve(Lane::kCompute, slot); });
  }
  for (int i = 0; i < std::min(fetch, kFetchThreads); ++i) {
    threads.emplace_back([this] { Serve(Lane::kFetch, -1); });
  }
  const uint64_t on_cancel = cancellation.OnCancel([this] { Stop(); });
  for (std::thread& thread : threads) thread.join();
  cancellation.Forget(on_cancel);
}

void Executor::State::Stop() {
  runner.Cancel();
  MutexLock lock(&mu);
  scheduler->Stop();
  for (CondVar& sleepers : work_for) sleepers.SignalAll();
}

Verdict Executor::State::Do(const Work& work, int slot) {
  if (cancellation.cancelled()) return {Verdict::Kind::kCancelled, {}, {}};
  return work.kind == Work::Kind::kCheck ? Check(work.action)
                                         : RunIt(work.action, slot);
}

void Executor::State::Apply(ActionId id, Verdict verdict) {
  switch (verdict.kind) {
    case Verdict::Kind::kFound:
      ++outcome.counts.cached_local;
      scheduler->Found(id);
      break;
    case Verdict::Kind::kMissed:
      scheduler->Missed(id);
      break;
    case Verdict::Kind::kSucceeded:
      ++outcome.counts.run;
      scheduler->Succeeded(id);
      break;
    case Verdict::Kind::kFailed:
      ++outcome.counts.failed;
      if (!graph.action(id).is_test || !verdict.failure.reason.empty()) {
        outcome.failures.push_back(std::move(verdict.failure));
      }
      scheduler->Failed(id);
      break;
    case Verdict::Kind::kTolerated:
      ++outcome.counts.tolerated;
      outcome.tolerated.push_back(std::move(verdict.failure));
      scheduler->Tolerated(id);
      break;
    case Verdict::Kind::kLost:
      scheduler->Lost(id, verdict.producers);
      break;
    case Verdict::Kind::kCancelled:
      scheduler->Cancelled(id);
      break;
  }
}

// --- One action --------------------------------------------------------------

absl::Status Executor::State::Prepare(ActionId id) {
  const Action& action = graph.action(id);
  auto fresh = std::make_unique<Prepared>();
  ASSIGN_OR_RETURN(fresh->inputs, artifacts.InputsOf(action));
  ASSIGN_OR_RETURN(fresh->key, keys.KeyOf(graph, action, fresh->inputs));
  outcome.actions[id.index].key = fresh->key.key;
  prepared[id.index] = std::move(fresh);
  return absl::OkStatus();
}

std::optional<Verdict> Executor::State::PrepareOrFail(ActionId id) {
  if (std::string lack = artifacts.LackOf(graph.action(id)); !lack.empty()) {
    return FailedItself(id, std::move(lack), {});
  }
  if (absl::Status status = Prepare(id); !status.ok()) {
    return Failed(id, std::string(status.message()), {});
  }
  return std::nullopt;
}

Verdict Executor::State::Check(ActionId id) {
  const Action& action = graph.action(id);
  if (std::optional<Verdict> failed = PrepareOrFail(id)) {
    return *std::move(failed);
  }
  if (options.trace && action.kind == Action::Kind::kSpawn) {
    return {Verdict::Kind::kMissed, {}, {}};
  }
  const Isolation at_least = action.kind == Action::Kind::kSpawn
                                 ? runner.isolation()
                                 : Isolation::kStrict;
  auto found = cache.Find(prepared[id.index]->key.key, at_least);
  if (!found.ok() || !found->has_value()) {
    return {Verdict::Kind::kMissed, {}, {}};
  }
  const ActionResult& result = **found;
  std::vector<SpawnOutput> declared;
  for (ArtifactId output : action.outputs) {
    const Artifact& artifact = graph.artifact(output);
    declared.push_back(
        {artifact.path, artifact.kind == Artifact::Kind::kDirectory});
  }
  if (!FaultOf(result.outputs, declared).empty()) {
    return {Verdict::Kind::kMissed, {}, {}};
  }
  artifacts.Adopt(action, result.outputs);
  if (absl::Status placed = PlaceWanted(action, result.outputs); !placed.ok()) {
    if (IsLoss(placed)) return {Verdict::Kind::kMissed, {}, {}};
    return Failed(id, std::string(placed.message()), {});
  }
  prepared[id.index].reset();
  Describe(id, result, How::kCachedLocal);
  events.Emit(
      ActionFinished{id.index, action.owner, action.mnemonic, How::kCachedLocal,
                     outcome.actions[id.index].key.ToString(), 0, true});
  return {Verdict::Kind::kFound, {}, {}};
}

Verdict Executor::State::RunIt(ActionId id, int slot) {
  const Action& action = graph.action(id);
  if (prepared[id.index] == nullptr) {  // It runs again.
    if (std::optional<Verdict> failed = PrepareOrFail(id)) {
      return *std::move(failed);
    }
  }
  events.Emit(
      ActionStarted{id.index, action.owner, action.mnemonic, action.message});
  const int64_t start = MonotonicMicros();
  absl::StatusOr<RunReport> report = TryRun(id, slot);
  Verdict verdict = report.ok() ? TakeReport(id, *std::move(report))
                                : CouldNotRun(id, report.status());
  prepared[id.index].reset();
  events.Emit(ActionFinished{id.index, action.owner, action.mnemonic, How::kRun,
                             outcome.actions[id.index].key.ToString(),
                             (MonotonicMicros() - start) / 1000,
                             verdict.kind == Verdict::Kind::kSucceeded,
                             verdict.kind == Verdict::Kind::kTolerated});
  return verdict;
}

absl::StatusOr<RunReport> Executor::State::TryRun(ActionId id, int slot) {
  const Action& action = graph.action(id);
  while (true) {
    RETURN_IF_ERROR(artifacts.ProvideSources(action));
    absl::StatusOr<RunReport> report =
        run.Run(action, prepared[id.index]->inputs, slot);
    if (report.ok() || !IsLoss(report.status()) ||
        ++tries[id.index] >= kMostTries) {
      return report;
    }
    // Sources that were lost are put back at once; what actions made is for
    // the scheduler.
    bool lost_source = false;
    ASSIGN_OR_RETURN(std::vector<ActionId> producers,
                     artifacts.LostProducers(action, store, &lost_source));
    if (!producers.empty() || !lost_source) return report;
  }
}

Verdict Executor::State::CouldNotRun(ActionId id, const absl::Status& status) {
  if (absl::IsCancelled(status)) return {Verdict::Kind::kCancelled, {}, {}};
  if (IsLoss(status) && tries[id.index] < kMostTries) {
    bool lost_source = false;
    auto producers =
        artifacts.LostProducers(graph.action(id), store, &lost_source);
    if (producers.ok() && !producers->empty()) {
      return {Verdict::Kind::kLost, *std::move(producers), {}};
    }
  }
  return Failed(id, std::string(status.message()), {});
}

Verdict Executor::State::TakeReport(ActionId id, RunReport report) {
  const Action& action = graph.action(id);
  ActionOutcome& mine = outcome.actions[id.index];
  mine.exit_code = report.exit_code;
  mine.timed_out = report.timed_out;
  Describe(id, report.result, How::kRun);
  if (!report.reason.empty()) return FailedItself(id, report.reason, report);
  if (options.trace && action.kind == Action::Kind::kSpawn) {
    options.trace(id, std::move(report.reads));
  }
  if (absl::Status recorded = Record(id, report.result); !recorded.ok()) {
    events.Emit(Warning{absl::StrCat("cannot keep the result of ", action.owner,
                                     ": ", recorded.message())});
  }
  artifacts.Adopt(action, report.result.outputs);
  if (absl::Status placed = PlaceWanted(action, report.result.outputs);
      !placed.ok()) {
    return Failed(id, std::string(placed.message()), {});
  }
  return {Verdict::Kind::kSucceeded, {}, {}};
}

absl::Status Executor::State::Record(ActionId id, ActionResult& result) {
  const Prepared& made_of = *prepared[id.index];
  result.writer = options.writer;
  ASSIGN_OR_RETURN(
      const std::string parts,
      keys.PartsOf(graph, graph.action(id), made_of.inputs, made_of.key));
  ASSIGN_OR_RETURN(result.parts, store.Put(parts));
  return cache.Record(made_of.key.key, result);
}

void Executor::State::Describe(ActionId id, const ActionResult& result,
                               How how) {
  ActionOutcome& mine = outcome.actions[id.index];
  mine.how = how;
  mine.isolation = result.isolation;
  mine.wall_us = result.wall_us;
  mine.stdout_digest = result.stdout_digest;
  mine.stderr_digest = result.stderr_digest;
}

ActionFailed Executor::State::Describe(ActionId id, std::string reason,
                                       const RunReport& report) const {
  const Action& action = graph.action(id);
  ActionFailed failure;
  failure.action = id.index;
  failure.label = action.owner;
  failure.mnemonic = action.mnemonic;
  failure.reason = std::move(reason);
  failure.stdout_text = report.stdout_text;
  failure.stderr_text = report.stderr_text;
  failure.repeat_command = RepeatCommand(action);
  failure.advice = AdviceOn(action, report);
  return failure;
}

std::string Executor::State::AdviceOn(const Action& action,
                                      const RunReport& report) const {
  if (!options.advise || action.kind != Action::Kind::kSpawn) return "";
  if (report.stdout_text.empty() && report.stderr_text.empty()) return "";
  return options.advise(
      action, absl::StrCat(report.stderr_text, "\n", report.stdout_text));
}

Verdict Executor::State::FailedItself(ActionId id, std::string reason,
                                      const RunReport& report) {
  const Action& action = graph.action(id);
  if (!action.tolerant || options.intolerant.contains(id.index)) {
    return Failed(id, std::move(reason), report);
  }
  if (absl::Status removed = RemoveWanted(action); !removed.ok()) {
    return Failed(id, std::string(removed.message()), report);
  }
  artifacts.Forget(action);
  outcome.actions[id.index].tolerated = true;
  Verdict verdict{Verdict::Kind::kTolerated, {}, {}};
  verdict.failure = Describe(id, std::move(reason), report);
  verdict.failure.tolerated = true;
  events.Emit(verdict.failure);
  return verdict;
}

// A test that ran and failed is an answer, not a failure to be told here.
Verdict Executor::State::Failed(ActionId id, std::string reason,
                                const RunReport& report) {
  const Action& action = graph.action(id);
  Verdict verdict{Verdict::Kind::kFailed, {}, {}};
  if (action.is_test && (report.exit_code != 0 || report.timed_out)) {
    if (std::string advice = AdviceOn(action, report); !advice.empty()) {
      events.Emit(Warning{absl::StrCat(action.owner, " failed\n", advice)});
    }
    return verdict;
  }
  verdict.failure = Describe(id, std::move(reason), report);
  events.Emit(verdict.failure);
  return verdict;
}

absl::Status Executor::State::PlaceWanted(
    const Action& action, std::span<const OutputEntry> outputs) {
  if (materializer == nullptr) return absl::OkStatus();
  for (ArtifactId id : action.outputs) {
    if (!wanted[id.index]) continue;
    const std::string& path = graph.artifact(id).path;
    auto it = std::lower_bound(
        outputs.begin(), outputs.end(), path,
        [](const OutputEntry& o, const std::string& p) { return o.path < p; });
    RETURN_IF_ERROR(materializer->Place(*it));
  }
  return absl::OkStatus();
}

absl::Status Executor::State::RemoveWanted(const Action& action) {
  if (materializer == nullptr) return absl::OkStatus();
  for (ArtifactId id : action.outputs) {
    if (!wanted[id.index]) continue;
    RETURN_IF_ERROR(materializer->Remove(graph.artifact(id).path));
  }
  return absl::OkStatus();
}

void Executor::State::Finish(std::span<const ArtifactId> asked) {
  MutexLock lock(&mu);
  Finished& counts = outcome.counts;
  counts.total = scheduler->total();
  for (uint32_t i = 0; i < outcome.actions.size(); ++i) {
    ActionOutcome& action = outcome.actions[i];
    action.state = scheduler->state({i});
    if (action.tolerated) continue;
    if (action.state == ActionState::kFailed ||
        action.state == ActionState::kSkipped) {
      counts.ok = false;
    }
  }
  for (ArtifactId id : asked) {
    const ActionId producer = graph.artifact(id).producer;
    const bool made = producer == kNoAction ||
                      scheduler->state(producer) == ActionState::kDone;
    outcome.artifacts.push_back(made ? artifacts.Find(id) : std::nullopt);
    const bool tolerated =
        producer != kNoAction && outcome.actions[producer.index].tolerated;
    if (!tolerated && !outcome.artifacts.back().has_value()) counts.ok = false;
  }
  outcome.sources = artifacts.Sources();
  if (cancellation.cancelled()) {
    outcome.status = absl::CancelledError("interrupted");
    counts.ok = false;
  }
}

Executor::Executor(const ActionGraph& graph, SourceResolver& sources,
                   BlobStore& store, ActionCache& cache, Runner& runner,
                   const BuiltinSteps& steps, EventSink& events,
                   const Cancellation& cancellation, ExecutorOptions options,
                   Materializer* materializer)
    : state_(std::make_unique<State>(graph, sources, store, cache, runner,
                                     steps, events, cancellation,
                                     std::move(options), materializer)) {}

Executor::~Executor() = default;

Outcome Executor::Build(std::span<const ArtifactId> artifacts,
                        std::span<const ActionId> actions) {
  State& s = *state_;
  std::vector<ActionId> goals(actions.begin(), actions.end());
  for (ArtifactId id : artifacts) {
    s.wanted[id.index] = true;
    const ActionId producer = s.graph.artifact(id).producer;
    if (producer != kNoAction) goals.push_back(producer);
  }
  absl::StatusOr<Scheduler> scheduler =
      Scheduler::Create(s.graph, goals, s.options.keep_going);
  if (!scheduler.ok()) {
    s.outcome.status = scheduler.status();
    s.outcome.counts.ok = false;
    return std::move(s.outcome);
  }
  s.events.Emit(ExecutionStarted{scheduler->total(), s.options.jobs});
  {
    MutexLock lock(&s.mu);
    s.scheduler = *std::move(scheduler);
  }
  s.RunThreads();
  s.Finish(artifacts);
  return std::move(s.outcome);
}

absl::StatusOr<std::string> LogOf(const ActionOutcome& outcome,
                                  BlobStore& store) {
  if (outcome.stdout_digest == Digest()) return "";  // It never ran.
  ASSIGN_OR_RETURN(std::string log, store.Get(outcome.stdout_digest));
  ASSIGN_OR_RETURN(std::string errors, store.Get(outcome.stderr_digest));
  return log + errors;
}

}  // namespace graph
