// SPDX-License-Identifier: Apache-2.0
// What the targets of a package use though they better would not.

#ifndef GRAPH_ENGINE_LOAD_DEPRECATIONS_H_
#define GRAPH_ENGINE_LOAD_DEPRECATIONS_H_

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "dsl/check/check.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/load/loader.h"

namespace graph {

// The checks of FindDeprecated(), for dsl::Check() to know their names.
std::span<const dsl::CheckInfo> DeprecationChecks();

// Adds a warning for each rule, attribute and dependency of the package's
// targets that its author calls deprecated, at the place of its use. Of
// dependencies only those that are said, in any branch of a select(); what is
// deprecated itself may use what is. Comments are not looked at.
//
// Returns the errors of FindDependency() for dependencies outside of a
// select().
std::vector<absl::Status> FindDeprecated(Loader& loader,
                                         const LoadedPackage& package,
                                         dsl::Diagnostics& diagnostics);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_DEPRECATIONS_H_
