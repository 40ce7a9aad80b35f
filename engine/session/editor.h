// SPDX-License-Identifier: Apache-2.0
// The engine as the server of an editor.

#ifndef GRAPH_ENGINE_SESSION_EDITOR_H_
#define GRAPH_ENGINE_SESSION_EDITOR_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace graph {

// Speaks the Language Server Protocol over standard input and output until the
// editor ends it. `flags` as in SessionOptions. Fails with kInvalidArgument if
// a setting is wrong, with kUnavailable if the editor went away without an
// orderly end.
absl::Status ServeEditorHere(
    const std::vector<std::pair<std::string, std::string>>& flags);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_EDITOR_H_
