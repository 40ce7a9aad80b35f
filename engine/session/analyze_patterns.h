// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_ANALYZE_PATTERNS_H_
#define GRAPH_ENGINE_SESSION_ANALYZE_PATTERNS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/analyze/analysis.h"
#include "engine/model/label.h"
#include "engine/session/parts.h"

namespace graph {

struct AnalyzedPatterns {
  Analysis analysis;
  std::vector<Label> named;  // Asked for by name, not by a wider pattern.
};

// Loads and analyses what `patterns` name, as the settings say, and tells of
// it. `parts.front` is there then.
absl::StatusOr<AnalyzedPatterns> AnalyzePatterns(
    SessionParts& parts, const std::vector<std::string>& patterns);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_ANALYZE_PATTERNS_H_
