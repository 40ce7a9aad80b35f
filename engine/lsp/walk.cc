// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/walk.h"

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
  void WalkCollection(const Expr& expr);
  void WalkOperation(const Expr& expr);
  void WalkComprehension(const dsl::ComprehensionExpr& expr);

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

void Walker::WalkComprehension(const dsl::ComprehensionExpr& expr) {
  Walk(expr.element);
  Walk(expr.value);
  for (const dsl::Clause& clause : expr.clauses) {
    Walk(clause.targets);
    Walk(clause.iterable);
    Walk(clause.condition);
  }
}

void Walker::WalkCollection(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kFString:
      for (const dsl::FStringPart& part : As<dsl::FStringExpr>(expr).parts) {
        Walk(part.expr);
      }
      return;
    case ExprKind::kList:
      for (const Expr* each : As<dsl::ListExpr>(expr).elements) Walk(each);
      return;
    case ExprKind::kTuple:
      for (const Expr* each : As<dsl::TupleExpr>(expr).elements) Walk(each);
      return;
    case ExprKind::kDict:
      for (const dsl::DictEntry& entry : As<dsl::DictExpr>(expr).entries) {
        Walk(entry.key);
        Walk(entry.value);
      }
      return;
    default:
      return;
  }
}

void Walker::WalkOperation(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kCall:
      Walk(As<dsl::CallExpr>(expr).callee);
      for (const dsl::Argument& argument : As<dsl::CallExpr>(expr).arguments) {
        Walk(argument.value);
      }
      return;
    case ExprKind::kIndex:
      Walk(As<dsl::IndexExpr>(expr).object);
      return Walk(As<dsl::IndexExpr>(expr).index);
    case ExprKind::kSlice:
      Walk(As<dsl::SliceExpr>(expr).object);
      Walk(As<dsl::SliceExpr>(expr).start);
      Walk(As<dsl::SliceExpr>(expr).stop);
      return Walk(As<dsl::SliceExpr>(expr).step);
    case ExprKind::kUnary:
      return Walk(As<dsl::UnaryExpr>(expr).operand);
    case ExprKind::kBinary:
      Walk(As<dsl::BinaryExpr>(expr).left);
      return Walk(As<dsl::BinaryExpr>(expr).right);
    case ExprKind::kConditional:
      Walk(As<dsl::ConditionalExpr>(expr).if_true);
      Walk(As<dsl::ConditionalExpr>(expr).condition);
      return Walk(As<dsl::ConditionalExpr>(expr).if_false);
    default:
      return;
  }
}

void Walker::Walk(const Expr* expr) {
  if (expr == nullptr) return;
  if (visitor_.expression) visitor_.expression(*expr);
  switch (expr->kind) {
    case ExprKind::kName:
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kString:
    case ExprKind::kEllipsis:
      return;
    case ExprKind::kFString:
    case ExprKind::kList:
    case ExprKind::kTuple:
    case ExprKind::kDict:
      return WalkCollection(*expr);
    case ExprKind::kComprehension:
      return WalkComprehension(As<dsl::ComprehensionExpr>(*expr));
    case ExprKind::kParen:
      return Walk(As<dsl::ParenExpr>(*expr).inner);
    case ExprKind::kDot:
      return Walk(As<dsl::DotExpr>(*expr).object);
    case ExprKind::kLambda:
      return WalkFunction(As<dsl::LambdaExpr>(*expr).function);
    default:
      return WalkOperation(*expr);
  }
}

}  // namespace

void Walk(const dsl::File& file, const TreeVisitor& visitor) {
  Walker(visitor).Walk(file.body());
}

void Walk(const dsl::Expr& expression, const TreeVisitor& visitor) {
  Walker(visitor).Walk(&expression);
}

}  // namespace graph
