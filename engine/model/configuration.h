// SPDX-License-Identifier: Apache-2.0
// For what a target is built: what select() asks about.

#ifndef GRAPH_ENGINE_MODEL_CONFIGURATION_H_
#define GRAPH_ENGINE_MODEL_CONFIGURATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/attribute.h"

namespace graph {

struct Target;

struct Configuration {
  std::string platform;              // `linux-x86_64`, what --platform says.
  std::vector<std::string> configs;  // Names given by --config, each once.
  StringDict values;                 // Other settings: name → value.

  bool HasConfig(absl::string_view name) const;
  // nullptr if it is not set.
  const std::string* value(absl::string_view name) const;
};

// What a config_setting asks for; all of it has to hold.
struct Condition {
  std::string config;    // Empty: any.
  std::string platform;  // Empty: any.
  StringDict values;

  // Nothing if it does not hold, else how many things it asks for, as a
  // ConditionMatcher answers.
  std::optional<int> Match(const Configuration& configuration) const;
};

// The rule that declares conditions; the engine knows it by itself.
inline constexpr absl::string_view kConfigSetting = "config_setting";

// REQUIRES: `target` is made by kConfigSetting.
Condition ConditionOf(const Target& target);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_CONFIGURATION_H_
