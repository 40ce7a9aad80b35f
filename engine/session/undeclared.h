// SPDX-License-Identifier: Apache-2.0
// What to do about a command that failed for a file which the workspace has and
// its target does not declare: commands see nothing else.

#ifndef GRAPH_ENGINE_SESSION_UNDECLARED_H_
#define GRAPH_ENGINE_SESSION_UNDECLARED_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/base/mutex.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "engine/model/label.h"

namespace graph {

// A label for a list of a target.
struct ListAddition {
  std::string target;  // Its label.
  std::string attribute;
  std::string added;  // As it is to be written there.

  friend bool operator==(const ListAddition&, const ListAddition&) = default;
};

// The paths that the complaints in what a program wrote are about: each once,
// in that order, without `./` and the sandbox's own root before them.
std::vector<std::string> MissingPathsIn(absl::string_view text);

// Safe for concurrent use, while nobody else uses the loader.
class UndeclaredReads {
 public:
  // All outlive the object. `tree` is the workspace.
  UndeclaredReads(const ActionGraph& graph, Loader& loader,
                  const SourceTree& tree)
      : graph_(graph), loader_(loader), tree_(tree) {}

  // Whole lines for people; empty if `said`, what the failed command wrote, is
  // about no file of the workspace.
  std::string Advice(const Action& action, absl::string_view said)
      ABSL_LOCKS_EXCLUDED(mu_);

  // What `graph fix` can do of all that was advised.
  std::vector<ListAddition> Fixes() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::optional<std::string> Find(const Action& action,
                                  const std::string& path) const;
  bool Declares(const Action& action, absl::string_view path) const;
  std::optional<PackageName> OwnerOf(absl::string_view path) const;
  std::optional<Label> GiverOf(const PackageName& owner,
                               absl::string_view name) const;
  std::string ChangeOf(const Target& target, const std::string& list,
                       const std::string& added)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::string AdviceOn(const Target& target, const std::string& path)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const ActionGraph& graph_;
  Loader& loader_;
  const SourceTree& tree_;
  mutable Mutex mu_;
  std::vector<ListAddition> fixes_ ABSL_GUARDED_BY(mu_);
};

// `target TAB attribute TAB added` a line.
std::string EncodeFixes(const std::vector<ListAddition>& fixes);
std::vector<ListAddition> DecodeFixes(absl::string_view text);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_UNDECLARED_H_
