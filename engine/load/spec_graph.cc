// SPDX-License-Identifier: Apache-2.0
#include "engine/load/spec_graph.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/thread.h"
#include "engine/base/spelling.h"
#include "engine/load/diagnosed.h"
#include "engine/load/package_builder.h"
#include "engine/load/place.h"
#include "engine/load/rule_builtin.h"
#include "engine/load/workspace.h"
#include "engine/model/package.h"

namespace graph {
namespace {

// The modules that a file loads, directly or not.
void CollectModules(const SpecFile& file, std::set<Label>& modules) {
  for (const SpecFile* load : file.loads) {
    if (modules.insert(ModuleLabel(load->repo, load->path)).second) {
      CollectModules(*load, modules);
    }
  }
}

// What is wrong with the label of a load(); empty if nothing is.
absl::string_view ModuleFault(const Label& label) {
  absl::string_view file = SplitPath(label.name()).second;
  if (!absl::EndsWith(file, ".spec")) {
    return "the name of a module ends in `.spec`";
  }
  if (file == kBuildFileName || file == kWorkspaceFileName) {
    return "only modules can be loaded";
  }
  return "";
}

dsl::Span LoadSpan(const SpecFile& file, const SpecFile* loaded) {
  for (size_t i = 0; i < file.loads.size(); ++i) {
    if (file.loads[i] == loaded) return file.program->loads()[i].span;
  }
  return {};
}

}  // namespace

std::string SpecFile::label() const {
  return ModuleLabel(repo, path).ToString();
}

SpecGraph::SpecGraph(FileView& files, LockView& lock,
                     const BuildLanguage& language, LoaderOptions options)
    : files_(files),
      lock_(lock),
      language_(language),
      build_file_names_(language.build_files),
      max_steps_(options.max_steps),
      print_(std::move(options.print)),
      report_(std::move(options.report)),
      queue_(options.threads) {}

SpecGraph::~SpecGraph() = default;

SpecFile* SpecGraph::Want(SpecFile::Kind kind, absl::string_view repo,
                          absl::string_view path) {
  SpecFile* file;
  {
    MutexLock lock(&mu_);
    auto known = all_.find(Key(kind, repo, path));
    if (known != all_.end()) return known->get();
    auto made = std::make_unique<SpecFile>();
    file = made.get();
    file->kind = kind;
    file->repo = std::string(repo);
    file->path = std::string(path);
    all_.insert(std::move(made));
    ++unfinished_;
  }
  queue_.Add([this, file] { Read(file); });
  return file;
}

void SpecGraph::Run() {
  do {
    queue_.Drain();
  } while (BreakCycle());
}

absl::Status SpecGraph::Report(std::span<dsl::Diagnostic> mistakes) {
  for (dsl::Diagnostic& mistake : mistakes) {
    MutexLock lock(&print_mu_);
    if (!report_) break;
    mistake.KeepSources();
    report_(mistake);
  }
  return Diagnosed(mistakes);
}

void SpecGraph::Read(SpecFile* file) {
  absl::Status status = Compile(file);
  if (!status.ok()) return Finish(file, std::move(status));
  {
    MutexLock lock(&mu_);
    for (SpecFile* load :
         std::set<SpecFile*>(file->loads.begin(), file->loads.end())) {
      if (load->done) continue;
      ++file->pending;
      load->waiters.push_back(file);
    }
    if (file->pending != 0) return;
  }
  // At once, and not behind all that is still to be read: so that few programs
  // are in memory at a time, and what was just parsed is in the caches.
  Evaluate(file);
}

absl::Status SpecGraph::Compile(SpecFile* file) {
  ASSIGN_OR_RETURN(std::string text, files_.Read(file->repo, file->path));
  std::shared_ptr<const dsl::Source> source =
      dsl::Source::Make(DisplayPath(file->repo, file->path), std::move(text));
  const bool is_module = file->kind == SpecFile::Kind::kModule;
  dsl::Diagnostics diagnostics;
  file->program = dsl::Compile(
      source, is_module ? dsl::FileKind::kModule : dsl::FileKind::kBuildFile,
      is_module ? *language_.modules : *build_file_names_, diagnostics);
  if (file->program != nullptr) FindLoads(file, diagnostics);
  if (!diagnostics.has_errors()) return absl::OkStatus();
  diagnostics.SortByPlace();
  std::vector<dsl::Diagnostic> all(diagnostics.all().begin(),
                                   diagnostics.all().end());
  return Report(all);
}

void SpecGraph::FindLoads(SpecFile* file, dsl::Diagnostics& diagnostics) {
  const PackageName folder = {file->repo,
                              std::string(SplitPath(file->path).first)};
  for (const dsl::Load& load : file->program->loads()) {
    absl::StatusOr<Label> label = Label::Parse(load.path, folder);
    if (!label.ok()) {
      diagnostics.Error(load.span, std::string(label.status().message()));
      continue;
    }
    if (!files_.HasRepo(label->repo())) {
      absl::string_view nearest = NearestName(label->repo(), files_.repos());
      diagnostics.Error(
          load.span, absl::StrCat("no repository `@", label->repo(), "`"),
          nearest.empty() ? ""
                          : absl::StrCat("did you mean `@", nearest, "`?"));
      continue;
    }
    if (absl::string_view fault = ModuleFault(*label); !fault.empty()) {
      diagnostics.Error(load.span, absl::StrCat("`", load.path,
                                                "` cannot be loaded: ", fault));
      continue;
    }
    file->loads.push_back(Want(SpecFile::Kind::kModule, label->repo(),
                               JoinPath(label->package(), label->name())));
  }
}

void SpecGraph::Evaluate(SpecFile* file) {
  {
    MutexLock lock(&mu_);
    if (file->done) return;  // It was in a cycle.
  }
  absl::Status status = CheckLoads(*file);
  if (status.ok()) {
    status = file->kind == SpecFile::Kind::kModule ? EvaluateModule(file)
                                                   : EvaluateBuildFile(file);
  }
  Finish(file, std::move(status));
}

absl::Status SpecGraph::CheckLoads(const SpecFile& file) {
  std::vector<absl::Status> errors;
  for (size_t i = 0; i < file.loads.size(); ++i) {
    const SpecFile& load = *file.loads[i];
    if (load.status.ok()) continue;
    if (IsDiagnosed(load.status)) {
      errors.push_back(load.status);
      continue;
    }
    auto [folder, name] = SplitPath(load.path);
    std::vector<absl::string_view> known;
    const Listing& listing = files_.List(load.repo, folder);
    for (const SourceEntry& entry : listing.entries()) {
      if (absl::EndsWith(entry.name, ".spec")) known.push_back(entry.name);
    }
    absl::string_view nearest = NearestName(name, known);
    dsl::Diagnostic diagnostic;
    diagnostic.span = file.program->loads()[i].span;
    diagnostic.message =
        absl::IsNotFound(load.status)
            ? absl::StrCat("there is no file `", load.label(), "`")
            : absl::StrCat("cannot read `", load.label(),
                           "`: ", load.status.message());
    if (!nearest.empty()) {
      diagnostic.hint = absl::StrCat("did you mean `", nearest, "`?");
    }
    errors.push_back(Report({&diagnostic, 1}));
  }
  return errors.empty() ? absl::OkStatus() : JoinErrors(errors);
}

std::vector<std::shared_ptr<const dsl::Module>> SpecGraph::ModulesOf(
    const SpecFile& file) const {
  std::vector<std::shared_ptr<const dsl::Module>> modules;
  for (const SpecFile* load : file.loads) modules.push_back(load->module);
  return modules;
}

void SpecGraph::PrepareThread(dsl::Thread& thread) {
  if (max_steps_ > 0) thread.SetMaxSteps(max_steps_);
  thread.SetPrint(
      [this](absl::string_view text, std::optional<dsl::Span> place) {
        MutexLock lock(&print_mu_);
        if (!print_) return;
        std::string where =
            place.has_value() && *place
                ? absl::StrCat(FormatPlace(FileOf(*place), LocationOf(*place)),
                               ": ")
                : "";
        print_(absl::StrCat(where, text));
      });
}

absl::Status SpecGraph::EvaluateModule(SpecFile* file) {
  auto heap = std::make_shared<dsl::Heap>();
  dsl::Thread thread(*heap);
  PrepareThread(thread);
  absl::StatusOr<std::shared_ptr<const dsl::Module>> module = dsl::Execute(
      file->program, ModulesOf(*file), language_.modules, heap, thread);
  if (!module.ok()) {
    dsl::Diagnostic error = dsl::TakeError(thread, module.status());
    return Report({&error, 1});
  }
  NameRules(**module);
  file->module = *std::move(module);
  return absl::OkStatus();
}

absl::Status SpecGraph::EvaluateBuildFile(SpecFile* file) {
  auto loaded = std::make_unique<LoadedPackage>(
      PackageName{file->repo, std::string(SplitPath(file->path).first)});
  loaded->source = file->program->source();
  std::vector<dsl::Diagnostic> diagnostics;
  PackageBuilder builder(*loaded, files_, lock_, diagnostics);
  auto heap = std::make_shared<dsl::Heap>();
  dsl::Thread thread(*heap);
  PrepareThread(thread);
  thread.Set(&builder);
  absl::StatusOr<std::shared_ptr<const dsl::Module>> module = dsl::Execute(
      file->program, ModulesOf(*file), build_file_names_, heap, thread);
  if (module.ok()) builder.Finish();
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const dsl::Diagnostic& a, const dsl::Diagnostic& b) {
                     return a.span.begin < b.span.begin;
                   });
  if (!module.ok()) {
    dsl::Diagnostic error = dsl::TakeError(thread, module.status());
    diagnostics.push_back(builder.failure().value_or(std::move(error)));
  }
  if (!diagnostics.empty()) return Report(diagnostics);
  std::set<Label> modules;
  CollectModules(*file, modules);
  loaded->package.set_modules({modules.begin(), modules.end()});
  file->package = std::move(loaded);
  return absl::OkStatus();
}

void SpecGraph::Finish(SpecFile* file, absl::Status status) {
  MutexLock lock(&mu_);
  FinishLocked(file, std::move(status));
}

void SpecGraph::FinishLocked(SpecFile* file, absl::Status status) {
  file->status = std::move(status);
  file->done = true;
  --unfinished_;
  for (SpecFile* waiter : file->waiters) {
    if (--waiter->pending == 0 && !waiter->done) {
      queue_.Add([this, waiter] { Evaluate(waiter); });
    }
  }
  file->waiters = {};
  if (file->kind == SpecFile::Kind::kBuildFile) file->program = nullptr;
}

// `cycle`: each file loads the next, the last one the first.
absl::Status SpecGraph::CycleError(const std::vector<SpecFile*>& cycle) {
  dsl::Diagnostic diagnostic;
  diagnostic.message = absl::StrCat("load cycle: `", cycle[0]->label(), "`");
  for (size_t i = 0; i < cycle.size(); ++i) {
    const SpecFile* next = cycle[(i + 1) % cycle.size()];
    absl::StrAppend(&diagnostic.message,
                    i == 0 ? " loads `" : ", which loads `", next->label(),
                    "`");
    dsl::Span span = LoadSpan(*cycle[i], next);
    if (i == 0) {
      diagnostic.span = span;
    } else {
      diagnostic.notes.push_back(
          {span, absl::StrCat("`", next->label(), "` is loaded here")});
    }
  }
  return Report({&diagnostic, 1});
}

bool SpecGraph::BreakCycle() {
  std::vector<SpecFile*> cycle;
  {
    MutexLock lock(&mu_);
    if (unfinished_ == 0) return false;
    // Nothing runs, so each file that is not done waits for another that is
    // not done: following them must come back.
    SpecFile* file = nullptr;
    for (const std::unique_ptr<SpecFile>& candidate : all_) {
      if (!candidate->done) file = candidate.get();
    }
    auto at = cycle.end();
    while (at == cycle.end()) {
      cycle.push_back(file);
      file = *std::find_if(file->loads.begin(), file->loads.end(),
                           [](const SpecFile* load) { return !load->done; });
      at = std::find(cycle.begin(), cycle.end(), file);
    }
    cycle.erase(cycle.begin(), at);
  }
  // Shown from the same file whichever was found first.
  std::rotate(cycle.begin(),
              std::min_element(cycle.begin(), cycle.end(),
                               [](const SpecFile* a, const SpecFile* b) {
                                 return a->label() < b->label();
                               }),
              cycle.end());
  absl::Status error = CycleError(cycle);
  // All at once: one that is done lets a helper evaluate who waited for it, and
  // in a cycle that is the next.
  MutexLock lock(&mu_);
  for (SpecFile* file : cycle) file->done = true;
  for (SpecFile* file : cycle) FinishLocked(file, error);
  return true;
}

}  // namespace graph
