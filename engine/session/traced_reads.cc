// SPDX-License-Identifier: Apache-2.0
#include "engine/session/traced_reads.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// Of one target, over all its commands.
struct Sum {
  // By path: whether it was read.
  std::map<std::string, std::pair<ArtifactId, bool>> inputs;
  std::set<std::string> files;
  bool partial = false;
};

// Those of `reads`, which is sorted, that are the artifact or lie in it.
std::vector<std::string> ReadsOf(const Artifact& artifact,
                                 const std::vector<std::string>& reads) {
  std::vector<std::string> found;
  const std::string& path = artifact.path;
  if (std::binary_search(reads.begin(), reads.end(), path)) {
    found.push_back(path);
  }
  if (artifact.kind == Artifact::Kind::kFile) return found;
  const std::string inside = absl::StrCat(path, "/");
  for (auto it = std::lower_bound(reads.begin(), reads.end(), inside);
       it != reads.end() && absl::StartsWith(*it, inside); ++it) {
    found.push_back(*it);
  }
  return found;
}

// By what the attributes of a target name: the attribute. A made file goes by
// the target that makes it, too.
absl::flat_hash_map<std::string, std::string> AttributesOf(
    const std::string& owner, Loader& loader) {
  absl::flat_hash_map<std::string, std::string> names;
  const absl::StatusOr<Label> label = Label::Parse(owner, {});
  if (!label.ok()) return names;
  const absl::StatusOr<const Target*> target = loader.FindTarget(*label);
  if (!target.ok() || (*target)->kind() != Target::Kind::kRule) return names;
  const auto& schemas = (*target)->rule().attributes();
  for (uint16_t i = 0; i < schemas.size(); ++i) {
    if (IsOutput(schemas[i].type)) continue;
    ForEachLabel((*target)->attribute(i), [&](const Label& dependency) {
      names.try_emplace(dependency.ToString(), schemas[i].name);
      const absl::StatusOr<const Target*> made = loader.FindTarget(dependency);
      if (made.ok() && (*made)->kind() == Target::Kind::kOutputFile) {
        names.try_emplace((*made)->generator().ToString(), schemas[i].name);
      }
    });
  }
  return names;
}

UnreadInput Describe(
    const Artifact& artifact,
    const absl::flat_hash_map<std::string, std::string>& attributes) {
  UnreadInput unread;
  unread.path = artifact.path;
  unread.label = artifact.owner;
  auto attribute = attributes.find(artifact.owner);
  if (attribute != attributes.end()) unread.attribute = attribute->second;
  return unread;
}

}  // namespace

void TracedReads::Add(ActionId action, std::vector<std::string> reads) {
  MutexLock lock(&mu_);
  seen_.emplace_back(action, std::move(reads));
}

std::vector<ReadsTraced> TracedReads::Report(const Outcome& outcome,
                                             Loader& loader) const {
  std::map<std::string, Sum> sums;
  MutexLock lock(&mu_);
  for (const auto& [id, reads] : seen_) {
    const Action& action = graph_.action(id);
    Sum& sum = sums[action.owner];
    sum.partial |= std::binary_search(reads.begin(), reads.end(), "..");
    for (ArtifactId input : action.inputs) {
      const Artifact& artifact = graph_.artifact(input);
      // What it runs in is not what it reads.
      if (std::find(action.root.begin(), action.root.end(), input) !=
          action.root.end()) {
        continue;
      }
      if (artifact.producer != kNoAction &&
          outcome.actions[artifact.producer.index].tolerated) {
        continue;
      }
      const std::vector<std::string> found = ReadsOf(artifact, reads);
      auto [it, is_new] = sum.inputs.try_emplace(artifact.path, input, false);
      if (!found.empty()) it->second.second = true;
      sum.files.insert(found.begin(), found.end());
    }
  }
  std::vector<ReadsTraced> report;
  for (const auto& [label, sum] : sums) {
    ReadsTraced& told = report.emplace_back();
    told.label = label;
    told.partial = sum.partial;
    told.inputs = static_cast<int>(sum.inputs.size());
    told.files_read = static_cast<int>(sum.files.size());
    std::optional<absl::flat_hash_map<std::string, std::string>> attributes;
    for (const auto& [path, input] : sum.inputs) {
      if (input.second) {
        ++told.inputs_read;
        continue;
      }
      if (!attributes) attributes = AttributesOf(label, loader);
      told.unread.push_back(
          Describe(graph_.artifact(input.first), *attributes));
    }
  }
  return report;
}

}  // namespace graph
