// SPDX-License-Identifier: Apache-2.0
// One analysis under way: from targets to what they depend on, depth first,
// without recursion, each target once.

#ifndef GRAPH_ENGINE_ANALYZE_WALK_H_
#define GRAPH_ENGINE_ANALYZE_WALK_H_

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/thread.h"
#include "engine/analyze/analysis.h"
#include "engine/analyze/rule_context.h"
#include "engine/analyze/rule_result.h"
#include "engine/analyze/values.h"
#include "engine/load/loader.h"
#include "engine/model/configuration.h"
#include "engine/model/target.h"

namespace graph {

// Errors are collected: a target that depends on a failed one fails silently,
// everything else goes on. One thread at a time.
class Walk {
 public:
  using Print = std::function<void(absl::string_view line)>;

  // All outlive this.
  Walk(Loader& loader, const Configuration& configuration, const Print& print)
      : loader_(loader),
        configuration_(configuration),
        print_(print),
        state_(loader) {}

  // Analyses `target` and what it depends on.
  void Visit(const Target& target);

  // What was found of `targets`, which were all visited; or all errors. Ends
  // the walk.
  absl::StatusOr<Analysis> Finish(std::span<const Target* const> targets);

 private:
  // A target and how far it is.
  struct Node {
    enum class State : uint8_t { kNew, kActive, kDone, kFailed };
    State state = State::kNew;
    const TargetValue* value = nullptr;  // kDone
    std::unique_ptr<dsl::Heap> heap;     // Of its values, if needed.
  };

  struct Dependency {
    uint16_t attribute;
    Label label;
    const Target* target;
  };

  // A target whose dependencies are being analysed.
  struct Step {
    const Target* target;
    Node* node;
    std::vector<DecidedAttribute> attributes;
    std::vector<Dependency> dependencies;
    size_t next = 0;  // Of `dependencies`.
    bool failed = false;
  };

  Node& NodeOf(const Target& target);
  // Puts the target on the stack, its attributes decided and what it depends
  // on found.
  void Enter(const Target& target, Node& node);
  // The same for its attributes, which must be sound.
  absl::Status Decide(Step& step);
  // Whether the target can be built for the platform of the configuration.
  absl::Status CheckPlatform(const Target& target) const;
  absl::Status DecideAttribute(const Target& target, uint16_t index,
                               DecidedAttribute& decided);
  absl::Status FindDependencies(Step& step);
  // Looks at the next dependency of the step on top of the stack.
  void Advance();
  absl::Status CheckDependency(const Step& step, const Dependency& dependency,
                               const TargetValue& value);
  absl::Status CheckFiles(const Step& step, const Dependency& dependency,
                          const TargetValue& value);
  absl::Status CycleError(const Dependency& back) const;
  // `error` with what led to the target on top of the stack.
  absl::Status WithChain(absl::Status error) const;

  // The step on top is complete: makes its value.
  void Leave();
  absl::StatusOr<const TargetValue*> ValueOf(Step& step);
  absl::StatusOr<const TargetValue*> FileTarget(const Target& target,
                                                ArtifactId id,
                                                const Label& owner);
  absl::StatusOr<const TargetValue*> NoFiles(const Target& target);
  // A target with these files that cannot be run.
  absl::StatusOr<const TargetValue*> Plain(const Target& target,
                                           TargetFiles files);
  absl::StatusOr<const TargetValue*> RunRule(Step& step);
  // Errors without diagnostics are about what was returned or declared.
  absl::StatusOr<RuleResult> Implement(const RuleFunction& rule,
                                       RuleContext& context, dsl::Value ctx);
  void TestsOf(const TargetValue& value, std::vector<ActionId>& tests) const;

  Loader& loader_;
  const Configuration& configuration_;
  const Print& print_;
  absl::flat_hash_map<const Target*, std::unique_ptr<Node>> nodes_;
  AnalysisState state_;
  std::vector<Step> stack_;
  std::vector<absl::Status> errors_;
  absl::flat_hash_map<const TargetValue*, RunInfo> runs_;
  absl::flat_hash_map<const TargetValue*, ActionId> tests_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_WALK_H_
