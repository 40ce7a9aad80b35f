// SPDX-License-Identifier: Apache-2.0
// What a name stands for: the value behind it, and where it is made.

#ifndef GRAPH_ENGINE_LSP_MEANING_H_
#define GRAPH_ENGINE_LSP_MEANING_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"
#include "dsl/syntax/ast.h"
#include "engine/load/rule_function.h"
#include "engine/lsp/workspace.h"
#include "engine/model/rule_class.h"

namespace graph {

// The value of `name`, which may be dotted (`native.genrule`), at the top level
// of a file: loaded, bound there, or known without. Found by what the file
// loads, also if it is broken.
std::optional<dsl::Value> ValueOf(Workspace& workspace, const FileId& file,
                                  absl::string_view name);

// The rule of that name; nullptr if it is none. Lives until the next change.
const RuleClass* RuleNamed(Workspace& workspace, const FileId& file,
                           absl::string_view name);

// Where a global is made: its binding, and the statement; through load() and
// plain assignments of one name to another, to the end.
struct GlobalMade {
  std::shared_ptr<const ParsedFile> file;
  dsl::Extent binding;
  const dsl::Stmt* statement = nullptr;  // Null if it is not known.

  Place place() const { return file->At(binding); }
};
std::optional<GlobalMade> FindGlobal(Workspace& workspace, const FileId& file,
                                     absl::string_view name);
// Of what `name` stands for in `file`, be it loaded or of the prelude.
std::optional<GlobalMade> FindMade(Workspace& workspace, const FileId& file,
                                   absl::string_view name);

// Where a function's parameter, or a rule's attribute, is declared.
std::optional<Place> FindParameter(const GlobalMade& made,
                                   absl::string_view name);

// `def name(…) -> type`, as written.
std::string SignatureText(const ParsedFile& file, const dsl::DefStmt& def);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_MEANING_H_
