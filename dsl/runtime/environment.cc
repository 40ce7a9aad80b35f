// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/environment.h"

#include <set>

namespace dsl {

Environment::Builder::Builder(std::shared_ptr<const Environment> parent)
    : environment_(std::make_shared<Environment>()),
      heap_(std::make_shared<Heap>()) {
  environment_->parent_ = std::move(parent);
}

void Environment::Builder::Set(absl::string_view name, Value value) {
  environment_->names_.insert_or_assign(std::string(name), value);
}

void Environment::Builder::SetBuiltin(absl::string_view name,
                                      BuiltinFunction function) {
  Set(name, heap_->Builtin(name, std::move(function)));
}

std::shared_ptr<const Environment> Environment::Builder::Freeze() {
  heap_->Freeze();
  environment_->heap_ = heap_;
  return environment_;
}

std::optional<Value> Environment::Find(absl::string_view name) const {
  for (const Environment* at = this; at != nullptr; at = at->parent_.get()) {
    const auto found = at->names_.find(name);
    if (found != at->names_.end()) return found->second;
  }
  return std::nullopt;
}

std::vector<std::string> Environment::Names() const {
  std::set<std::string> names;
  for (const Environment* at = this; at != nullptr; at = at->parent_.get()) {
    for (const auto& entry : at->names_) names.insert(entry.first);
  }
  return {names.begin(), names.end()};
}

}  // namespace dsl
