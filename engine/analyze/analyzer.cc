// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/analyzer.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "engine/analyze/walk.h"

namespace graph {

Analyzer::Analyzer(Loader& loader, Configuration configuration,
                   AnalyzerOptions options)
    : loader_(loader),
      configuration_(std::move(configuration)),
      options_(std::move(options)) {}

absl::StatusOr<Analysis> Analyzer::Analyze(std::span<const Label> labels) {
  Walk walk(loader_, configuration_, options_.print);
  std::vector<const Target*> targets;
  for (const Label& label : labels) {
    ASSIGN_OR_RETURN(const Target* target, loader_.FindTarget(label));
    targets.push_back(target);
  }
  for (const Target* target : targets) walk.Visit(*target);
  return walk.Finish(targets);
}

}  // namespace graph
