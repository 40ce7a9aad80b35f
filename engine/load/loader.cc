// SPDX-License-Identifier: Apache-2.0
#include "engine/load/loader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/load/glob.h"
#include "engine/load/loader_state.h"
#include "engine/load/place.h"
#include "engine/model/package.h"

namespace graph {
namespace {

constexpr absl::string_view kRulesRepo = "rules";
constexpr absl::string_view kPrelude = "core/defs.spec";

std::string HintAt(absl::string_view nearest) {
  return nearest.empty() ? "" : absl::StrCat("; did you mean `", nearest, "`?");
}

bool IsOutputFolder(const PackageName& name) {
  return name.repo.empty() && IsBelow(name.path, kOutputFolder);
}

// Calls `visit` for each label that the target depends on in any
// configuration, what its rule depends on by itself included.
void ForEachDependency(const Target& target,
                       const std::function<void(const Label&)>& visit) {
  if (target.kind() == Target::Kind::kOutputFile) visit(target.generator());
  if (target.kind() != Target::Kind::kRule) return;
  const std::vector<AttributeSchema>& schemas = target.rule().attributes();
  for (size_t i = 0; i < schemas.size(); ++i) {
    if (IsOutput(schemas[i].type)) continue;
    ForEachLabel(target.attribute(static_cast<uint16_t>(i)), visit, visit);
  }
}

}  // namespace

const RuleFunction& LoadedPackage::RuleOf(const RuleClass& rule) const {
  return **std::find_if(rules.begin(), rules.end(),
                        [&rule](const RuleFunction* function) {
                          return &function->rule_class() == &rule;
                        });
}

void LoadedPackage::KeepRule(const RuleFunction& function) {
  if (std::find(rules.begin(), rules.end(), &function) != rules.end()) return;
  rules.push_back(&function);
}

absl::Status Loader::State::LoadPrelude() {
  if (prelude_loaded) return prelude_status;
  prelude_loaded = true;
  if (files.Stat(kRulesRepo, kPrelude) != EntryKind::kFile) {
    return absl::OkStatus();
  }
  SpecFile* file = specs.Want(SpecFile::Kind::kModule, kRulesRepo, kPrelude);
  specs.Run();
  prelude_status = file->status;
  if (prelude_status.ok()) {
    language.native->SetPrelude(file->module.get());
    specs.SetBuildFileNames(WithPrelude(language.build_files, file->module));
  }
  return prelude_status;
}

SpecFile* Loader::State::Want(const PackageName& name) {
  SpecFile*& file = packages[name.ToString()];
  if (file == nullptr) {
    file = specs.Want(SpecFile::Kind::kBuildFile, name.repo,
                      JoinPath(name.path, kBuildFileName));
  }
  return file;
}

const LoadedPackage* Loader::State::Find(absl::string_view package_text) const {
  auto found = packages.find(package_text);
  if (found == packages.end() || !found->second->done) return nullptr;
  return found->second->package.get();
}

const LoadedPackage& Loader::State::PackageOf(const Target& target) const {
  return *Find(target.label.package_text());
}

absl::Status Loader::State::NoPackage(const PackageName& name) {
  std::string what =
      absl::StrCat("there is no package `", name.ToString(), "`");
  if (!files.HasRepo(name.repo)) {
    return absl::NotFoundError(
        absl::StrCat(what, ": no repository `@", name.repo, "`",
                     HintAt(NearestName(name.repo, files.repos()))));
  }
  if (IsOutputFolder(name)) {
    return absl::NotFoundError(absl::StrCat(
        what, ": ", kOutputFolder, " is where the tool puts what it makes"));
  }
  if (files.Stat(name.repo, name.path) == EntryKind::kDirectory) {
    return absl::NotFoundError(
        absl::StrCat(what, ": the folder has no ", kBuildFileName));
  }
  auto [above, last] = SplitPath(name.path);
  std::vector<absl::string_view> folders;
  for (const SourceEntry& entry : files.List(name.repo, above).entries()) {
    if (entry.kind == EntryKind::kDirectory) folders.push_back(entry.name);
  }
  absl::string_view nearest = NearestName(last, folders);
  std::string hint;
  if (!nearest.empty()) {
    hint = PackageName{name.repo, JoinPath(above, nearest)}.ToString();
  }
  return absl::NotFoundError(
      absl::StrCat(what, ": there is no such folder", HintAt(hint)));
}

absl::Status Loader::State::NoTarget(const LoadedPackage& loaded,
                                     const Label& label) {
  std::string what = absl::StrCat("there is no target `", label.name(), "` in ",
                                  label.package_text());
  std::string path = JoinPath(label.package(), label.name());
  if (files.Stat(label.repo(), path) == EntryKind::kFile) {
    return absl::NotFoundError(
        absl::StrCat(what, "; the file is there: say exports_files([\"",
                     label.name(), "\"]) in ", loaded.source->path()));
  }
  std::vector<absl::string_view> known;
  for (const Target& target : loaded.package.targets()) {
    known.push_back(target.label.name());
  }
  return absl::NotFoundError(
      absl::StrCat(what, HintAt(NearestName(label.name(), known))));
}

Loader::Loader(SourceTrees trees,
               std::shared_ptr<const dsl::Environment> universe,
               LoaderOptions options)
    : state_(std::make_unique<State>(std::move(trees), std::move(universe),
                                     std::move(options))) {}

Loader::~Loader() = default;

absl::StatusOr<const LoadedPackage*> Loader::LoadPackage(
    const PackageName& name) {
  if (const LoadedPackage* known = state_->Find(name.ToString())) return known;
  RETURN_IF_ERROR(state_->LoadPrelude());
  if (IsOutputFolder(name)) return state_->NoPackage(name);
  SpecFile* file = state_->Want(name);
  state_->specs.Run();
  if (file->status.ok()) return file->package.get();
  if (absl::IsNotFound(file->status)) return state_->NoPackage(name);
  return file->status;
}

absl::StatusOr<const dsl::Module*> Loader::LoadModule(const Label& label) {
  RETURN_IF_ERROR(state_->LoadPrelude());
  SpecFile* file = state_->specs.Want(SpecFile::Kind::kModule, label.repo(),
                                      JoinPath(label.package(), label.name()));
  state_->specs.Run();
  if (file->status.ok()) return file->module.get();
  if (!absl::IsNotFound(file->status)) return file->status;
  return absl::NotFoundError(absl::StrCat("no file `", label.text(), "`"));
}

const dsl::Environment& Loader::Names(dsl::FileKind kind) {
  state_->LoadPrelude().IgnoreError();  // It fills `native`, too.
  if (kind == dsl::FileKind::kModule) return *state_->language.modules;
  return state_->specs.build_file_names();
}

absl::StatusOr<const Target*> Loader::FindTarget(const Label& label) {
  const LoadedPackage* loaded = state_->Find(label.package_text());
  if (loaded == nullptr) {
    ASSIGN_OR_RETURN(loaded, LoadPackage(label.package_name()));
  }
  const Target* target = loaded->package.Find(label.name());
  if (target == nullptr) return state_->NoTarget(*loaded, label);
  return target;
}

const RuleFunction& Loader::RuleOf(const Target& target) const {
  return state_->PackageOf(target).RuleOf(target.rule());
}

const dsl::Provider& Loader::default_info() const {
  return *state_->language.default_info;
}

void Loader::Prefetch(std::span<const Label> labels) {
  if (!state_->LoadPrelude().ok()) return;
  absl::flat_hash_set<Label> seen(labels.begin(), labels.end());
  std::vector<Label> frontier(labels.begin(), labels.end());
  while (!frontier.empty()) {
    // Those whose packages are not there yet wait for the next round. Nobody
    // works meanwhile: what is being loaded must not be looked at.
    std::vector<Label> waiting;
    while (!frontier.empty()) {
      Label label = std::move(frontier.back());
      frontier.pop_back();
      if (!state_->packages.contains(label.package_text())) {
        waiting.push_back(std::move(label));
        continue;
      }
      const LoadedPackage* loaded = state_->Find(label.package_text());
      if (loaded == nullptr) continue;
      const Target* target = loaded->package.Find(label.name());
      if (target == nullptr) continue;
      ForEachDependency(*target, [&](const Label& dependency) {
        if (seen.insert(dependency).second) frontier.push_back(dependency);
      });
    }
    for (const Label& label : waiting) {
      PackageName name = label.package_name();
      if (!IsOutputFolder(name)) {
        state_->Want(name);
        frontier.push_back(label);
      }
    }
    state_->specs.Run();
  }
}

ReadLog Loader::read_log() const { return state_->files.log(); }

std::vector<DeclaredVersion> Loader::versions() const {
  return state_->lock.declared();
}

std::map<std::string, LockUse> Loader::lock_uses() const {
  return state_->lock.uses();
}

std::vector<const LoadedPackage*> Loader::packages() const {
  std::vector<const LoadedPackage*> all;
  for (const auto& [name, file] : state_->packages) {
    if (file->done && file->package != nullptr) {
      all.push_back(file->package.get());
    }
  }
  std::sort(all.begin(), all.end(),
            [](const LoadedPackage* a, const LoadedPackage* b) {
              return a->package.name() < b->package.name();
            });
  return all;
}

}  // namespace graph
