// SPDX-License-Identifier: Apache-2.0
// Questions over targets: loading, and no analysis.

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "engine/query/from_packages.h"
#include "engine/session/parts.h"

namespace graph {

absl::StatusOr<QueryGraph> Session::Targets(
    const std::vector<std::string>& patterns) {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  ASSIGN_OR_RETURN(const std::vector<TargetPattern> parsed,
                   parts_->ParsePatterns(patterns));
  ASSIGN_OR_RETURN(const std::vector<Label> labels,
                   front->loader->Expand(parsed));
  front->loader->Prefetch(labels);
  std::vector<const Package*> packages;
  for (const LoadedPackage* loaded : front->loader->packages()) {
    packages.push_back(&loaded->package);
  }
  return GraphOfPackages(packages);
}

absl::StatusOr<std::vector<std::string>> Session::Expand(
    const std::string& pattern) {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  ASSIGN_OR_RETURN(const std::vector<TargetPattern> parsed,
                   parts_->ParsePatterns({pattern}));
  ASSIGN_OR_RETURN(const std::vector<Label> labels,
                   front->loader->Expand(parsed));
  std::vector<std::string> texts;
  for (const Label& label : labels) texts.push_back(label.ToString());
  return texts;
}

}  // namespace graph
