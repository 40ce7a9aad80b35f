// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/file.h"

namespace dsl {

const StringExpr* File::DocOf(const Block& block) {
  if (block.statements.empty()) return nullptr;
  const Stmt& first = *block.statements.front();
  if (first.kind != StmtKind::kExpr) return nullptr;
  const Expr& expr = *As<ExprStmt>(first).expr;
  return expr.kind == ExprKind::kString ? &As<StringExpr>(expr) : nullptr;
}

}  // namespace dsl
