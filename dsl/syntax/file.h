// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_FILE_H_
#define GRAPH_DSL_SYNTAX_FILE_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "dsl/syntax/arena.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/names.h"
#include "dsl/syntax/source.h"

namespace dsl {

// A parsed file: owns its tree and keeps its source. After Resolve nothing
// changes it any more, and many threads may read it.
class File {
 public:
  // Trees of expressions are at most this deep, statements nest at most
  // kMaxBlocks deep: deeper is an error of the parser, so that recursion over
  // the tree is safe. Operators in a row, `a + b + c`, are no deeper than two;
  // there are at most kMaxChain, as recursion over the left ones needs a stack.
  static constexpr int kMaxDepth = 500;
  static constexpr int kMaxChain = 10000;
  static constexpr int kMaxClauses = 100;
  static constexpr int kMaxBlocks = 100;

  File(std::shared_ptr<const Source> source, FileKind kind)
      : source_(std::move(source)), kind_(kind) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::shared_ptr<const Source>& source() const { return source_; }
  FileKind kind() const { return kind_; }
  const Block& body() const { return body_; }
  absl::string_view name(NameId id) const { return names_[id]; }
  const Names& names() const { return names_; }
  Span At(Extent extent) const { return source_->At(extent); }
  template <class Node>
  Span SpanOf(const Node& node) const {
    return source_->At(node.extent);
  }
  // All load statements, in order.
  std::span<const LoadStmt* const> loads() const { return loads_; }
  // The string that the file or function starts with, or null.
  const StringExpr* doc() const { return DocOf(body_); }
  static const StringExpr* DocOf(const Block& block);

  // Names that a statement with an error, which is not in the tree, may bind.
  const absl::flat_hash_set<NameId>& unsure() const { return unsure_; }

  // --- what the resolver finds; slots index these ---

  // The names that the file binds, but for those that it loads, in the order
  // of the text, with the place of the binding.
  std::span<const Identifier> globals() const { return globals_; }
  // What the file loads, the names here, in the order of the text.
  std::span<const Identifier> loaded() const { return loaded_; }
  // The predeclared names that it uses, once each.
  std::span<const NameId> predeclared() const { return predeclared_; }
  // The variables of comprehensions at the top level.
  const FunctionScope& scope() const { return scope_; }

  // --- for the parser and the resolver ---
  Arena& arena() { return arena_; }
  Names& mutable_names() { return names_; }
  void SetBody(Block body) { body_ = body; }
  void AddUnsure(NameId name) { unsure_.insert(name); }
  void AddLoad(const LoadStmt* load) { loads_.push_back(load); }
  void SetScope(FunctionScope scope) { scope_ = scope; }
  void SetNames(std::vector<Identifier> globals, std::vector<Identifier> loaded,
                std::vector<NameId> predeclared) {
    globals_ = std::move(globals);
    loaded_ = std::move(loaded);
    predeclared_ = std::move(predeclared);
  }

 private:
  const std::shared_ptr<const Source> source_;
  const FileKind kind_;
  Arena arena_;
  Names names_;
  Block body_;
  std::vector<const LoadStmt*> loads_;
  absl::flat_hash_set<NameId> unsure_;
  std::vector<Identifier> globals_;
  std::vector<Identifier> loaded_;
  std::vector<NameId> predeclared_;
  FunctionScope scope_;
};

// The tree as an S-expression, one statement a line: for tests and tools.
std::string Dump(const File& file);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_FILE_H_
