// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_BASE_VERSION_H_
#define GRAPH_ENGINE_BASE_VERSION_H_

#include "absl/strings/string_view.h"

namespace graph {

// Of this program; as in the CMakeLists.txt at the root.
inline constexpr absl::string_view kVersion = "0.1.0";

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_VERSION_H_
