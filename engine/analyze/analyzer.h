// SPDX-License-Identifier: Apache-2.0
// Targets + the rules' implementations → providers + actions.
//
// A target is analysed once what it depends on has been; its rule's
// implementation is called with a `ctx` (context.h) and says, through it, which
// actions make its files.

#ifndef GRAPH_ENGINE_ANALYZE_ANALYZER_H_
#define GRAPH_ENGINE_ANALYZE_ANALYZER_H_

#include <functional>
#include <span>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/analyze/analysis.h"
#include "engine/load/loader.h"
#include "engine/model/configuration.h"
#include "engine/model/label.h"

namespace graph {

struct AnalyzerOptions {
  // Takes what implementations print(), with its place. May be empty: then it
  // is dropped.
  std::function<void(absl::string_view line)> print;
};

// One thread at a time.
class Analyzer {
 public:
  // `loader` outlives the analyzer.
  Analyzer(Loader& loader, Configuration configuration,
           AnalyzerOptions options = {});

  // Analyses `labels` and all that they depend on, anew at each call. Fails
  // with the diagnostics (load/diagnosed.h) of every target that could be
  // looked at, not only of the first: kInvalidArgument; or with kNotFound and a
  // sentence, if one of `labels` does not exist.
  absl::StatusOr<Analysis> Analyze(std::span<const Label> labels);

 private:
  Loader& loader_;
  Configuration configuration_;
  AnalyzerOptions options_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_ANALYZER_H_
