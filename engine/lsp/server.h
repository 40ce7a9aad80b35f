// SPDX-License-Identifier: Apache-2.0
// The Language Server Protocol, 3.17, over one channel: docs/editors.md.

#ifndef GRAPH_ENGINE_LSP_SERVER_H_
#define GRAPH_ENGINE_LSP_SERVER_H_

#include <string>

#include "engine/lsp/editor_files.h"

namespace graph {

// Serves until the editor says `exit`, or is gone. Returns whether it ended as
// the protocol has it: `shutdown`, then `exit`. Nothing that comes over the
// channel ends the process otherwise.
bool ServeEditor(EditorChannel& channel, const OpenEditorFiles& open);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_SERVER_H_
