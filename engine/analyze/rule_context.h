// SPDX-License-Identifier: Apache-2.0
// A target while its rule's implementation runs: what it depends on, and the
// files and actions that it declares.

#ifndef GRAPH_ENGINE_ANALYZE_RULE_CONTEXT_H_
#define GRAPH_ENGINE_ANALYZE_RULE_CONTEXT_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "engine/action/action.h"
#include "engine/analyze/graph_builder.h"
#include "engine/analyze/values.h"
#include "engine/load/rule_function.h"
#include "engine/model/attribute.h"
#include "engine/model/target.h"

namespace graph {

// What one analysis shares among all its targets. One thread at a time.
struct AnalysisState {
  explicit AnalysisState(Loader& loader);

  const dsl::Provider& default_info;
  GraphBuilder graph;
  dsl::Heap heap;  // Of values that belong to no one target.
  FileValues files;
  const RunfilesValue* no_runfiles;
  // What programs need beside themselves, by the artifact of the program.
  absl::flat_hash_map<uint32_t, TargetFiles> programs;
  // What TargetFiles::packages lead to.
  std::deque<std::vector<std::string>> packages;
  // Of each Debian package, the first target that named it.
  absl::flat_hash_map<std::string, Label> asked_by;
};

// An attribute of a target, decided for the configuration.
struct DecidedAttribute {
  const AttributeValue* value = nullptr;
  std::unique_ptr<AttributeValue> owned;  // `value`, if it had a select().
  // The labels in `value`, in order, and what they stand for; not for outputs.
  std::vector<std::pair<Label, const TargetValue*>> targets;
};

// One thread at a time.
class RuleContext {
 public:
  // All outlive this. `attributes` is by place in the rule's attributes().
  RuleContext(AnalysisState& state, const Target& target,
              std::vector<DecidedAttribute> attributes, dsl::Heap& heap)
      : state_(state),
        target_(target),
        attributes_(std::move(attributes)),
        heap_(heap) {}

  const Target& target() const { return target_; }
  const Label& label() const { return target_.label; }
  const RuleClass& rule() const { return target_.rule(); }
  dsl::Heap& heap() const { return heap_; }
  AnalysisState& state() const { return state_; }
  const std::vector<DecidedAttribute>& attributes() const {
    return attributes_;
  }
  // nullptr if the rule has no such attribute.
  const DecidedAttribute* Find(absl::string_view attribute) const;

  // Declares the files of all output attributes.
  absl::Status DeclareOutputs();
  // The files of DeclareOutputs, in order.
  const std::vector<ArtifactId>& outputs() const { return outputs_; }

  absl::StatusOr<const FileValue*> Declare(absl::string_view name,
                                           Artifact::Kind kind);
  absl::StatusOr<ActionId> Add(Action action);
  // Fails if a file was declared and no action makes it.
  absl::Status CheckComplete() const;
  absl::Status CheckAcyclic() const;

  // What `label` stands for among the dependencies and outputs of the target;
  // nothing if it is none of them.
  std::optional<TargetFiles> FilesOf(const Label& label) const;

  // Expands `$(location x)` with FilesOf() and, before it, `more`. `quote`:
  // as words for a shell.
  absl::StatusOr<std::string> ExpandLocation(
      absl::string_view text, const std::vector<const TargetValue*>& more,
      bool quote) const;

 private:
  AnalysisState& state_;
  const Target& target_;
  std::vector<DecidedAttribute> attributes_;
  dsl::Heap& heap_;
  std::vector<ArtifactId> declared_;
  std::vector<ArtifactId> outputs_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_RULE_CONTEXT_H_
