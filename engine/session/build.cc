// SPDX-License-Identifier: Apache-2.0
// One build, from patterns to files: asks each part in turn and hands its
// answer to the next.

#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/action/manifest.h"
#include "engine/base/mutex.h"
#include "engine/base/version.h"
#include "engine/exec/executor.h"
#include "engine/exec/isolation.h"
#include "engine/exec/local_runner.h"
#include "engine/exec/materialize.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"
#include "engine/session/analyze_patterns.h"
#include "engine/session/host_programs.h"
#include "engine/session/parts.h"
#include "engine/session/report_text.h"
#include "engine/session/source_files.h"
#include "engine/session/steps.h"
#include "engine/session/traced_reads.h"
#include "engine/session/undeclared.h"

namespace graph {
namespace {

// What the toolchain is read from: which packages are installed, and which of
// them stand behind the common names.
constexpr const char* kToolchainSources[] = {
    "/var/lib/dpkg/status", "/var/lib/dpkg/diversions", "/etc/alternatives"};

// How long a build may make room in the cache at its end.
constexpr absl::Duration kMostRoomMaking = absl::Seconds(3);

// Everything that the answer depends on beside files, which have stamps.
uint64_t QuestionOf(const SessionParts& parts, const BuildRequest& request) {
  std::string text;
  auto add = [&text](absl::string_view part) {
    absl::StrAppend(&text, part.size(), ":", part);
  };
  absl::StatusOr<std::string> program = ProgramPath();
  if (program.ok()) {
    const FileStamp stamp = SettledStamp(*program);
    add(absl::StrCat(*program, " ", stamp.inode, " ", stamp.size, " ",
                     stamp.mtime_ns));
  }
  add(kVersion);
  add(parts.workspace);
  add(parts.here.path);
  add(parts.user_file);
  for (const auto& [name, value] : parts.environment.variables()) {
    if (absl::StartsWith(name, "GRAPH_")) add(absl::StrCat(name, "=", value));
  }
  for (const auto& [name, value] : parts.flags) {
    // How fast a build is, where it goes on and what ends it or is kept of it
    // do not change its answer.
    if (name != "jobs" && name != "keep-going" && name != "sandbox-debug" &&
        name != "action-timeout" && name != "memory-limit" &&
        name != "process-limit" && name != "cache-max-size") {
      add(absl::StrCat(name, "=", value));
    }
  }
  add(request.run_tests ? "test" : "build");
  for (const std::string& pattern : request.patterns) add(pattern);
  return XXH3_64bits(text.data(), text.size());
}

// The actions that make the files of `labels`.
absl::flat_hash_set<uint32_t> MakersOf(const Analysis& analysis,
                                       const std::vector<Label>& labels) {
  const absl::flat_hash_set<Label> wanted(labels.begin(), labels.end());
  absl::flat_hash_set<uint32_t> makers;
  for (const ConfiguredTarget& target : analysis.targets) {
    if (!wanted.contains(target.label)) continue;
    std::vector<ArtifactId> files = target.files;
    if (target.executable) files.push_back(*target.executable);
    for (ArtifactId id : files) {
      const ActionId producer = analysis.graph.artifact(id).producer;
      if (producer != kNoAction) makers.insert(producer.index);
    }
  }
  return makers;
}

// What is to be made for the targets that were asked for.
struct Wanted {
  std::vector<ArtifactId> artifacts;  // Made ones: sources are there already.
  std::vector<ActionId> tests;
};

Wanted WantedOf(const Analysis& analysis, bool run_tests) {
  Wanted wanted;
  auto want = [&](ArtifactId id) {
    if (analysis.graph.artifact(id).producer != kNoAction) {
      wanted.artifacts.push_back(id);
    }
  };
  for (const ConfiguredTarget& target : analysis.targets) {
    for (ArtifactId id : target.files) want(id);
    for (ArtifactId id : target.runfiles) want(id);
    if (target.executable) want(*target.executable);
    if (run_tests) {
      wanted.tests.insert(wanted.tests.end(), target.tests.begin(),
                          target.tests.end());
    }
  }
  auto sort = [](auto& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  sort(wanted.artifacts);
  sort(wanted.tests);
  return wanted;
}

// Without the outputs that are absent, which is tolerated.
std::vector<BuiltTarget> TargetsOf(const Analysis& analysis,
                                   const Outcome& outcome) {
  const auto is_there = [&](const Artifact& artifact) {
    return artifact.producer == kNoAction ||
           !outcome.actions[artifact.producer.index].tolerated;
  };
  std::vector<BuiltTarget> targets;
  for (const ConfiguredTarget& configured : analysis.targets) {
    BuiltTarget& target = targets.emplace_back();
    target.label = configured.label.ToString();
    for (ArtifactId id : configured.files) {
      const Artifact& artifact = analysis.graph.artifact(id);
      if (is_there(artifact)) target.outputs.push_back(artifact.path);
    }
    std::sort(target.outputs.begin(), target.outputs.end());
    if (configured.executable) {
      target.executable = analysis.graph.artifact(*configured.executable).path;
    }
  }
  std::sort(targets.begin(), targets.end(),
            [](const BuiltTarget& a, const BuiltTarget& b) {
              return a.label < b.label;
            });
  return targets;
}

Manifest ManifestOf(const Analysis& analysis, const Wanted& wanted,
                    const Outcome& outcome, Isolation isolation) {
  Manifest manifest;
  manifest.isolation = isolation;
  for (size_t i = 0; i < wanted.artifacts.size(); ++i) {
    if (!outcome.artifacts[i]) continue;
    const Artifact& artifact = analysis.graph.artifact(wanted.artifacts[i]);
    const ActionOutcome& action = outcome.actions[artifact.producer.index];
    manifest.artifacts.push_back({.label = artifact.owner,
                                  .output = *outcome.artifacts[i],
                                  .key = action.key,
                                  .isolation = action.isolation});
  }
  for (const SpawnInput& source : outcome.sources) {
    manifest.sources.push_back(
        {.path = source.path,
         .is_directory = source.kind == SpawnInput::Kind::kDirectory,
         .digest = source.digest});
  }
  for (const ActionFailed& failure : outcome.tolerated) {
    ToleratedFailure& told = manifest.tolerated_failures.emplace_back();
    told.label = failure.label;
    told.mnemonic = failure.mnemonic;
    told.reason = failure.reason;
    for (ArtifactId id : analysis.graph.action({failure.action}).outputs) {
      told.missing.push_back(analysis.graph.artifact(id).path);
    }
    std::sort(told.missing.begin(), told.missing.end());
  }
  return manifest;
}

TestFinished::Status StatusOf(const ActionOutcome& outcome) {
  if (outcome.state == ActionState::kDone) return TestFinished::Status::kPassed;
  if (outcome.state != ActionState::kFailed) {
    return TestFinished::Status::kSkipped;
  }
  return outcome.timed_out ? TestFinished::Status::kTimedOut
                           : TestFinished::Status::kFailed;
}

// Adds everything in the folder at `root`, at any depth, to `paths`.
void AddAllBelow(const std::string root, std::vector<std::string>& paths) {
  absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(root);
  if (!entries.ok()) return;
  for (const DirectoryEntry& entry : *entries) {
    paths.push_back(absl::StrCat(root, "/", entry.name));
    if (entry.type == FileType::kDirectory) AddAllBelow(paths.back(), paths);
  }
}

// `graph-out/<package>/<name>.test.log`.
std::string LogPathOf(const Label& label) {
  return absl::StrCat(kOutputFolder, "/", label.package(),
                      label.package().empty() ? "" : "/", label.name(),
                      ".test.log");
}

}  // namespace

// The state of one build, and its steps in the order in which they are taken.
class BuildRun {
 public:
  BuildRun(SessionParts& parts, const BuildRequest& request)
      : parts_(parts), request_(request) {}

  absl::StatusOr<BuildReport> Run(const RequestMemory& memory,
                                  uint64_t question);

 private:
  std::string Absolute(absl::string_view path) const {
    return absl::StrCat(parts_.workspace, "/", path);
  }
  std::string FileTablePath() const {
    return absl::StrCat(parts_.MemoryFolder(), ".files");
  }

  absl::StatusOr<FileLock> LockWorkspace();
  void WarnOfIsolation(const IsolationChoice& isolation);
  absl::StatusOr<std::unique_ptr<LocalRunner>> MakeRunner(
      Toolchains& toolchains);
  absl::StatusOr<Outcome> Execute(const Analysis& analysis,
                                  const Wanted& wanted);
  // For `graph fix`.
  absl::Status RememberFixes(const std::vector<ListAddition>& fixes) const;
  // Writes a file of graph-out/ by way of the store's folder, where what a kill
  // leaves behind is swept.
  absl::Status Put(const std::string& path, absl::string_view text);
  absl::Status WriteTestLogs(const Analysis& analysis, const Wanted& wanted,
                             const Outcome& outcome, BuildReport& report);
  absl::Status Finish(const Analysis& analysis, const Wanted& wanted,
                      const Outcome& outcome);
  std::vector<std::string> Written(const Wanted& wanted,
                                   const Analysis& analysis,
                                   const BuildReport& report) const;

  SessionParts& parts_;
  const BuildRequest& request_;
  Front* front_ = nullptr;
  Back back_;
  std::vector<Label> named_;  // Asked for by name, not by a wider pattern.
  Isolation isolation_ = Isolation::kStrict;  // Set by Execute().
};

// One build at a time in a workspace: another, for another configuration, could
// put its outputs in the place of ours before they are remembered.
absl::StatusOr<FileLock> BuildRun::LockWorkspace() {
  const std::string folder =
      absl::StrCat(parts_.settings.cache_dir(), "/workspaces");
  RETURN_IF_ERROR(MakeDirectories(folder));
  const std::string path = absl::StrCat(parts_.MemoryFolder(), ".lock");
  for (int waited_ms = 0; !parts_.cancellation.cancelled(); waited_ms += 20) {
    ASSIGN_OR_RETURN(std::optional<FileLock> lock,
                     FileLock::TryAcquire(path, FileLock::Mode::kExclusive));
    if (lock) return *std::move(lock);
    if (waited_ms == 1000) {
      parts_.events.Emit(
          Warning{"waiting for another build in this workspace"});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return absl::CancelledError("interrupted while another build was running");
}

absl::StatusOr<std::unique_ptr<LocalRunner>> BuildRun::MakeRunner(
    Toolchains& toolchains) {
  const Settings& settings = parts_.settings;
  LocalRunnerOptions options;
  options.cache_dir = settings.cache_dir();
  options.slots = settings.jobs();
  options.isolation = isolation_;
  options.timeout_s = settings.action_timeout_s();
  options.memory_limit = settings.memory_limit();
  options.process_limit = settings.process_limit();
  options.keep_failed = settings.sandbox_debug();
  options.trace_reads = request_.trace_reads;
  options.toolchains = &toolchains;
  ASSIGN_OR_RETURN(const Toolchain* usual, toolchains.Find({}));
  options.toolchain = *usual;
  return LocalRunner::Create(std::move(options), *back_.store);
}

void BuildRun::WarnOfIsolation(const IsolationChoice& isolation) {
  if (isolation.level == Isolation::kNone) {
    parts_.events.Emit(Warning{
        "isolation is `none`: commands can read and write whatever you can"});
  } else if (!isolation.why_not_higher.empty()) {
    parts_.events.Emit(Warning{absl::StrCat(
        "isolation is only `", IsolationName(isolation.level),
        "`: ", isolation.why_not_higher,
        "; docs/isolation.md tells what it leaves "
        "open, and --isolation=strict refuses to build with less")});
  }
}

absl::StatusOr<Outcome> BuildRun::Execute(const Analysis& analysis,
                                          const Wanted& wanted) {
  const Settings& settings = parts_.settings;
  ASSIGN_OR_RETURN(const IsolationChoice isolation,
                   ChooseIsolation(settings.isolation()));
  isolation_ = isolation.level;
  WarnOfIsolation(isolation);
  for (const char* path : kToolchainSources) {
    front_->reads.Add(path, SettledStamp(path));
  }
  Toolchains toolchains(parts_.ToolchainPlace(),
                        AskersOf(analysis, *front_->loader));
  ASSIGN_OR_RETURN(const std::unique_ptr<LocalRunner> runner,
                   MakeRunner(toolchains));

  const FetchContext fetch = FetchingBy(settings);
  const BuiltinSteps steps = AllSteps(fetch);
  SourceFiles sources(parts_.workspace, *back_.files, front_->reads,
                      *back_.store);
  Materializer materializer(parts_.workspace, *back_.store);
  ExecutorOptions options;
  options.jobs = settings.jobs();
  options.keep_going = settings.keep_going();
  options.intolerant = MakersOf(analysis, named_);
  UndeclaredReads undeclared(analysis.graph, *front_->loader,
                             *front_->workspace);
  Mutex advising;
  if (isolation_ != Isolation::kNone) {
    options.advise = [&](const Action& action, absl::string_view said) {
      MutexLock lock(&advising);
      return absl::StrCat(
          undeclared.Advice(action, said),
          AdviceOnPrograms(action, said, toolchains, *front_->loader));
    };
  }
  TracedReads traced(analysis.graph);
  if (request_.trace_reads) {
    options.trace = [&](ActionId id, std::vector<std::string> reads) {
      traced.Add(id, std::move(reads));
    };
  }
  Executor executor(analysis.graph, sources, *back_.store, *back_.cache,
                    *runner, steps, parts_.events, parts_.cancellation, options,
                    &materializer);
  Outcome outcome = executor.Build(wanted.artifacts, wanted.tests);
  for (const std::string& path : toolchains.Settings()) {
    front_->reads.Add(path, SettledStamp(path));
  }
  RETURN_IF_ERROR(RememberFixes(undeclared.Fixes()));
  RETURN_IF_ERROR(outcome.status);
  for (const ReadsTraced& reads : traced.Report(outcome, *front_->loader)) {
    parts_.events.Emit(reads);
  }
  return outcome;
}

absl::Status BuildRun::RememberFixes(
    const std::vector<ListAddition>& fixes) const {
  const std::string path = parts_.FixesPath();
  if (!fixes.empty()) return WriteFileAtomic(path, EncodeFixes(fixes));
  return Exists(path) ? RemoveFile(path) : absl::OkStatus();
}

absl::Status BuildRun::Put(const std::string& path, absl::string_view text) {
  if (absl::StatusOr<FileState> there = LinkStat(path);
      there.ok() && there->type == FileType::kDirectory) {
    // In the way, and not ours, as it would be in the place of an output.
    RETURN_IF_ERROR(RemoveTree(path));
  }
  return PutFile(*back_.store, path, text);
}

absl::Status BuildRun::WriteTestLogs(const Analysis& analysis,
                                     const Wanted& wanted,
                                     const Outcome& outcome,
                                     BuildReport& report) {
  for (ActionId id : wanted.tests) {
    const ActionOutcome& action = outcome.actions[id.index];
    ASSIGN_OR_RETURN(const Label label,
                     Label::Parse(analysis.graph.action(id).owner, {}));
    TestFinished test;
    test.label = label.ToString();
    test.status = StatusOf(action);
    test.cached =
        test.status == TestFinished::Status::kPassed && action.how != How::kRun;
    test.ms = action.wall_us / 1000;
    if (test.status != TestFinished::Status::kSkipped) {
      test.log_path = LogPathOf(label);
      const std::string path = Absolute(test.log_path);
      ASSIGN_OR_RETURN(const std::string log, LogOf(action, *back_.store));
      RETURN_IF_ERROR(MakeDirectories(path.substr(0, path.rfind('/'))));
      RETURN_IF_ERROR(Put(path, log));
    }
    if (test.status != TestFinished::Status::kPassed) report.tests_ok = false;
    report.tests.push_back(std::move(test));
  }
  std::sort(report.tests.begin(), report.tests.end(),
            [](const TestFinished& a, const TestFinished& b) {
              return a.label < b.label;
            });
  for (const TestFinished& test : report.tests) parts_.events.Emit(test);
  return absl::OkStatus();
}

absl::Status BuildRun::Finish(const Analysis& analysis, const Wanted& wanted,
                              const Outcome& outcome) {
  RETURN_IF_ERROR(back_.store->Flush());
  RETURN_IF_ERROR(
      Put(Absolute(absl::StrCat(kOutputFolder, "/manifest.json")),
          ManifestJson(ManifestOf(analysis, wanted, outcome, isolation_))));
  if (back_.files->changed()) {
    RETURN_IF_ERROR(WriteFileAtomic(FileTablePath(), back_.files->Encode()));
  }
  // Before the outputs are remembered: to take a link away changes them.
  if (back_.ceiling != nullptr) back_.ceiling->Finish(kMostRoomMaking);
  return absl::OkStatus();
}

std::vector<std::string> BuildRun::Written(const Wanted& wanted,
                                           const Analysis& analysis,
                                           const BuildReport& report) const {
  std::vector<std::string> paths;
  for (ArtifactId id : wanted.artifacts) {
    const Artifact& artifact = analysis.graph.artifact(id);
    paths.push_back(Absolute(artifact.path));
    if (artifact.kind == Artifact::Kind::kDirectory) {
      AddAllBelow(paths.back(), paths);
    }
  }
  for (const TestFinished& test : report.tests) {
    paths.push_back(Absolute(test.log_path));
  }
  paths.push_back(Absolute(absl::StrCat(kOutputFolder, "/manifest.json")));
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::StatusOr<BuildReport> BuildRun::Run(const RequestMemory& memory,
                                          uint64_t question) {
  ASSIGN_OR_RETURN(const FileLock lock, LockWorkspace());
  // Before the workspace is listed, which would otherwise change by it.
  RETURN_IF_ERROR(MakeDirectories(Absolute(kOutputFolder)));
  ASSIGN_OR_RETURN(const AnalyzedPatterns analyzed,
                   AnalyzePatterns(parts_, request_.patterns));
  front_ = parts_.front.get();
  named_ = analyzed.named;
  const Analysis& analysis = analyzed.analysis;
  const Wanted wanted = WantedOf(analysis, request_.run_tests);
  ASSIGN_OR_RETURN(back_, parts_.OpenBack());
  if (absl::StatusOr<std::string> known = ReadFile(FileTablePath());
      known.ok()) {
    FileTable::Load(*known, *back_.files);
  }
  ASSIGN_OR_RETURN(const Outcome outcome, Execute(analysis, wanted));

  BuildReport report;
  report.targets = TargetsOf(analysis, outcome);
  report.totals = outcome.counts;
  report.ok =
      outcome.failures.empty() &&
      (outcome.tolerated.empty() || !parts_.settings.fail_on_tolerated());
  RETURN_IF_ERROR(WriteTestLogs(analysis, wanted, outcome, report));
  RETURN_IF_ERROR(Finish(analysis, wanted, outcome));
  // Where the best was wanted and was not to be had, it is tried again.
  const bool is_final = isolation_ == Isolation::kStrict ||
                        parts_.settings.isolation().has_value();
  if (report.ok && report.tests_ok && is_final && outcome.tolerated.empty() &&
      !request_.trace_reads) {
    RETURN_IF_ERROR(memory.Remember(question, front_->reads,
                                    Written(wanted, analysis, report),
                                    EncodeReport(report)));
  }
  return report;
}

absl::StatusOr<BuildReport> Session::Build(const BuildRequest& request) {
  const RequestMemory memory(parts_->MemoryFolder());
  const uint64_t question = QuestionOf(*parts_, request);
  std::optional<std::string> answer;
  if (!request.trace_reads) answer = memory.Recall(question);
  if (answer) {
    if (std::optional<BuildReport> report = DecodeReport(*answer)) {
      for (const TestFinished& test : report->tests) {
        parts_->events.Emit(test);
      }
      return *std::move(report);
    }
  }
  return BuildRun(*parts_, request).Run(memory, question);
}

}  // namespace graph
