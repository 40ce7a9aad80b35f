// SPDX-License-Identifier: Apache-2.0
#include "engine/session/lock_load.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/source.h"
#include "engine/load/diagnosed.h"
#include "engine/os/environment.h"
#include "engine/query/changed_targets.h"
#include "engine/query/from_packages.h"
#include "engine/query/reach.h"

namespace graph {
namespace {

// Adds the rules' targets among `labels`, and all that depend on them.
void AddDependents(const QueryGraph& graph, const std::set<std::string>& labels,
                   std::set<std::string>& affected) {
  NodeSet all;
  for (uint32_t i = 0; i < graph.size(); ++i) all.push_back(NodeId{i});
  NodeSet changed;
  for (NodeId id : all) {
    if (labels.contains(graph.node(id).label)) changed.push_back(id);
  }
  for (NodeId id : Dependents(graph, all, changed)) {
    const QueryNode& node = graph.node(id);
    if (absl::EndsWith(node.kind, " rule")) affected.insert(node.label);
  }
}

}  // namespace

absl::Status WatchedTree::status() const {
  MutexLock lock(&mu_);
  return status_;
}

absl::StatusOr<std::vector<SourceEntry>> WatchedTree::List(
    absl::string_view path) const {
  absl::StatusOr<std::vector<SourceEntry>> entries = below_.List(path);
  if (!entries.ok()) {
    MutexLock lock(&mu_);
    if (status_.ok()) status_ = entries.status();
  }
  return entries;
}

LockLoad::LockLoad(const Front& front, const LockEntries& entries)
    : watched_(*front.workspace), tree_(watched_) {
  tree_.Set(kLockFileName,
            dsl::Source::Make(std::string(kLockFileName), FormatLock(entries)));
  SourceTrees trees;
  trees[""] = &tree_;
  trees["rules"] = &front.rules;
  LoaderOptions options;
  options.threads = UsableProcessors();
  loader_ = std::make_unique<Loader>(std::move(trees), dsl::Universe(),
                                     std::move(options));
}

absl::Status LockLoad::LoadAll() {
  const std::map<std::string, absl::Status> wrong = loader_->LoadAll();
  RETURN_IF_ERROR(watched_.status());
  const std::map<std::string, LockUse> uses = loader_->lock_uses();
  std::vector<absl::Status> errors;
  for (const auto& [package, status] : wrong) {
    auto use = uses.find(package);
    if (use != uses.end() && use->second.refused) {
      refused_.emplace(package, status);
    } else {
      errors.push_back(status);
    }
  }
  return errors.empty() ? absl::OkStatus() : JoinErrors(errors);
}

const Package* LockLoad::Find(const std::string& package) {
  absl::StatusOr<Label> label = Label::Parse(package + ":x", {});
  if (!label.ok()) return nullptr;
  absl::StatusOr<const LoadedPackage*> loaded =
      loader_->LoadPackage(label->package_name());
  return loaded.ok() ? &(*loaded)->package : nullptr;
}

QueryGraph LockLoad::Graph() const {
  std::vector<const Package*> packages;
  for (const LoadedPackage* loaded : loader_->packages()) {
    packages.push_back(&loaded->package);
  }
  return GraphOfPackages(packages);
}

std::set<std::string> LockLoad::ReadersOf(const std::string& name) const {
  std::set<std::string> readers;
  for (const auto& [package, use] : loader_->lock_uses()) {
    if (use.read.contains(name)) readers.insert(package);
  }
  return readers;
}

LockImpact::LockImpact(const Front& front, const LockEntries& before,
                       const LockEntries& after, LockLoad& old, LockLoad& now)
    : front_(front),
      before_(before),
      after_(after),
      old_(old),
      now_(now),
      old_graph_(old.Graph()),
      now_graph_(now.Graph()) {}

std::vector<std::string> LockImpact::Of(const std::string& name) {
  std::set<std::string> readers = old_.ReadersOf(name);
  readers.merge(now_.ReadersOf(name));
  if (readers.empty()) return {};
  LockEntries entries = before_;
  entries.erase(name);
  if (auto entry = after_.find(name); entry != after_.end()) {
    entries.insert(*entry);
  }
  LockLoad alone(front_, entries);
  std::set<std::string> changed;
  for (const std::string& package : readers) {
    const Package* moved = alone.Find(package);
    // One that cannot do without other entries that move.
    if (moved == nullptr) moved = now_.Find(package);
    changed.merge(ChangedTargets(old_.Find(package), moved));
  }
  std::set<std::string> affected;
  AddDependents(old_graph_, changed, affected);
  AddDependents(now_graph_, changed, affected);
  return {affected.begin(), affected.end()};
}

}  // namespace graph
