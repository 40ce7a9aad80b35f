// SPDX-License-Identifier: Apache-2.0
#include "engine/load/rule_function.h"

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/load/package_builder.h"

namespace graph {

RuleFunction::RuleFunction(Definition definition)
    : definition_(std::move(definition)) {
  // One for each, so that providers() need not ask.
  definition_.providers.resize(definition_.attributes.size());
}

void RuleFunction::Export(absl::string_view name) {
  rule_class_ = std::make_unique<const RuleClass>(
      std::string(name), definition_.defined_in, definition_.traits,
      std::move(definition_.attributes));
}

const ProviderChoices& RuleFunction::providers(uint16_t attribute) const {
  // The common attributes come behind, and ask for nothing.
  return attribute < definition_.providers.size()
             ? definition_.providers[attribute]
             : no_choices_;
}

void RuleFunction::Repr(std::string* out) const {
  absl::StrAppend(out, "<rule", exported() ? " " : "",
                  exported() ? rule_class_->name() : "", ">");
}

absl::StatusOr<dsl::Value> RuleFunction::Call(
    dsl::Thread& thread, const dsl::Arguments& arguments) const {
  if (!exported()) {
    return absl::InvalidArgumentError(
        "a rule must be bound to a global name of its module before it is "
        "called");
  }
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, rule_class_->name()));
  builder->Declare(thread, *this, arguments);
  return dsl::Value::None();
}

}  // namespace graph
