// SPDX-License-Identifier: Apache-2.0
// Patterns → labels.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/load/diagnosed.h"
#include "engine/load/glob.h"
#include "engine/load/loader.h"
#include "engine/load/loader_state.h"

namespace graph {
namespace {

// The packages at and below a folder, without those that a negative pattern in
// `except` takes away whole.
class PackageFinder {
 public:
  PackageFinder(FileView& files, std::span<const TargetPattern> except)
      : files_(files), except_(except) {}

  std::vector<PackageName> Find(const PackageName& root) {
    Walk(root);
    return std::move(found_);
  }

 private:
  void Walk(const PackageName& folder) {
    const Listing& listing = files_.List(folder.repo, folder.path);
    if (listing.is_package() && !IsExcepted(folder)) found_.push_back(folder);
    for (const SourceEntry& entry : listing.entries()) {
      if (entry.kind != EntryKind::kDirectory || entry.linked) continue;
      if (entry.name.front() == '.') continue;
      if (folder.repo.empty() && folder.path.empty() &&
          entry.name == kOutputFolder) {
        continue;
      }
      const std::string path = JoinPath(folder.path, entry.name);
      if (files_.List(folder.repo, path).is_workspace()) continue;
      Walk({folder.repo, path});
    }
  }

  bool IsExcepted(const PackageName& name) const {
    return std::any_of(except_.begin(), except_.end(),
                       [&name](const TargetPattern& pattern) {
                         return pattern.negative &&
                                pattern.kind != TargetPattern::Kind::kTarget &&
                                pattern.MatchesPackage(name);
                       });
  }

  FileView& files_;
  std::span<const TargetPattern> except_;
  std::vector<PackageName> found_;
};

void AddRules(const Package& package, bool manual_too,
              std::set<Label>& labels) {
  for (const Target& target : package.targets()) {
    if (target.kind() != Target::Kind::kRule) continue;
    if (!manual_too) {
      std::vector<std::string> tags = target.tags();
      if (std::find(tags.begin(), tags.end(), "manual") != tags.end()) continue;
    }
    labels.insert(target.label);
  }
}

}  // namespace

std::map<std::string, absl::Status> Loader::LoadAll() {
  std::map<std::string, absl::Status> wrong;
  if (absl::Status prelude = state_->LoadPrelude(); !prelude.ok()) {
    wrong.emplace("//", std::move(prelude));
    return wrong;
  }
  std::vector<PackageName> names = PackageFinder(state_->files, {}).Find({});
  for (const PackageName& name : names) state_->Want(name);
  state_->specs.Run();
  for (const PackageName& name : names) {
    absl::StatusOr<const LoadedPackage*> loaded = LoadPackage(name);
    if (!loaded.ok()) wrong.emplace(name.ToString(), loaded.status());
  }
  return wrong;
}

absl::StatusOr<std::vector<Label>> Loader::Expand(
    std::span<const TargetPattern> patterns, bool manual_too) {
  RETURN_IF_ERROR(state_->LoadPrelude());
  std::vector<std::vector<PackageName>> packages(patterns.size());
  for (size_t i = 0; i < patterns.size(); ++i) {
    const TargetPattern& pattern = patterns[i];
    if (pattern.negative) continue;
    if (pattern.kind == TargetPattern::Kind::kRecursive) {
      packages[i] = PackageFinder(state_->files, patterns.subspan(i + 1))
                        .Find(pattern.package);
      if (packages[i].empty()) {
        return absl::NotFoundError(
            absl::StrCat("`", pattern.text,
                         "` names nothing: no package lies "
                         "below ",
                         pattern.package.ToString()));
      }
    } else {
      packages[i] = {pattern.package};
    }
  }
  for (const std::vector<PackageName>& names : packages) {
    for (const PackageName& name : names) {
      if (!IsBelow(name.path, kOutputFolder)) state_->Want(name);
    }
  }
  state_->specs.Run();

  std::vector<Label> labels;
  std::vector<absl::Status> errors;
  for (size_t i = 0; i < patterns.size(); ++i) {
    const TargetPattern& pattern = patterns[i];
    if (pattern.negative) {
      std::erase_if(labels, [&pattern](const Label& label) {
        return pattern.Matches(label);
      });
      continue;
    }
    std::set<Label> named;
    if (pattern.kind == TargetPattern::Kind::kTarget) {
      absl::StatusOr<const Target*> target = FindTarget(pattern.target);
      if (target.ok()) named.insert((*target)->label);
      if (!target.ok()) errors.push_back(target.status());
    }
    for (const PackageName& name : packages[i]) {
      if (pattern.kind == TargetPattern::Kind::kTarget) break;
      absl::StatusOr<const LoadedPackage*> loaded = LoadPackage(name);
      if (loaded.ok()) AddRules((*loaded)->package, manual_too, named);
      if (!loaded.ok()) errors.push_back(loaded.status());
    }
    labels.insert(labels.end(), named.begin(), named.end());
  }
  if (!errors.empty()) return JoinErrors(errors);
  absl::flat_hash_set<Label> seen;
  std::erase_if(labels, [&seen](const Label& label) {
    return !seen.insert(label).second;
  });
  return labels;
}

}  // namespace graph
