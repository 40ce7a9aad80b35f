// SPDX-License-Identifier: Apache-2.0
// A workspace in memory, with the rules of this repository, to be analysed.

#ifndef GRAPH_TESTS_ENGINE_ANALYZE_WORKBENCH_H_
#define GRAPH_TESTS_ENGINE_ANALYZE_WORKBENCH_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/stdlib/universe.h"
#include "engine/analyze/analysis.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "engine/model/configuration.h"

namespace graph {

class Workbench {
 public:
  // The folder rules/ of this repository is `@rules`. `universe` is
  // dsl::Universe(), or an environment on top of it.
  explicit Workbench(
      std::shared_ptr<const dsl::Environment> universe = dsl::Universe());

  // REQUIRES: before the first Analyze.
  Workbench& Write(absl::string_view path, absl::string_view text);
  // What implementations printed so far, a line each.
  const std::vector<std::string>& printed() const { return printed_; }
  Loader& loader();

  Configuration configuration;

  absl::StatusOr<Analysis> Analyze(const std::vector<std::string>& labels);
  // All actions as text; or `error: ` and the message.
  std::string Actions(const std::vector<std::string>& labels);
  // The message, or "" if there is none.
  std::string Error(const std::vector<std::string>& labels);

 private:
  std::shared_ptr<const dsl::Environment> universe_;
  MemoryTree workspace_;
  MemoryTree rules_;
  std::unique_ptr<Loader> loader_;
  std::vector<std::string> printed_;
};

// A target as text: what it gives, how it runs, its tests.
std::string DumpTarget(const Analysis& analysis,
                       const ConfiguredTarget& target);

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_ANALYZE_WORKBENCH_H_
