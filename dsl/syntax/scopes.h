// SPDX-License-Identifier: Apache-2.0

// The scopes that the resolver is in.

#ifndef GRAPH_DSL_SYNTAX_SCOPES_H_
#define GRAPH_DSL_SYNTAX_SCOPES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/resolver.h"

namespace dsl {

// Where a name was found.
struct Found {
  Scope scope = Scope::kUnresolved;
  uint32_t slot = 0;
};

// A function that is being resolved: its locals, what it takes from outside,
// and the comprehensions that are open. The file is the outermost one.
class FunctionBeingResolved {
 public:
  explicit FunctionBeingResolved(FunctionBeingResolved* outer)
      : outer_(outer) {}

  // Adds a local of the function; the place of the first binding if the name is
  // bound already.
  std::optional<Extent> Bind(const Identifier& name);
  // Comprehensions have variables of their own.
  void OpenComprehension() { comprehensions_.emplace_back(); }
  void BindInComprehension(const Identifier& name);
  void CloseComprehension() { comprehensions_.pop_back(); }

  // Finds a variable of this function or of one around it; that becomes a free
  // variable of this one then.
  Found Find(NameId name);
  // Notes a use, to be corrected by Finish if the local is in a cell.
  void Use(NameExpr* name);
  // Writes the scope, once all uses are known.
  FunctionScope Finish(Arena& arena);

  // The names that are visible, for "did you mean ...?".
  void AddNames(const File& file, std::vector<std::string>* names) const;
  bool is_file() const { return outer_ == nullptr; }
  FunctionBeingResolved* outer() const { return outer_; }
  const Local& local(uint32_t slot) const { return locals_[slot]; }

  int loops = 0;  // that are open

 private:
  uint32_t AddLocal(const Identifier& name);

  FunctionBeingResolved* const outer_;
  std::vector<Local> locals_;
  absl::flat_hash_map<NameId, uint32_t> names_;
  std::vector<absl::flat_hash_map<NameId, uint32_t>> comprehensions_;
  std::vector<FreeVariable> free_;
  absl::flat_hash_map<NameId, uint32_t> free_by_source_[2];
  std::vector<NameExpr*> uses_;
};

// The names that all functions of a file see: what it binds and loads, and what
// it is given.
class FileScope {
 public:
  FileScope(File& file, const PredeclaredNames& predeclared);

  // Adds a global or a loaded name; the place of the first binding if the name
  // is bound already.
  std::optional<Extent> Bind(Scope scope, const Identifier& name);
  Found Find(NameId name);
  void AddNames(std::vector<std::string>* names) const;
  void Finish();

 private:
  File& file_;
  const PredeclaredNames& predeclared_;
  std::vector<Found> found_;  // by NameId
  std::vector<Identifier> globals_;
  std::vector<Identifier> loaded_;
  std::vector<NameId> used_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_SCOPES_H_
