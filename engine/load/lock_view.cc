// SPDX-License-Identifier: Apache-2.0
#include "engine/load/lock_view.h"

#include <tuple>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/base/version.h"
#include "engine/load/lock_text.h"
#include "engine/load/source_tree.h"
#include "engine/load/workspace.h"
#include "engine/model/version_source.h"

namespace graph {

LockView::LockView(FileView& files,
                   std::shared_ptr<const dsl::Environment> universe)
    : files_(files), universe_(std::move(universe)) {}

void LockView::ReadWorkspace() {
  if (workspace_read_) return;
  workspace_read_ = true;
  absl::StatusOr<std::string> text = files_.Read("", kWorkspaceFileName);
  if (!text.ok()) return;  // Of a tree of rules alone, or a test's.
  MemoryTree tree;
  tree.Add(kWorkspaceFileName, *text);
  std::vector<dsl::Diagnostic> mistakes;
  absl::StatusOr<WorkspaceSettings> settings = LoadWorkspace(
      tree, universe_, kVersion, [&mistakes](const dsl::Diagnostic& mistake) {
        mistakes.push_back(mistake);
      });
  if (!settings.ok()) {
    workspace_mistake_ = mistakes.front();
    return;
  }
  for (DeclaredVersion& version : settings->versions) {
    std::string name = version.request.name;
    of_workspace_.emplace(std::move(name), std::move(version));
  }
}

void LockView::ReadLock() {
  if (lock_read_) return;
  lock_read_ = true;
  absl::StatusOr<std::string> text = files_.Read("", kLockFileName);
  if (absl::IsNotFound(text.status())) return;
  if (!text.ok()) {
    lock_mistake_ = dsl::Diagnostic();
    lock_mistake_->message = absl::StrCat(
        kLockFileName, " cannot be read: ", text.status().message());
    return;
  }
  std::variant<LockEntries, dsl::Diagnostic> read =
      ReadLockText(*std::move(text));
  if (auto* entries = std::get_if<LockEntries>(&read)) {
    entries_ = std::move(*entries);
  } else {
    lock_mistake_ = std::move(std::get<dsl::Diagnostic>(read));
  }
}

const dsl::Diagnostic* LockView::WorkspaceMistake() {
  MutexLock lock(&mu_);
  ReadWorkspace();
  return workspace_mistake_ ? &*workspace_mistake_ : nullptr;
}

const dsl::Diagnostic* LockView::LockMistake() {
  MutexLock lock(&mu_);
  ReadLock();
  return lock_mistake_ ? &*lock_mistake_ : nullptr;
}

std::optional<dsl::Diagnostic> LockView::Declare(DeclaredVersion version) {
  MutexLock lock(&mu_);
  ReadWorkspace();
  auto known = of_workspace_.find(version.request.name);
  if (known == of_workspace_.end()) {
    bool added;
    std::tie(known, added) =
        of_packages_.try_emplace(version.request.name, version);
    if (added) return std::nullopt;
  }
  return DeclaredTwice(known->second, version);
}

const DeclaredVersion* LockView::OfWorkspace(absl::string_view name) {
  MutexLock lock(&mu_);
  ReadWorkspace();
  auto known = of_workspace_.find(name);
  return known == of_workspace_.end() ? nullptr : &known->second;
}

std::string LockView::NearestOfWorkspace(absl::string_view name) {
  MutexLock lock(&mu_);
  ReadWorkspace();
  std::vector<absl::string_view> known;
  for (const auto& [other, version] : of_workspace_) known.push_back(other);
  return std::string(NearestName(name, known));
}

absl::StatusOr<const LockedVersion*> LockView::Find(
    const VersionRequest& request, const std::string& package) {
  MutexLock lock(&mu_);
  ReadLock();
  LockUse& use = uses_[package];
  use.read.insert(request.name);
  auto found = entries_.find(request.name);
  if (found == entries_.end()) {
    use.refused = true;
    return absl::InvalidArgumentError(
        absl::StrCat(kLockFileName, " has no entry `", request.name,
                     "`: run `graph lock update ", request.name, "`"));
  }
  if (found->second.request != request) {
    use.refused = true;
    return absl::InvalidArgumentError(
        absl::StrCat("the entry `", request.name, "` of ", kLockFileName,
                     " answers another request: ",
                     RequestChange(found->second.request, request),
                     "; run `graph lock update ", request.name, "`"));
  }
  return &found->second;
}

std::vector<DeclaredVersion> LockView::declared() {
  MutexLock lock(&mu_);
  ReadWorkspace();
  std::map<std::string, const DeclaredVersion*> sorted;
  for (const auto& [name, version] : of_workspace_) sorted[name] = &version;
  for (const auto& [name, version] : of_packages_) sorted[name] = &version;
  std::vector<DeclaredVersion> all;
  for (const auto& [name, version] : sorted) all.push_back(*version);
  return all;
}

std::map<std::string, LockUse> LockView::uses() const {
  MutexLock lock(&mu_);
  return uses_;
}

}  // namespace graph
