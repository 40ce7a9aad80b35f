// SPDX-License-Identifier: Apache-2.0
// What the server needs of the world: its maker gives it.

#ifndef GRAPH_ENGINE_LSP_EDITOR_FILES_H_
#define GRAPH_ENGINE_LSP_EDITOR_FILES_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/load/source_tree.h"

namespace graph {

// The files of one workspace.
struct EditorFiles {
  std::string root;  // Absolute; of `workspace`.
  std::unique_ptr<const SourceTree> workspace;
  // The embedded rules, and the folder in which copies of them can be read:
  // empty if there is none.
  const SourceTree* rules = nullptr;
  std::string rules_folder;
  int threads = 1;  // For loading.
};

// The two ends of the wire to the editor. One thread at a time.
class EditorChannel {
 public:
  virtual ~EditorChannel() = default;
  // Some bytes: waits for them as long as it takes, or `timeout_ms` if that is
  // not negative. Nothing: none came in time. Empty: the end.
  virtual std::optional<std::string> Read(int timeout_ms) = 0;
  // False if nobody reads any more.
  virtual bool Write(absl::string_view bytes) = 0;
};

// The workspace in which an absolute folder lies; if it lies in none, the
// folder itself.
using OpenEditorFiles = std::function<EditorFiles(const std::string& folder)>;

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_EDITOR_FILES_H_
