// SPDX-License-Identifier: Apache-2.0

// From the tree to pieces of text.

#ifndef GRAPH_DSL_FORMAT_LAYOUT_BUILDER_H_
#define GRAPH_DSL_FORMAT_LAYOUT_BUILDER_H_

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/format/layout.h"
#include "dsl/format/margin.h"
#include "dsl/format/sorting.h"
#include "dsl/syntax/arena.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Makes the pieces of one file. They lie in its arena and point into the text
// of the file, both of which must outlive them. Expressions are built in
// layout_builder.cc, statements and functions in layout_statements.cc, pieces
// as such in layout_pieces.cc.
class LayoutBuilder {
 public:
  LayoutBuilder(const File& file, const Margin& margin, Arena& arena)
      : file_(file), margin_(margin), arena_(arena) {}

  // A statement that is no def, if or for. Comments from `above` on stand right
  // above it.
  Piece* Simple(const Stmt& statement, uint32_t above);
  Piece* DefHeader(const DefStmt& def);
  // `if x`, `elif x`; `for x in y`; all headers without their colon.
  Piece* IfHeader(const IfStmt& statement, absl::string_view keyword);
  Piece* ForHeader(const ForStmt& statement);

  // Items for what lies at `extents` between two places, with their comments.
  // `*spread` says whether lines end between them.
  std::vector<Item> Items(std::span<const Extent> extents, uint32_t begin,
                          uint32_t end, bool* spread) const;

 private:
  Piece* Make(PieceKind kind);
  Piece* Text(absl::string_view text);
  Piece* Owned(std::string text) { return Text(arena_.Copy(text)); }
  Piece* Seq(std::span<Piece* const> parts);
  Piece* Seq(std::initializer_list<Piece*> parts) {
    return Seq(std::span<Piece* const>(parts.begin(), parts.size()));
  }
  Piece* Bracket(absl::string_view open, absl::string_view close,
                 Separator separator, Extent inner, std::vector<Item> items,
                 bool spread);
  Piece* Chain(std::vector<Item> items, bool spread);
  // On one line, whatever it is.
  Piece* Flat(const Expr& expr);

  Piece* Build(const Expr& expr, Sorts sorts = Sorts::kNever);
  // What a statement holds: without parentheses that only broke its lines.
  Piece* Value(const Expr& expr, Sorts sorts = Sorts::kNever);
  Piece* Literal(const Expr& expr);
  Piece* List(const ListExpr& list, Sorts sorts);
  Piece* Tuple(const TupleExpr& tuple);
  Piece* Dict(const DictExpr& dict, Sorts sorts);
  Piece* Comprehension(const ComprehensionExpr& comprehension);
  Piece* Call(const CallExpr& call, Sorts sorts);
  Piece* ArgumentOf(const CallExpr& call, const Argument& argument,
                    const Item& item, Sorts sorts);
  Piece* Index(const IndexExpr& index);
  Piece* Slice(const SliceExpr& slice);
  Piece* Unary(const UnaryExpr& unary);
  Piece* Paren(const ParenExpr& paren, Sorts sorts);
  Piece* Binary(const BinaryExpr& binary, Sorts sorts);
  Piece* Conditional(const ConditionalExpr& conditional, Sorts sorts);
  Piece* Lambda(const LambdaExpr& lambda);
  Piece* Parameter(const ParameterDecl& parameter);
  Piece* Load(const LoadStmt& load);
  Piece* Assign(const AssignStmt& assign, uint32_t above);

  // Builds the pieces of items, one for each expression.
  std::vector<Item> ItemsOf(std::span<Expr* const> elements, uint32_t begin,
                            uint32_t end, bool* spread);
  // Whether the text between the last item and its bracket has a comma.
  bool CommaAtEnd(uint32_t begin, uint32_t end) const;
  uint32_t CloseOf(uint32_t at) const;
  // `sorts`, unless a comment in the range says otherwise.
  Sorts Directed(Sorts sorts, uint32_t begin, uint32_t end) const;

  const File& file_;
  const Margin& margin_;
  Arena& arena_;
  // The expression that is being built is as deep as one may be.
  bool deep_ = false;
};

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_LAYOUT_BUILDER_H_
