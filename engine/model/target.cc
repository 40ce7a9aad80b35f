// SPDX-License-Identifier: Apache-2.0
#include "engine/model/target.h"

#include <algorithm>
#include <variant>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

const Target::Setting* FindSetting(const Target& target, uint16_t index) {
  const PackedVector<Target::Setting>& settings = target.settings();
  auto found =
      std::lower_bound(settings.begin(), settings.end(), index,
                       [](const Target::Setting& setting, uint16_t wanted) {
                         return setting.attribute < wanted;
                       });
  if (found == settings.end() || found->attribute != index) {
    return nullptr;
  }
  return &*found;
}

}  // namespace

const Target::Details& Target::facts() const {
  static const auto* const kFile = new Details{.kind = Kind::kSourceFile};
  return details == nullptr ? *kFile : *details;
}

std::string Target::kind_text() const {
  switch (kind()) {
    case Kind::kSourceFile:
      return "source file";
    case Kind::kOutputFile:
      return "generated file";
    case Kind::kRule:
      break;
  }
  return absl::StrCat(rule().name(), " rule");
}

const Attribute& Target::attribute(uint16_t index) const {
  const Setting* setting = FindSetting(*this, index);
  return setting != nullptr ? setting->value
                            : rule().attributes()[index].default_value;
}

const Attribute* Target::attribute(absl::string_view name) const {
  if (kind() != Kind::kRule) return nullptr;
  std::optional<uint16_t> index = rule().Find(name);
  return index.has_value() ? &attribute(*index) : nullptr;
}

bool Target::is_set(uint16_t index) const {
  return FindSetting(*this, index) != nullptr;
}

std::vector<std::string> Target::tags() const {
  const Attribute* tags = attribute("tags");
  if (tags == nullptr || tags->plain() == nullptr) return {};
  const auto* words = std::get_if<StringList>(tags->plain());
  if (words == nullptr) return {};
  return {words->begin(), words->end()};
}

}  // namespace graph
