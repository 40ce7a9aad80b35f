// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/scopes.h"

#include <utility>

namespace dsl {

// --- FunctionBeingResolved ---

uint32_t FunctionBeingResolved::AddLocal(const Identifier& name) {
  locals_.push_back({name.name, false, name.extent});
  return static_cast<uint32_t>(locals_.size() - 1);
}

std::optional<Extent> FunctionBeingResolved::Bind(const Identifier& name) {
  const auto at = names_.find(name.name);
  if (at != names_.end()) return locals_[at->second].extent;
  names_[name.name] = AddLocal(name);
  return std::nullopt;
}

void FunctionBeingResolved::BindInComprehension(const Identifier& name) {
  auto& names = comprehensions_.back();
  if (names.contains(name.name)) return;
  names[name.name] = AddLocal(name);
}

Found FunctionBeingResolved::Find(NameId name) {
  for (size_t i = comprehensions_.size(); i-- > 0;) {
    const auto at = comprehensions_[i].find(name);
    if (at != comprehensions_[i].end()) return {Scope::kLocal, at->second};
  }
  if (const auto at = names_.find(name); at != names_.end()) {
    return {Scope::kLocal, at->second};
  }
  if (outer_ == nullptr) return {};
  const Found outside = outer_->Find(name);
  if (outside.scope == Scope::kUnresolved) return {};
  const bool from_local = outside.scope == Scope::kLocal;
  if (from_local) outer_->locals_[outside.slot].captured = true;
  // By the slot, not by the name: comprehensions may hide a name with another
  // variable of the same name.
  const auto [at, added] = free_by_source_[from_local].emplace(
      outside.slot, static_cast<uint32_t>(free_.size()));
  if (added) free_.push_back({name, from_local, outside.slot});
  return {Scope::kFree, at->second};
}

void FunctionBeingResolved::Use(NameExpr* name) {
  if (name->scope == Scope::kLocal) uses_.push_back(name);
}

FunctionScope FunctionBeingResolved::Finish(Arena& arena) {
  for (NameExpr* name : uses_) {
    if (locals_[name->slot].captured) name->scope = Scope::kCell;
  }
  return {arena.Copy(locals_.data(), locals_.size()),
          arena.Copy(free_.data(), free_.size())};
}

void FunctionBeingResolved::AddNames(const File& file,
                                     std::vector<std::string>* names) const {
  for (const auto& open : comprehensions_) {
    for (const auto& [name, slot] : open) {
      names->emplace_back(file.name(locals_[slot].name));
    }
  }
  for (const Local& each : locals_) {
    if (names_.contains(each.name)) names->emplace_back(file.name(each.name));
  }
  if (outer_ != nullptr) outer_->AddNames(file, names);
}

// --- FileScope ---

FileScope::FileScope(File& file, const PredeclaredNames& predeclared)
    : file_(file), predeclared_(predeclared), found_(file.names().size()) {}

std::optional<Extent> FileScope::Bind(Scope scope, const Identifier& name) {
  Found& found = found_[name.name];
  if (found.scope == Scope::kGlobal) return globals_[found.slot].extent;
  if (found.scope == Scope::kLoaded) return loaded_[found.slot].extent;
  auto& list = scope == Scope::kGlobal ? globals_ : loaded_;
  found = {scope, static_cast<uint32_t>(list.size())};
  list.push_back(name);
  return std::nullopt;
}

Found FileScope::Find(NameId name) {
  Found& found = found_[name];
  if (found.scope == Scope::kUnresolved &&
      predeclared_.Contains(file_.name(name))) {
    found = {Scope::kPredeclared, static_cast<uint32_t>(used_.size())};
    used_.push_back(name);
  }
  return found;
}

void FileScope::AddNames(std::vector<std::string>* names) const {
  for (const Identifier& each : globals_) {
    names->emplace_back(file_.name(each.name));
  }
  for (const Identifier& each : loaded_) {
    names->emplace_back(file_.name(each.name));
  }
  for (std::string& each : predeclared_.All()) {
    names->push_back(std::move(each));
  }
}

void FileScope::Finish() {
  file_.SetNames(std::move(globals_), std::move(loaded_), std::move(used_));
}

}  // namespace dsl
