// SPDX-License-Identifier: Apache-2.0
// What the names of Python's distributions say.

#ifndef GRAPH_ENGINE_FETCH_VERSIONS_PYPI_H_
#define GRAPH_ENGINE_FETCH_VERSIONS_PYPI_H_

#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// The version of a source or built distribution (`.tar.gz`, `.whl`) of
// `project`; "" if it is none.
std::string VersionOfPythonFile(absl::string_view project,
                                absl::string_view file);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_VERSIONS_PYPI_H_
