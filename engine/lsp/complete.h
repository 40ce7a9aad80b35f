// SPDX-License-Identifier: Apache-2.0
// The parts of Complete(), for its own files.

#ifndef GRAPH_ENGINE_LSP_COMPLETE_H_
#define GRAPH_ENGINE_LSP_COMPLETE_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "engine/lsp/cursor.h"
#include "engine/lsp/features.h"
#include "engine/lsp/workspace.h"
#include "engine/model/attribute.h"
#include "engine/model/rule_class.h"

namespace graph {

// What is being completed, and what was found so far.
struct CompletionWork {
  Workspace& workspace;
  const FileId& file;
  const Cursor& cursor;
  Completions& found;

  // Offers what begins with what was typed, once.
  void Offer(Completion item);
};

// In a string: modules and what they give, labels, files.
void CompleteString(CompletionWork& work);

// `a list of labels`, `mandatory`.
std::string DetailOf(const AttributeSchema& attribute);
// The attribute that the string at the cursor belongs to, through select().
const AttributeSchema* AttributeAt(const CompletionWork& work);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_COMPLETE_H_
