// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/toolchains.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "engine/exec/toolchain_packages.h"

namespace graph {

absl::StatusOr<const Toolchain*> Toolchains::Find(
    const std::vector<std::string>& packages) {
  Entry* entry = nullptr;
  {
    MutexLock lock(&mu_);
    std::unique_ptr<Entry>& known = entries_[packages];
    if (known == nullptr) known = std::make_unique<Entry>();
    entry = known.get();
  }
  MutexLock lock(&entry->mu);
  if (!entry->made.has_value()) entry->made = Make(packages);
  if (!entry->made->ok()) return entry->made->status();
  return &**entry->made;
}

absl::StatusOr<Toolchain> Toolchains::Make(
    const std::vector<std::string>& packages) const {
  ToolchainOptions options = options_;
  options.packages = packages;
  absl::StatusOr<Toolchain> made = HostToolchain(options);
  const std::string missing = MissingPackage(made.status());
  if (missing.empty() || !asked_by_) return made;
  const std::string who = asked_by_(missing);
  if (who.empty()) return made;
  return absl::Status(made.status().code(),
                      absl::StrCat(made.status().message(), "; ", who));
}

std::vector<std::string> Toolchains::Settings() const {
  std::set<std::string> settings;
  MutexLock lock(&mu_);
  for (const auto& [packages, entry] : entries_) {
    MutexLock held(&entry->mu);
    if (!entry->made.has_value() || !entry->made->ok()) continue;
    settings.insert((*entry->made)->settings.begin(),
                    (*entry->made)->settings.end());
  }
  return {settings.begin(), settings.end()};
}

}  // namespace graph
