// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/action_run.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/action/environment.h"
#include "engine/action/requirements.h"
#include "engine/exec/failure_text.h"
#include "engine/os/clock.h"

namespace graph {
namespace {

bool IsDeclared(const std::vector<SpawnOutput>& declared,
                const std::string& path) {
  return std::any_of(
      declared.begin(), declared.end(),
      [&](const SpawnOutput& output) { return output.path == path; });
}

// Sorted, and nothing that was not declared.
std::vector<OutputEntry> Normalized(std::vector<OutputEntry> outputs,
                                    const std::vector<SpawnOutput>& declared) {
  std::sort(outputs.begin(), outputs.end(),
            [](const OutputEntry& a, const OutputEntry& b) {
              return a.path < b.path;
            });
  outputs.erase(std::remove_if(outputs.begin(), outputs.end(),
                               [&](const OutputEntry& output) {
                                 return !IsDeclared(declared, output.path);
                               }),
                outputs.end());
  return outputs;
}

}  // namespace

ActionRun::ActionRun(const ActionGraph& graph, BlobStore& store, Runner& runner,
                     const BuiltinSteps& steps,
                     const Cancellation& cancellation)
    : graph_(graph),
      store_(store),
      runner_(runner),
      steps_(steps),
      cancellation_(cancellation) {}

std::vector<SpawnOutput> ActionRun::OutputsOf(const Action& action) const {
  std::vector<SpawnOutput> outputs;
  outputs.reserve(action.outputs.size());
  for (ArtifactId id : action.outputs) {
    const Artifact& artifact = graph_.artifact(id);
    outputs.push_back(
        {artifact.path, artifact.kind == Artifact::Kind::kDirectory});
  }
  return outputs;
}

absl::StatusOr<RunReport> ActionRun::Run(const Action& action,
                                         std::vector<SpawnInput> inputs,
                                         int slot) {
  if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
  if (action.kind == Action::Kind::kSpawn) {
    return RunCommand(action, std::move(inputs), slot);
  }
  return RunStep(action, inputs);
}

absl::StatusOr<RunReport> ActionRun::RunCommand(const Action& action,
                                                std::vector<SpawnInput> inputs,
                                                int slot) {
  Spawn spawn;
  spawn.argv = action.argv;
  spawn.env = EnvironmentOf(action);
  spawn.inputs = std::move(inputs);
  spawn.outputs = OutputsOf(action);
  spawn.packages = action.packages;
  spawn.timeout_s = action.timeout_s;
  const Requirements requirements = RequirementsOf(action);
  spawn.loopback = requirements.loopback;
  spawn.memory_limit = requirements.memory_limit;
  spawn.process_limit = requirements.process_limit;
  spawn.packages = action.packages;
  for (ArtifactId layer : action.root) {
    spawn.root.push_back(graph_.artifact(layer).path);
  }
  if (action.layer != kNoArtifact) {
    spawn.layer = graph_.artifact(action.layer).path;
  }
  ASSIGN_OR_RETURN(SpawnResult ran, runner_.Run(spawn, slot));

  RunReport report;
  ASSIGN_OR_RETURN(report.result.stdout_digest, store_.Put(ran.stdout_text));
  ASSIGN_OR_RETURN(report.result.stderr_digest, store_.Put(ran.stderr_text));
  report.result.isolation = runner_.isolation();
  report.result.wall_us = ran.wall_us;
  report.result.cpu_us = ran.cpu_us;
  report.result.max_rss_kb = ran.max_rss_kb;
  report.exit_code = ran.exit_code;
  report.timed_out = ran.timed_out;
  report.reads = std::move(ran.reads);
  if (ran.exit_code != 0 || ran.timed_out) {
    report.reason = ReasonOf(ran, action);
  } else {
    report.result.outputs = Normalized(std::move(ran.outputs), spawn.outputs);
    report.reason = FaultOf(report.result.outputs, spawn.outputs);
  }
  if (!report.reason.empty()) {
    report.stdout_text = std::move(ran.stdout_text);
    report.stderr_text = std::move(ran.stderr_text);
  }
  return report;
}

absl::StatusOr<RunReport> ActionRun::RunStep(
    const Action& action, const std::vector<SpawnInput>& inputs) {
  auto step = action.argv.empty() ? steps_.end() : steps_.find(action.argv[0]);
  if (step == steps_.end()) {
    return absl::InternalError(absl::StrCat(
        "there is no step `", action.argv.empty() ? "" : action.argv[0], "`"));
  }
  const std::vector<SpawnOutput> outputs = OutputsOf(action);
  const int64_t start = MonotonicMicros();
  ASSIGN_OR_RETURN(
      std::vector<OutputEntry> made,
      step->second({action, inputs, outputs, store_, cancellation_}));
  RunReport report;
  report.result.outputs = Normalized(std::move(made), outputs);
  report.result.stdout_digest = EmptyDigest();
  report.result.stderr_digest = EmptyDigest();
  report.result.wall_us = MonotonicMicros() - start;
  report.reason = FaultOf(report.result.outputs, outputs);
  return report;
}

}  // namespace graph
