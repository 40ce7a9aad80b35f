// SPDX-License-Identifier: Apache-2.0
// Which programs of the host commands see, by the names of Debian packages. A
// name that begins with a slash is that of a file or a folder.

#ifndef GRAPH_ENGINE_ACTION_HOST_PACKAGES_H_
#define GRAPH_ENGINE_ACTION_HOST_PACKAGES_H_

#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

// Those of the default toolchain: a shell and what it usually calls. Sorted.
std::span<const absl::string_view> DefaultPackages();

// What somebody asked for, as Action::packages wants it: sorted, each once,
// with the default ones if `and_default`; empty if it is these alone.
std::vector<std::string> NormalPackages(std::vector<std::string> packages,
                                        bool and_default);

// What is seen where both lists are, each as Action::packages has it.
std::vector<std::string> UnitedPackages(const std::vector<std::string>& a,
                                        const std::vector<std::string>& b);

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_HOST_PACKAGES_H_
