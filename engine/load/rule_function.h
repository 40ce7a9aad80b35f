// SPDX-License-Identifier: Apache-2.0
// What `rule(...)` returns: a function that declares a target when it is called
// from a BUILD.spec, and that analysis asks how its targets are made.

#ifndef GRAPH_ENGINE_LOAD_RULE_FUNCTION_H_
#define GRAPH_ENGINE_LOAD_RULE_FUNCTION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"
#include "engine/model/rule_class.h"

namespace graph {

// Providers of which a dependency has to have all of one list.
using ProviderChoices = std::vector<std::vector<dsl::Value>>;

// Safe for concurrent use once its module is frozen.
class RuleFunction final : public dsl::Native {
 public:
  struct Definition {
    dsl::Value implementation;  // None: the engine knows it.
    RuleClass::Traits traits;
    std::vector<AttributeSchema> attributes;
    // By place in `attributes`; may be shorter.
    std::vector<ProviderChoices> providers;
    // What its targets must return beside DefaultInfo.
    std::vector<dsl::Value> provides;
    std::string defined_in;  // Label of the module.
  };

  explicit RuleFunction(Definition definition);

  // Gives it its name: that of the first global it is bound to. Before that
  // it cannot be called.
  void Export(absl::string_view name);
  bool exported() const { return rule_class_ != nullptr; }

  // REQUIRES: exported().
  const RuleClass& rule_class() const { return *rule_class_; }
  dsl::Value implementation() const { return definition_.implementation; }
  // What a dependency in this attribute must provide; empty: anything.
  const ProviderChoices& providers(uint16_t attribute) const;
  const std::vector<dsl::Value>& provides() const {
    return definition_.provides;
  }

  absl::string_view type_name() const override { return "rule"; }
  void Repr(std::string* out) const override;
  bool Callable() const override { return true; }
  absl::StatusOr<dsl::Value> Call(
      dsl::Thread& thread, const dsl::Arguments& arguments) const override;

 private:
  Definition definition_;
  ProviderChoices no_choices_;
  std::unique_ptr<const RuleClass> rule_class_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_RULE_FUNCTION_H_
