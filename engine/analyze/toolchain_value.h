// SPDX-License-Identifier: Apache-2.0
// HostToolchainInfo (rules/core/toolchain.spec): which programs of the host a
// command sees.

#ifndef GRAPH_ENGINE_ANALYZE_TOOLCHAIN_VALUE_H_
#define GRAPH_ENGINE_ANALYZE_TOOLCHAIN_VALUE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dsl/runtime/value.h"
#include "engine/analyze/rule_context.h"

namespace graph {

// The programs of the host that one command needs, gathered from all that says
// something about it. Who says nothing gets the default ones.
class PackageUnion {
 public:
  // As Action::packages has them.
  void Add(const std::vector<std::string>& packages);
  // Likewise.
  std::vector<std::string> packages() const {
    return packages_.value_or(std::vector<std::string>());
  }

 private:
  std::optional<std::vector<std::string>> packages_;
};

// Adds what the parameter `toolchain` says: a HostToolchainInfo, a target that
// gives one, a list of these, or nothing. Fails with kInvalidArgument.
absl::Status AddToolchain(const RuleContext& context, dsl::Value toolchain,
                          PackageUnion& packages);

// What those who run a target have to see, if `providers`, which its
// implementation returned, say so; else nullptr. Fails with kInvalidArgument.
absl::StatusOr<const std::vector<std::string>*> ReadToolchain(
    const RuleContext& context, const std::vector<dsl::Value>& providers);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_TOOLCHAIN_VALUE_H_
