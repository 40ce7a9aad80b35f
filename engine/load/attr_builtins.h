// SPDX-License-Identifier: Apache-2.0
// `attr.string(…)` and its kin: what a rule's author says of one attribute.

#ifndef GRAPH_ENGINE_LOAD_ATTR_BUILTINS_H_
#define GRAPH_ENGINE_LOAD_ATTR_BUILTINS_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/value.h"
#include "engine/load/rule_function.h"
#include "engine/model/rule_class.h"

namespace graph {

// What attr.… returns. Its schema has no name yet.
class AttributeDefinition final : public dsl::Native {
 public:
  AttributeDefinition(AttributeSchema schema, ProviderChoices providers)
      : schema_(std::move(schema)), providers_(std::move(providers)) {}

  const AttributeSchema& schema() const { return schema_; }
  const ProviderChoices& providers() const { return providers_; }

  absl::string_view type_name() const override { return "Attribute"; }
  void Repr(std::string* out) const override;

 private:
  AttributeSchema schema_;
  ProviderChoices providers_;
};

// The struct `attr`.
dsl::Value MakeAttrModule(dsl::Heap& heap);

// A list of providers, or of lists of them (one of which a target must have
// all of). Fails with kInvalidArgument; `what` is the parameter's name.
absl::StatusOr<ProviderChoices> ReadProviders(dsl::Value value,
                                              absl::string_view what);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_ATTR_BUILTINS_H_
