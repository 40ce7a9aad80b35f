// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

// Builtins whose result is all that they are for. Not int() and the like, which
// also tell whether a conversion fails.
bool IsPure(absl::string_view name) {
  for (const absl::string_view pure :
       {"all", "any",    "bool", "dict",   "dir",   "enumerate", "hasattr",
        "len", "list",   "max",  "min",    "range", "repr",      "reversed",
        "set", "sorted", "str",  "struct", "tuple", "type",      "zip"}) {
    if (name == pure) return true;
  }
  return false;
}

bool HasCall(const Expr& expr) {
  bool found = false;
  Walk(expr, [&](const Expr& each) { found |= each.kind == ExprKind::kCall; });
  return found;
}

void CheckCall(const CallExpr& call, Findings& findings) {
  if (call.callee->kind != ExprKind::kName) return;
  const auto& name = As<NameExpr>(*call.callee);
  const absl::string_view text = findings.file.name(name.name);
  if (name.scope != Scope::kPredeclared || !IsPure(text)) return;
  findings.Add(kNoEffect, call.extent,
               absl::StrCat("nobody gets the result of `", text, "`"));
}

void CheckStatement(const Expr& expr, Findings& findings) {
  switch (expr.kind) {
    case ExprKind::kParen:
      return CheckStatement(*As<ParenExpr>(expr).inner, findings);
    case ExprKind::kCall:
      return CheckCall(As<CallExpr>(expr), findings);
    case ExprKind::kComprehension:
    case ExprKind::kConditional:  // May choose between two calls.
      if (HasCall(expr)) return;
      break;
    case ExprKind::kBinary:
      if (As<BinaryExpr>(expr).op == Operator::kEq) {
        findings.Add(kNoEffect, expr.extent, "this comparison has no effect",
                     "did you mean `=`?");
        return;
      }
      if ((As<BinaryExpr>(expr).op == Operator::kLogicalAnd ||
           As<BinaryExpr>(expr).op == Operator::kLogicalOr) &&
          HasCall(*As<BinaryExpr>(expr).right)) {
        return;
      }
      break;
    default:
      break;
  }
  std::string hint;
  if (expr.kind == ExprKind::kString) hint = "a comment begins with `#`";
  const bool is_of_file = expr.kind == ExprKind::kName &&
                          As<NameExpr>(expr).scope >= Scope::kGlobal;
  if (is_of_file || expr.kind == ExprKind::kDot) {
    hint = absl::StrCat("did you mean `",
                        findings.file.source()->Text(expr.extent), "()`?");
  }
  findings.Add(kNoEffect, expr.extent, "this statement has no effect",
               std::move(hint));
}

void CheckBlock(const Block& block, bool may_have_doc, Findings& findings) {
  for (const Stmt* statement : block.statements) {
    const bool is_doc = may_have_doc && statement == block.statements.front() &&
                        File::DocOf(block) != nullptr;
    if (statement->kind == StmtKind::kExpr && !is_doc) {
      CheckStatement(*As<ExprStmt>(*statement).expr, findings);
    }
    ForEachBlock(*statement, [&](const Block& inner) {
      CheckBlock(inner, statement->kind == StmtKind::kDef, findings);
    });
  }
}

}  // namespace

void CheckEffects(Findings& findings) {
  CheckBlock(findings.file.body(), true, findings);
}

}  // namespace dsl
