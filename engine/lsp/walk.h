// SPDX-License-Identifier: Apache-2.0
// All of a syntax tree, in one pass.

#ifndef GRAPH_ENGINE_LSP_WALK_H_
#define GRAPH_ENGINE_LSP_WALK_H_

#include <functional>

#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"

namespace graph {

// What is called on the way, before what lies below; each may be empty.
struct TreeVisitor {
  std::function<void(const dsl::Stmt&)> statement;
  std::function<void(const dsl::Expr&)> expression;
  // Around what runs in the function itself: its parameters and its body. Its
  // defaults and types belong to the function around it.
  std::function<void(const dsl::FunctionDecl&)> enter;
  std::function<void(const dsl::FunctionDecl&)> leave;
};

void Walk(const dsl::File& file, const TreeVisitor& visitor);
void Walk(const dsl::Expr& expression, const TreeVisitor& visitor);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_WALK_H_
