// SPDX-License-Identifier: Apache-2.0
// `ctx`, what a rule's implementation is called with.

#ifndef GRAPH_ENGINE_ANALYZE_CONTEXT_VALUE_H_
#define GRAPH_ENGINE_ANALYZE_CONTEXT_VALUE_H_

#include "absl/status/statusor.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/value.h"
#include "engine/analyze/rule_context.h"

namespace graph {

// What leads from `ctx` and its parts to the target. They may be kept longer
// than the implementation runs, in a provider or a closure; once Cut(), they
// are errors to use.
class ContextLink final : public dsl::Native {
 public:
  explicit ContextLink(RuleContext& context) : context_(&context) {}

  void Cut() { context_ = nullptr; }
  absl::StatusOr<RuleContext*> Follow() const;

  absl::string_view type_name() const override { return "ctx link"; }

 private:
  RuleContext* context_;
};

// A `ctx` on the heap of the context.
dsl::Value MakeContextValue(RuleContext& context, const ContextLink& link);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_CONTEXT_VALUE_H_
