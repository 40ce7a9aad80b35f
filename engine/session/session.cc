// SPDX-License-Identifier: Apache-2.0
#include "engine/session/session.h"

#include <cstdio>
#include <iostream>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/stdlib/universe.h"
#include "dsl/tool/run_file.h"
#include "engine/base/version.h"
#include "engine/exec/isolation.h"
#include "engine/exec/zygote.h"
#include "engine/load/diagnosed.h"
#include "engine/load/workspace.h"
#include "engine/os/filesystem.h"
#include "engine/session/cache.h"
#include "engine/session/embedded_rules.h"
#include "engine/session/parts.h"

namespace graph {

absl::StatusOr<std::string> FindWorkspace(const std::string& directory) {
  for (std::string at = directory;;) {
    if (Exists(absl::StrCat(at, "/", kWorkspaceFileName))) return at;
    const size_t slash = at.rfind('/');
    if (at.empty() || slash == at.npos) break;
    at.resize(slash);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("no workspace here: neither `", directory,
                   "` nor a folder above it has ", "a ", kWorkspaceFileName,
                   "; make one with `workspace(name = \"…\")` in it, ",
                   "or name another folder with `-C`"));
}

namespace {

std::string IsolationText(const absl::StatusOr<IsolationChoice>& choice) {
  if (!choice.ok()) return absl::StrCat("(", choice.status().message(), ")");
  const absl::string_view level = IsolationName(choice->level);
  if (choice->why_not_higher.empty()) return std::string(level);
  return absl::StrCat(level, " (not strict: ", choice->why_not_higher, ")");
}

}  // namespace

Session::Session(std::unique_ptr<SessionParts> parts)
    : parts_(std::move(parts)) {}
Session::~Session() = default;

absl::StatusOr<std::unique_ptr<Session>> Session::Open(
    const SessionOptions& options, EventSink& events,
    const Cancellation& cancellation) {
  auto parts = std::make_unique<SessionParts>(HostEnvironment::FromProcess(),
                                              events, cancellation);
  ASSIGN_OR_RETURN(const std::string here, RealPath(options.directory));
  ASSIGN_OR_RETURN(parts->workspace, FindWorkspace(here));
  absl::string_view below = here;
  absl::ConsumePrefix(&below, parts->workspace);
  absl::ConsumePrefix(&below, "/");
  parts->here.path = std::string(below);
  parts->flags = options.flags;

  RETURN_IF_ERROR(ReadLayers(parts->environment, parts->flags, parts->settings,
                             &parts->user_file));
  return std::unique_ptr<Session>(new Session(std::move(parts)));
}

const std::string& Session::workspace() const { return parts_->workspace; }

std::vector<Setting> Session::settings() const {
  return parts_->settings.Describe();
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
Session::Info() {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  (void)front;  // Only so that WORKSPACE.spec has had its say.
  std::vector<std::pair<std::string, std::string>> info = {
      {"version", std::string(kVersion)},
      {"workspace", parts_->workspace},
      {"cache", parts_->settings.cache_dir()},
      {"platform", parts_->settings.platform()},
  };
  const absl::StatusOr<IsolationChoice> isolation =
      ChooseIsolation(parts_->settings.isolation());
  info.emplace_back("isolation", IsolationText(isolation));
  absl::StatusOr<Toolchain> toolchain = HostToolchain(parts_->ToolchainPlace());
  info.emplace_back("toolchain",
                    toolchain.ok() ? toolchain->identity
                                   : std::string(toolchain.status().message()));
  return info;
}

absl::Status Session::Clean() {
  RETURN_IF_ERROR(RequestMemory(parts_->MemoryFolder()).Forget());
  return RemoveTree(absl::StrCat(parts_->workspace, "/", kOutputFolder));
}

bool IsRendered(const absl::Status& status) { return IsDiagnosed(status); }

int EvalFile(const std::string& path, const EvalOptions& options) {
  dsl::RunOptions run;
  if (options.parse_only) {
    run.stage = dsl::Stage::kParse;
  } else if (options.resolve_only) {
    run.stage = dsl::Stage::kResolve;
  }
  run.test_builtins = options.test_builtins;
  run.max_steps = options.max_steps;
  return dsl::RunFile(path, run, std::cerr);
}

bool RunAsHelper(int argc, char** argv, int* exit_code) {
  if (!IsZygote(argc, argv)) return false;
  *exit_code = ZygoteMain(argc, argv);
  return true;
}

void PrintLine(absl::string_view line) {
  const std::string text = absl::StrCat(line, "\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
}

absl::Status PutFile(LocalStore& store, const std::string& path,
                     absl::string_view text) {
  ASSIGN_OR_RETURN(const std::string temporary, store.NewTemporaryPath());
  RETURN_IF_ERROR(WriteFile(temporary, text));
  RETURN_IF_ERROR(Sync(temporary));
  if (Rename(temporary, path).ok()) {
    return Sync(path.substr(0, path.rfind('/')));
  }
  // The workspace lies on another file system.
  RETURN_IF_ERROR(RemoveFile(temporary));
  return WriteFileAtomic(path, text, {.sync = true});
}

std::string SessionParts::MemoryFolder() const {
  return absl::StrCat(settings.cache_dir(), "/workspaces/",
                      Digest::Of(workspace).hex().substr(0, 32));
}

std::string SessionParts::FixesPath() const {
  return absl::StrCat(MemoryFolder(), ".fixes");
}

ToolchainOptions SessionParts::ToolchainPlace() const {
  ToolchainOptions options;
  options.cache_dir = settings.cache_dir();
  return options;
}

absl::StatusOr<Front*> SessionParts::OpenFront() {
  if (front != nullptr) return front.get();
  auto opened = std::make_unique<Front>();
  opened->workspace = std::make_unique<DiskTree>(workspace, opened->reads);
  for (const EmbeddedFile& file : EmbeddedRules()) {
    opened->rules.Add(file.path, file.text);
  }
  ASSIGN_OR_RETURN(
      const WorkspaceSettings said,
      LoadWorkspace(*opened->workspace, dsl::Universe(), kVersion));
  if (!said.default_platform.empty()) {
    RETURN_IF_ERROR(
        settings.Set("platform", said.default_platform, kWorkspaceFileName));
  }
  for (const std::string& config : said.default_configs) {
    RETURN_IF_ERROR(settings.Set("config", config, kWorkspaceFileName));
  }
  if (!said.isolation.empty()) {
    RETURN_IF_ERROR(
        settings.Set("isolation", said.isolation, kWorkspaceFileName));
  }
  if (said.jobs > 0) {
    RETURN_IF_ERROR(
        settings.Set("jobs", absl::StrCat(said.jobs), kWorkspaceFileName));
  }
  SourceTrees trees;
  trees[""] = opened->workspace.get();
  trees["rules"] = &opened->rules;
  LoaderOptions options;
  options.threads = UsableProcessors();
  options.print = PrintLine;
  opened->loader = std::make_unique<Loader>(std::move(trees), dsl::Universe(),
                                            std::move(options));
  front = std::move(opened);
  return front.get();
}

absl::StatusOr<std::vector<TargetPattern>> SessionParts::ParsePatterns(
    const std::vector<std::string>& patterns) const {
  std::vector<TargetPattern> parsed;
  for (const std::string& text :
       patterns.empty() ? std::vector<std::string>{":all"} : patterns) {
    ASSIGN_OR_RETURN(TargetPattern pattern, TargetPattern::Parse(text, here));
    parsed.push_back(std::move(pattern));
  }
  return parsed;
}

absl::StatusOr<Back> SessionParts::OpenBack() const {
  Back back;
  ASSIGN_OR_RETURN(back.store, LocalStore::Open(absl::StrCat(
                                   settings.cache_dir(), "/store")));
  back.files = std::make_unique<FileTable>();
  back.cache = std::make_unique<LocalActionCache>(*back.store);
  const int64_t most =
      settings.cache_max_size().value_or(UsualCeiling(*back.store));
  if (most != Settings::kNoCeiling) {
    back.ceiling = std::make_unique<Ceiling>(
        *back.store, CacheFolders(settings.cache_dir()), most,
        [sink = &events](std::string sentence) {
          sink->Emit(Warning{std::move(sentence)});
        });
  }
  return back;
}

}  // namespace graph
