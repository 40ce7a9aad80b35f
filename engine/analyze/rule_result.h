// SPDX-License-Identifier: Apache-2.0
// What an implementation returned, as the target that others see.

#ifndef GRAPH_ENGINE_ANALYZE_RULE_RESULT_H_
#define GRAPH_ENGINE_ANALYZE_RULE_RESULT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "dsl/runtime/value.h"
#include "engine/analyze/rule_context.h"
#include "engine/analyze/values.h"
#include "engine/load/rule_function.h"

namespace graph {

struct RuleResult {
  const TargetValue* target = nullptr;
  // Whether the target refers to values on the heap of the context. Most give
  // a few files and nothing else; then that heap need not live on.
  bool keeps_heap = true;
};

// `returned` is None, a provider's instance, a list of them, or a target, which
// this one is then but for its name. Unless DefaultInfo says so, the files are
// those of the output attributes, and the program. Fails with
// kInvalidArgument and a sentence.
absl::StatusOr<RuleResult> ResultOf(RuleContext& context,
                                    const RuleFunction& rule,
                                    dsl::Value returned);

// How a program is started by `graph run` and `graph test`.
struct RunInfo {
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;  // Sorted by name.
};

// What the attributes `args` and `env` say. REQUIRES: the rule is executable.
absl::StatusOr<RunInfo> RunInfoOf(const RuleContext& context);

// Adds the action that runs `target`. REQUIRES: the rule makes tests, and
// `target` is executable.
absl::StatusOr<ActionId> AddTest(RuleContext& context,
                                 const TargetValue& target, const RunInfo& run);

// The tests of a suite: the targets that its TestSuiteInfo (rules/core) names;
// empty if `target` is none.
std::vector<const TargetValue*> SuiteOf(const TargetValue& target);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_RULE_RESULT_H_
