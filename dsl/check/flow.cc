// SPDX-License-Identifier: Apache-2.0

#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

bool CallsFail(const File& file, const Stmt& statement) {
  if (statement.kind != StmtKind::kExpr) return false;
  const Expr& expr = Inner(*As<ExprStmt>(statement).expr);
  if (expr.kind != ExprKind::kCall) return false;
  const Expr& callee = *As<CallExpr>(expr).callee;
  return callee.kind == ExprKind::kName &&
         As<NameExpr>(callee).scope == Scope::kPredeclared &&
         file.name(As<NameExpr>(callee).name) == "fail";
}

bool Ends(const File& file, const Block& block);

// Whether what follows the statement in its block is never reached.
bool Ends(const File& file, const Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kReturn:
    case StmtKind::kBreak:
    case StmtKind::kContinue:
      return true;
    case StmtKind::kIf:
      return Ends(file, As<IfStmt>(statement).then) &&
             Ends(file, As<IfStmt>(statement).otherwise);
    default:
      return CallsFail(file, statement);
  }
}

bool Ends(const File& file, const Block& block) {
  for (const Stmt* statement : block.statements) {
    if (Ends(file, *statement)) return true;
  }
  return false;
}

void CheckReachable(const Block& block, Findings& findings) {
  for (size_t i = 0; i < block.statements.size(); ++i) {
    const Stmt& statement = *block.statements[i];
    ForEachBlock(statement,
                 [&](const Block& inner) { CheckReachable(inner, findings); });
    if (i + 1 == block.statements.size() || !Ends(findings.file, statement)) {
      continue;
    }
    findings
        .Add(kUnreachableCode, block.statements[i + 1]->extent,
             "this is never reached")
        .notes.push_back(
            {findings.file.SpanOf(statement), "nothing goes on from here"});
    return;
  }
}

// The returns of a function, but for those of functions within.
struct Returns {
  const ReturnStmt* with_value = nullptr;  // The first.
  const ReturnStmt* bare = nullptr;
};

void FindReturns(const Block& block, Returns* returns) {
  for (const Stmt* statement : block.statements) {
    if (statement->kind == StmtKind::kReturn) {
      const auto& found = As<ReturnStmt>(*statement);
      const ReturnStmt*& slot =
          found.value == nullptr ? returns->bare : returns->with_value;
      if (slot == nullptr) slot = &found;
    } else if (statement->kind != StmtKind::kDef) {
      ForEachBlock(*statement,
                   [&](const Block& inner) { FindReturns(inner, returns); });
    }
  }
}

void CheckReturns(const FunctionDecl& function, Findings& findings) {
  Returns returns;
  FindReturns(*function.body, &returns);
  if (returns.with_value == nullptr) return;
  const bool falls = !Ends(findings.file, *function.body);
  if (!falls && returns.bare == nullptr) return;
  Diagnostic& found = findings.Add(
      kInconsistentReturn,
      returns.bare != nullptr ? returns.bare->extent : function.name.extent,
      absl::StrCat("`", findings.file.name(function.name.name), "` ",
                   returns.bare != nullptr
                       ? "returns nothing here, but a value elsewhere"
                       : "returns a value, but not if it comes to its end"),
      "say `return None` if that is meant");
  found.notes.push_back(
      {findings.file.SpanOf(*returns.with_value), "a value is returned here"});
}

}  // namespace

void CheckFlow(Findings& findings) {
  const Block& body = findings.file.body();
  CheckReachable(body, findings);
  WalkStatements(body, [&](const Stmt& statement) {
    if (statement.kind != StmtKind::kDef) return;
    CheckReturns(As<DefStmt>(statement).function, findings);
  });
}

}  // namespace dsl
