// SPDX-License-Identifier: Apache-2.0
#include "engine/model/package.h"

#include "absl/strings/str_cat.h"

namespace graph {

std::string Package::build_file() const {
  return absl::StrCat(name_.path, name_.path.empty() ? "" : "/",
                      kBuildFileName);
}

const Target* Package::Find(absl::string_view name) const {
  auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &targets_[*found];
}

bool Package::Add(Target target) {
  if (by_name_.contains(target.label.name())) return false;
  targets_.push_back(std::move(target));
  by_name_.insert(static_cast<uint32_t>(targets_.size() - 1));
  return true;
}

const Visibility* Package::Keep(Visibility visibility) {
  auto kept = std::make_unique<const Visibility>(std::move(visibility));
  const Visibility* const found = kept.get();
  visibilities_.push_back(std::move(kept));
  return found;
}

}  // namespace graph
