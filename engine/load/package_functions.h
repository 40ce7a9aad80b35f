// SPDX-License-Identifier: Apache-2.0
// The functions that a build file calls, and macros as native.…: glob, package,
// exports_files, package_name, repository_name, existing_rule, existing_rules,
// version, locked.

#ifndef GRAPH_ENGINE_LOAD_PACKAGE_FUNCTIONS_H_
#define GRAPH_ENGINE_LOAD_PACKAGE_FUNCTIONS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"

namespace graph {

struct PackageFunction {
  absl::string_view name;
  dsl::BuiltinFunction call;
};

std::vector<PackageFunction> PackageFunctions();

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_PACKAGE_FUNCTIONS_H_
