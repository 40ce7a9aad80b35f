// SPDX-License-Identifier: Apache-2.0

// Over a syntax tree, in the order of the text.

#ifndef GRAPH_DSL_CHECK_WALK_H_
#define GRAPH_DSL_CHECK_WALK_H_

#include <functional>

#include "dsl/syntax/ast.h"

namespace dsl {

using ExprVisitor = std::function<void(const Expr&)>;

// The expressions that are directly part of it: of functions, the defaults, the
// types and the result; of statements, targets too, but no names of load() and
// def, and nothing of the statements within.
void ForEachPart(const Expr& expr, const ExprVisitor& visit);
void ForEachPart(const Stmt& statement, const ExprVisitor& visit);

// The blocks that are directly part of it.
void ForEachBlock(const Stmt& statement,
                  const std::function<void(const Block&)>& visit);

// `expr` and all within, outer ones first.
void Walk(const Expr& expr, const ExprVisitor& visit);
// All expressions of all statements of the block, and of those within.
void Walk(const Block& block, const ExprVisitor& visit);
// All statements of the block, and those within.
void WalkStatements(const Block& block,
                    const std::function<void(const Stmt&)>& visit);

// What stands in the parentheses, if there are some.
const Expr& Inner(const Expr& expr);
// The names that an assignment to the target binds.
void ForEachBound(const Expr& target,
                  const std::function<void(const NameExpr&)>& visit);

}  // namespace dsl

#endif  // GRAPH_DSL_CHECK_WALK_H_
