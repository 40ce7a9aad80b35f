// SPDX-License-Identifier: Apache-2.0
#include "engine/session/analyze_patterns.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "engine/analyze/analyzer.h"
#include "engine/model/configuration.h"
#include "engine/model/pattern.h"

namespace graph {

absl::StatusOr<AnalyzedPatterns> AnalyzePatterns(
    SessionParts& parts, const std::vector<std::string>& patterns) {
  parts.events.Emit(LoadingStarted{});
  ASSIGN_OR_RETURN(Front * front, parts.OpenFront());
  ASSIGN_OR_RETURN(const std::vector<TargetPattern> parsed,
                   parts.ParsePatterns(patterns));
  ASSIGN_OR_RETURN(const std::vector<Label> labels,
                   front->loader->Expand(parsed));
  front->loader->Prefetch(labels);
  AnalyzedPatterns result;
  for (const TargetPattern& pattern : parsed) {
    if (pattern.kind == TargetPattern::Kind::kTarget && !pattern.negative) {
      result.named.push_back(pattern.target);
    }
  }
  Configuration configuration;
  configuration.platform = parts.settings.platform();
  configuration.configs = parts.settings.configs();
  AnalyzerOptions options;
  options.print = PrintLine;
  Analyzer analyzer(*front->loader, std::move(configuration),
                    std::move(options));
  ASSIGN_OR_RETURN(result.analysis, analyzer.Analyze(labels));
  AnalysisFinished finished;
  finished.packages = static_cast<int>(front->loader->packages().size());
  finished.targets = static_cast<int>(result.analysis.targets.size());
  finished.actions = static_cast<int>(result.analysis.graph.action_count());
  parts.events.Emit(finished);
  return result;
}

}  // namespace graph
