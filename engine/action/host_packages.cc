// SPDX-License-Identifier: Apache-2.0
#include "engine/action/host_packages.h"

#include <algorithm>

namespace graph {
namespace {

constexpr absl::string_view kDefault[] = {
    "bash", "coreutils", "dash",     "debianutils", "diffutils", "findutils",
    "grep", "gzip",      "libc-bin", "mawk",        "sed",       "tar"};

}  // namespace

std::span<const absl::string_view> DefaultPackages() { return kDefault; }

std::vector<std::string> NormalPackages(std::vector<std::string> packages,
                                        bool and_default) {
  if (and_default) {
    for (absl::string_view name : kDefault) packages.emplace_back(name);
  }
  std::sort(packages.begin(), packages.end());
  packages.erase(std::unique(packages.begin(), packages.end()), packages.end());
  if (std::equal(packages.begin(), packages.end(), std::begin(kDefault),
                 std::end(kDefault))) {
    packages.clear();
  }
  return packages;
}

std::vector<std::string> UnitedPackages(const std::vector<std::string>& a,
                                        const std::vector<std::string>& b) {
  std::vector<std::string> all = a;
  all.insert(all.end(), b.begin(), b.end());
  return NormalPackages(std::move(all), a.empty() || b.empty());
}

}  // namespace graph
