// SPDX-License-Identifier: Apache-2.0
// An action graph while it grows: who declared which file, and that each file
// comes of one action.

#ifndef GRAPH_ENGINE_ANALYZE_GRAPH_BUILDER_H_
#define GRAPH_ENGINE_ANALYZE_GRAPH_BUILDER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/load/loader.h"
#include "engine/model/label.h"
#include "engine/model/target.h"

namespace graph {

// `app/BUILD.spec:3:1`, where `target` was declared.
std::string PlaceOf(Loader& loader, const Target& target);

// The folder of the outputs of a package: `graph-out/app`,
// `graph-out/external/rules/core`.
std::string OutputFolder(const Label& label);

// Errors are kInvalidArgument with a sentence that names both sides.
class GraphBuilder {
 public:
  // `loader` outlives the builder.
  explicit GraphBuilder(Loader& loader) : loader_(loader) {}

  // The artifact of a source file; the same at each call.
  ArtifactId Source(const Label& file);

  // An output of `owner`, `name` below its package's folder. To declare the
  // same again gives the same artifact. Fails if the path leaves that folder,
  // or if another target or another kind of output has it.
  absl::StatusOr<ArtifactId> Declare(const Target& owner,
                                     absl::string_view name,
                                     Artifact::Kind kind);

  // Adds `action` of `owner`: inputs are sorted and made unique, the
  // environment is sorted. Fails if an output is not one of `owner`'s, or has
  // an action already.
  absl::StatusOr<ActionId> Add(const Target& owner, Action action);

  // Fails, with a diagnostic, if one output lies within another. To be asked
  // once all is added.
  absl::Status CheckNesting() const;

  bool is_source(ArtifactId id) const { return owners_[id.index] == nullptr; }
  const ActionGraph& graph() const { return graph_; }
  ActionGraph Release() { return std::move(graph_); }

 private:
  Loader& loader_;
  ActionGraph graph_;
  std::vector<const Target*> owners_;  // By artifact; nullptr: a source.
  absl::flat_hash_map<std::string, ArtifactId> outputs_;  // By path.
  absl::flat_hash_map<Label, ArtifactId> sources_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_GRAPH_BUILDER_H_
