// SPDX-License-Identifier: Apache-2.0
#include "engine/action/environment.h"

#include <algorithm>

namespace graph {
namespace {

constexpr std::pair<const char*, const char*> kFixed[] = {
    {"HOME", "/tmp"},
    {"LC_ALL", "C.UTF-8"},
    {"PATH", "/usr/bin:/bin"},
    // 1980, the earliest time that a zip archive can hold.
    {"SOURCE_DATE_EPOCH", "315532800"},
    {"TMPDIR", "/tmp"},
    {"TZ", "UTC"},
};

}  // namespace

NamedTexts EnvironmentOf(const Action& action) {
  NamedTexts environment;
  if (action.kind != Action::Kind::kSpawn) return environment;
  environment.reserve(std::size(kFixed) + action.env.size());
  for (const auto& [name, value] : kFixed) {
    const bool is_set = std::any_of(
        action.env.begin(), action.env.end(),
        [&](const auto& variable) { return variable.first == name; });
    if (!is_set) environment.emplace_back(name, value);
  }
  environment.insert(environment.end(), action.env.begin(), action.env.end());
  std::sort(environment.begin(), environment.end());
  return environment;
}

}  // namespace graph
