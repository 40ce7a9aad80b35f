// SPDX-License-Identifier: Apache-2.0
// `graph fetch`: of all that a build of the patterns would do, only what brings
// sources from outside.

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "engine/exec/executor.h"
#include "engine/exec/runner.h"
#include "engine/session/analyze_patterns.h"
#include "engine/session/parts.h"
#include "engine/session/source_files.h"
#include "engine/session/steps.h"

namespace graph {
namespace {

// Nothing that is fetched wants a command to be run.
class NoRunner : public Runner {
 public:
  Isolation isolation() const override { return Isolation::kStrict; }
  absl::StatusOr<std::vector<std::pair<std::string, std::string>>> properties(
      const std::vector<std::string>&) override {
    return absl::InternalError("a command is needed to fetch");
  }
  absl::StatusOr<SpawnResult> Run(const Spawn&, int) override {
    return absl::InternalError("a command is needed to fetch");
  }
  void Cancel() override {}
};

// Finds what fetches, among all that the targets that were asked for are made
// of, their tests too.
class Fetches {
 public:
  explicit Fetches(const ActionGraph& graph) : graph_(graph) {}

  void Add(const ConfiguredTarget& target) {
    for (ArtifactId id : target.files) Add(id);
    for (ArtifactId id : target.runfiles) Add(id);
    if (target.executable) Add(*target.executable);
    for (ActionId id : target.tests) Add(id);
    while (!waiting_.empty()) {
      const Action& action = graph_.action(waiting_.back());
      waiting_.pop_back();
      for (ArtifactId id : action.inputs) Add(id);
      for (ArtifactId id : action.optional_inputs) Add(id);
    }
  }

  // What they make, sorted.
  std::vector<ArtifactId> Outputs() && {
    std::sort(outputs_.begin(), outputs_.end());
    return std::move(outputs_);
  }

 private:
  void Add(ArtifactId id) {
    const ActionId producer = graph_.artifact(id).producer;
    if (producer != kNoAction) Add(producer);
  }
  void Add(ActionId id) {
    if (!seen_.insert(id.index).second) return;
    waiting_.push_back(id);
    const Action& action = graph_.action(id);
    if (action.kind != Action::Kind::kFetch) return;
    outputs_.insert(outputs_.end(), action.outputs.begin(),
                    action.outputs.end());
  }

  const ActionGraph& graph_;
  absl::flat_hash_set<uint32_t> seen_;
  std::vector<ActionId> waiting_;
  std::vector<ArtifactId> outputs_;
};

}  // namespace

absl::StatusOr<FetchReport> Session::Fetch(
    const std::vector<std::string>& patterns) {
  ASSIGN_OR_RETURN(const AnalyzedPatterns analyzed,
                   AnalyzePatterns(*parts_, patterns));
  const Analysis& analysis = analyzed.analysis;
  Fetches fetches(analysis.graph);
  for (const ConfiguredTarget& target : analysis.targets) fetches.Add(target);
  const std::vector<ArtifactId> wanted = std::move(fetches).Outputs();

  ASSIGN_OR_RETURN(Back back, parts_->OpenBack());
  const FetchContext context = FetchingBy(parts_->settings);
  const BuiltinSteps steps = AllSteps(context);
  SourceFiles sources(parts_->workspace, *back.files, parts_->front->reads,
                      *back.store);
  NoRunner runner;
  ExecutorOptions options;
  options.jobs = parts_->settings.jobs();
  options.keep_going = true;  // All that cannot be had is told at once.
  Executor executor(analysis.graph, sources, *back.store, *back.cache, runner,
                    steps, parts_->events, parts_->cancellation, options);
  const Outcome outcome = executor.Build(wanted, {});
  RETURN_IF_ERROR(outcome.status);
  RETURN_IF_ERROR(back.store->Flush());
  return FetchReport{.ok = outcome.failures.empty(), .totals = outcome.counts};
}

}  // namespace graph
