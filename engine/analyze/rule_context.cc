// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/rule_context.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/stdlib/depset.h"
#include "engine/analyze/expand.h"

namespace graph {

AnalysisState::AnalysisState(Loader& loader)
    : default_info(loader.default_info()), graph(loader), files(graph, heap) {
  // Of nothing: this cannot fail.
  auto none = dsl::Depset::Create(heap, dsl::Depset::Order::kDefault, {}, {});
  no_runfiles = heap.New<RunfilesValue>(*none);
}

const DecidedAttribute* RuleContext::Find(absl::string_view attribute) const {
  std::optional<uint16_t> index = rule().Find(attribute);
  return index.has_value() ? &attributes_[*index] : nullptr;
}

absl::Status RuleContext::DeclareOutputs() {
  absl::Status status;
  for (size_t i = 0; i < attributes_.size() && status.ok(); ++i) {
    if (!IsOutput(rule().attributes()[i].type)) continue;
    ForEachLabel(*attributes_[i].value, [&](const Label& output) {
      if (!status.ok()) return;
      auto file = Declare(output.name(), Artifact::Kind::kFile);
      status = file.status();
      if (file.ok()) outputs_.push_back((*file)->id());
    });
  }
  return status;
}

absl::StatusOr<const FileValue*> RuleContext::Declare(absl::string_view name,
                                                      Artifact::Kind kind) {
  ASSIGN_OR_RETURN(ArtifactId id, state_.graph.Declare(target_, name, kind));
  if (std::find(declared_.begin(), declared_.end(), id) == declared_.end()) {
    declared_.push_back(id);
  }
  return state_.files.Of(id, label());
}

absl::StatusOr<ActionId> RuleContext::Add(Action action) {
  return state_.graph.Add(target_, std::move(action));
}

absl::Status RuleContext::CheckComplete() const {
  const ActionGraph& graph = state_.graph.graph();
  for (ArtifactId id : declared_) {
    const Artifact& artifact = graph.artifact(id);
    if (artifact.producer != kNoAction) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("`", artifact.path,
                     "` was declared as an output, but no action makes it"));
  }
  return CheckAcyclic();
}

// Artifacts of other targets were there before, so a circle of actions lies
// within one target: one of its outputs then needs, step by step, itself.
absl::Status RuleContext::CheckAcyclic() const {
  const ActionGraph& graph = state_.graph.graph();
  const absl::flat_hash_set<uint32_t> own = [&] {
    absl::flat_hash_set<uint32_t> actions;
    for (ArtifactId id : declared_) {
      actions.insert(graph.artifact(id).producer.index);
    }
    return actions;
  }();
  enum class Mark : uint8_t { kOpen, kDone };
  absl::flat_hash_map<uint32_t, Mark> marks;
  std::vector<std::pair<uint32_t, size_t>> path;  // Action, next input.
  for (uint32_t start : own) {
    if (!marks.try_emplace(start, Mark::kOpen).second) continue;
    path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [action, next] = path.back();
      const std::vector<ArtifactId>& inputs =
          graph.action(ActionId{action}).inputs;
      if (next == inputs.size()) {
        marks[action] = Mark::kDone;
        path.pop_back();
        continue;
      }
      const Artifact& input = graph.artifact(inputs[next++]);
      const uint32_t producer = input.producer.index;
      if (!own.contains(producer)) continue;
      auto [mark, is_new] = marks.try_emplace(producer, Mark::kOpen);
      if (!is_new && mark->second == Mark::kOpen) {
        return absl::InvalidArgumentError(
            absl::StrCat("`", input.path, "` is needed to make itself"));
      }
      if (is_new) path.emplace_back(producer, 0);
    }
  }
  return absl::OkStatus();
}

std::optional<TargetFiles> RuleContext::FilesOf(const Label& wanted) const {
  for (const DecidedAttribute& attribute : attributes_) {
    for (const auto& [label, target] : attribute.targets) {
      if (label == wanted) return target->files();
    }
  }
  for (ArtifactId id : outputs_) {
    if (!wanted.IsNeighbour(label())) break;
    const FileValue* file = state_.files.Of(id, label());
    if (file->path() !=
        absl::StrCat(OutputFolder(wanted), "/", wanted.name())) {
      continue;
    }
    dsl::Value value = dsl::Value::Of(file);
    auto files = dsl::Depset::Create(heap_, dsl::Depset::Order::kDefault,
                                     {&value, 1}, {});
    if (files.ok()) return TargetFiles{.files = *files};
  }
  return std::nullopt;
}

absl::StatusOr<std::string> RuleContext::ExpandLocation(
    absl::string_view text, const std::vector<const TargetValue*>& more,
    bool quote) const {
  auto shown = [&](ArtifactId id) {
    const std::string& path = state_.graph.graph().artifact(id).path;
    return quote ? ShellWord(path) : path;
  };
  return ExpandLocations(
      text,
      [&](absl::string_view written, bool all) -> absl::StatusOr<std::string> {
        ASSIGN_OR_RETURN(Label label,
                         Label::Parse(written, target_.label.package_name()));
        std::optional<TargetFiles> found;
        for (const TargetValue* target : more) {
          if (target->label() == label) found = target->files();
        }
        if (!found.has_value()) found = FilesOf(label);
        if (!found.has_value()) {
          return absl::InvalidArgumentError(absl::StrCat(
              "`", written, "` in `$(location)` is not among the dependencies ",
              "of ", target_.label.text()));
        }
        ASSIGN_OR_RETURN(std::vector<ArtifactId> files,
                         ArtifactsIn(found->files, "files"));
        if (all) {
          return absl::StrJoin(
              files, " ",
              [&](std::string* out, ArtifactId id) { out->append(shown(id)); });
        }
        if (files.size() == 1) return shown(files[0]);
        if (found->executable != nullptr) return shown(found->executable->id());
        return absl::InvalidArgumentError(absl::StrCat(
            "`$(location ", written, ")` wants one file, and ", label.text(),
            " has ", files.size(), "; `$(locations ", written, ")` names all"));
      });
}

}  // namespace graph
