// SPDX-License-Identifier: Apache-2.0
// What the server does for each method of the protocol.

#ifndef GRAPH_ENGINE_LSP_HANDLERS_H_
#define GRAPH_ENGINE_LSP_HANDLERS_H_

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/lsp/editor_files.h"
#include "engine/lsp/features.h"
#include "engine/lsp/wire.h"
#include "engine/lsp/workspace.h"

namespace graph {

// Parameters of the wrong form are thrown as Json::exception.
class Handlers {
 public:
  using Notify = std::function<void(absl::string_view method, Json params)>;

  Handlers(OpenEditorFiles open, Notify notify);
  ~Handlers();

  // The answer to `initialize`: what the server can do.
  Json Initialize(const Json& params);
  // nullptr if there is no such method. A failed answer is a sentence for the
  // user.
  using Request = absl::StatusOr<Json> (Handlers::*)(const Json& params);
  static Request FindRequest(absl::string_view method);
  // One that is not known is dropped.
  void Note(absl::string_view method, const Json& params);

  // Whether there may be other diagnostics than those published.
  bool dirty() const { return dirty_; }
  void Publish();

 private:
  // Where a request points to: a file that can be read, and an offset in it.
  struct Spot {
    FileId file;
    uint32_t offset = 0;
  };
  std::optional<Spot> SpotOf(const Json& params);
  std::optional<FileId> FileOf(const Json& params) const;
  Wire wire() const { return {*workspace_, encoding_}; }

  void DidOpen(const Json& params);
  void DidChange(const Json& params);
  void DidClose(const Json& params);
  void OnDiskChanged(const Json& params);

  absl::StatusOr<Json> Definition(const Json& params);
  absl::StatusOr<Json> References(const Json& params);
  absl::StatusOr<Json> Hover(const Json& params);
  absl::StatusOr<Json> Completion(const Json& params);
  absl::StatusOr<Json> DocumentSymbol(const Json& params);
  absl::StatusOr<Json> Formatting(const Json& params);
  absl::StatusOr<Json> CodeAction(const Json& params);
  absl::StatusOr<Json> PrepareRename(const Json& params);
  absl::StatusOr<Json> Rename(const Json& params);

  const OpenEditorFiles open_;
  const Notify notify_;
  Encoding encoding_ = Encoding::kUtf16;
  std::unique_ptr<Workspace> workspace_;  // Null until a folder is known.
  bool dirty_ = false;
  std::map<FileId, std::vector<Finding>> findings_;  // As published.
  // What was said last of each file that something was said of, and where.
  std::map<FileId, std::pair<std::string, std::string>> published_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_HANDLERS_H_
