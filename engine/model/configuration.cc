// SPDX-License-Identifier: Apache-2.0
#include "engine/model/configuration.h"

#include <algorithm>
#include <variant>

#include "engine/model/target.h"

namespace graph {
namespace {

// Empty if it is not given as a plain value of this type.
template <typename T>
T PlainOf(const Target& target, absl::string_view name) {
  const Attribute* attribute = target.attribute(name);
  if (attribute == nullptr || attribute->plain() == nullptr) return T();
  const T* value = std::get_if<T>(attribute->plain());
  return value == nullptr ? T() : *value;
}

}  // namespace

bool Configuration::HasConfig(absl::string_view name) const {
  return std::find(configs.begin(), configs.end(), name) != configs.end();
}

const std::string* Configuration::value(absl::string_view name) const {
  for (const auto& [key, text] : values) {
    if (key == name) return &text;
  }
  return nullptr;
}

std::optional<int> Condition::Match(const Configuration& configuration) const {
  int asked = 0;
  if (!config.empty()) {
    if (!configuration.HasConfig(config)) return std::nullopt;
    ++asked;
  }
  if (!platform.empty()) {
    if (configuration.platform != platform) return std::nullopt;
    ++asked;
  }
  for (const auto& [name, wanted] : values) {
    const std::string* text = configuration.value(name);
    if (text == nullptr || *text != wanted) return std::nullopt;
    ++asked;
  }
  return asked;
}

Condition ConditionOf(const Target& target) {
  return {
      .config = std::string(PlainOf<PackedString>(target, "config").view()),
      .platform = std::string(PlainOf<PackedString>(target, "platform").view()),
      .values = PlainOf<StringDict>(target, "values")};
}

}  // namespace graph
