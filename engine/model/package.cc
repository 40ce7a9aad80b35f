// SPDX-License-Identifier: Apache-2.0
#include "engine/model/package.h"

namespace graph {

const Target* Package::Find(absl::string_view name) const {
  auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : *found;
}

Target* Package::Add(Target target) {
  if (by_name_.contains(target.label.name())) return nullptr;
  targets_.push_back(std::move(target));
  Target* added = &targets_.back();
  by_name_.insert(added);
  return added;
}

}  // namespace graph
