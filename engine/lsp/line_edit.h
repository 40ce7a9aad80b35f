// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LSP_LINE_EDIT_H_
#define GRAPH_ENGINE_LSP_LINE_EDIT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "engine/lsp/workspace.h"

namespace graph {

// One edit of whole lines that makes `text` of the file; nothing if it is so.
std::vector<Replacement> LineEdits(const Place& file, absl::string_view text);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_LINE_EDIT_H_
