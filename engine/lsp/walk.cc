// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/walk.h"

#include "dsl/check/walk.h"

namespace graph {
namespace {

using dsl::As;
using dsl::Expr;
using dsl::ExprKind;
using dsl::Stmt;
using dsl::StmtKind;

class Walker {
 public:
  explicit Walker(const TreeVisitor& visitor) : visitor_(visitor) {}

  void Walk(const dsl::Block& block) {
    for (const Stmt* statement : block.statements) Walk(*statement);
  }
  void Walk(const Stmt& statement);
  void Walk(const Expr* expr);

 private:
  void WalkFunction(const dsl::FunctionDecl& function);

  const TreeVisitor& visitor_;
};

void Walker::Walk(const Stmt& statement) {
  if (visitor_.statement) visitor_.statement(statement);
  switch (statement.kind) {
    case StmtKind::kDef:
      Walk(As<dsl::DefStmt>(statement).target);
      return WalkFunction(As<dsl::DefStmt>(statement).function);
    case StmtKind::kIf:
      Walk(As<dsl::IfStmt>(statement).condition);
      Walk(As<dsl::IfStmt>(statement).then);
      return Walk(As<dsl::IfStmt>(statement).otherwise);
    case StmtKind::kFor:
      Walk(As<dsl::ForStmt>(statement).iterable);
      Walk(As<dsl::ForStmt>(statement).targets);
      return Walk(As<dsl::ForStmt>(statement).body);
    case StmtKind::kReturn:
      return Walk(As<dsl::ReturnStmt>(statement).value);
    case StmtKind::kAssign:
      Walk(As<dsl::AssignStmt>(statement).target);
      Walk(As<dsl::AssignStmt>(statement).type);
      return Walk(As<dsl::AssignStmt>(statement).value);
    case StmtKind::kAugAssign:
      Walk(As<dsl::AugAssignStmt>(statement).target);
      return Walk(As<dsl::AugAssignStmt>(statement).value);
    case StmtKind::kExpr:
      return Walk(As<dsl::ExprStmt>(statement).expr);
    case StmtKind::kLoad:
      Walk(As<dsl::LoadStmt>(statement).path);
      for (const dsl::LoadName& each : As<dsl::LoadStmt>(statement).names) {
        Walk(each.local);
        Walk(each.original);
      }
      return;
    case StmtKind::kTypeAlias:
      Walk(As<dsl::TypeAliasStmt>(statement).target);
      return Walk(As<dsl::TypeAliasStmt>(statement).value);
    case StmtKind::kBreak:
    case StmtKind::kContinue:
    case StmtKind::kPass:
      return;
  }
}

void Walker::WalkFunction(const dsl::FunctionDecl& function) {
  for (const dsl::ParameterDecl& parameter : function.parameters) {
    Walk(parameter.type);
    Walk(parameter.default_value);
  }
  Walk(function.result_type);
  if (visitor_.enter) visitor_.enter(function);
  if (function.body != nullptr) Walk(*function.body);
  Walk(function.result);
  if (visitor_.leave) visitor_.leave(function);
}

void Walker::Walk(const Expr* expr) {
  if (expr == nullptr) return;
  if (visitor_.expression) visitor_.expression(*expr);
  if (expr->kind == ExprKind::kLambda) {
    return WalkFunction(As<dsl::LambdaExpr>(*expr).function);
  }
  dsl::ForEachPart(*expr, [this](const Expr& part) { Walk(&part); });
}

}  // namespace

void Walk(const dsl::File& file, const TreeVisitor& visitor) {
  Walker(visitor).Walk(file.body());
}

void Walk(const dsl::Expr& expression, const TreeVisitor& visitor) {
  Walker(visitor).Walk(&expression);
}

}  // namespace graph
