// SPDX-License-Identifier: Apache-2.0
// The protocol's forms of our values.

#ifndef GRAPH_ENGINE_LSP_WIRE_H_
#define GRAPH_ENGINE_LSP_WIRE_H_

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/lsp/features.h"
#include "engine/lsp/text_position.h"
#include "engine/lsp/workspace.h"

namespace graph {

using Json = nlohmann::json;

// Throw Json::exception if it is not what it should be.
TextPosition PositionFrom(const Json& json);
TextRange RangeFrom(const Json& json);
std::vector<TextChange> ChangesFrom(const Json& json);

// Writes places with the URIs of a workspace in one encoding.
class Wire {
 public:
  Wire(const Workspace& workspace, Encoding encoding)
      : workspace_(workspace), encoding_(encoding) {}

  Json Range(const Place& place) const;
  Json Location(const Place& place) const;
  Json Locations(const std::vector<Place>& places) const;
  Json Edit(const Replacement& replacement) const;
  // A WorkspaceEdit.
  Json Edits(const std::vector<Replacement>& replacements) const;
  Json Diagnostic(const Finding& finding) const;
  // The quick fix of a finding that has one.
  Json CodeAction(const Finding& finding) const;
  Json Hover(const HoverText& hover) const;
  Json CompletionList(const Completions& completions) const;
  Json DocumentSymbols(const std::vector<Symbol>& symbols) const;

 private:
  const Workspace& workspace_;
  Encoding encoding_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_WIRE_H_
