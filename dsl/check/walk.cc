// SPDX-License-Identifier: Apache-2.0

#include "dsl/check/walk.h"

#include <initializer_list>

namespace dsl {
namespace {

void VisitEach(std::initializer_list<const Expr*> parts,
               const ExprVisitor& visit) {
  for (const Expr* part : parts) {
    if (part != nullptr) visit(*part);
  }
}

void ForEachOfFunction(const FunctionDecl& function, const ExprVisitor& visit) {
  for (const ParameterDecl& parameter : function.parameters) {
    VisitEach({parameter.type, parameter.default_value}, visit);
  }
  VisitEach({function.result_type, function.result}, visit);
}

void ForEachOfComprehension(const ComprehensionExpr& expr,
                            const ExprVisitor& visit) {
  VisitEach({expr.element, expr.value}, visit);
  for (const Clause& clause : expr.clauses) {
    VisitEach({clause.targets, clause.iterable, clause.condition}, visit);
  }
}

}  // namespace

void ForEachPart(const Expr& expr, const ExprVisitor& visit) {
  switch (expr.kind) {
    case ExprKind::kName:
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kString:
    case ExprKind::kEllipsis:
      return;
    case ExprKind::kFString:
      for (const FStringPart& part : As<FStringExpr>(expr).parts) {
        VisitEach({part.expr}, visit);
      }
      return;
    case ExprKind::kList:
      for (const Expr* part : As<ListExpr>(expr).elements) visit(*part);
      return;
    case ExprKind::kTuple:
      for (const Expr* part : As<TupleExpr>(expr).elements) visit(*part);
      return;
    case ExprKind::kDict:
      for (const DictEntry& entry : As<DictExpr>(expr).entries) {
        VisitEach({entry.key, entry.value}, visit);
      }
      return;
    case ExprKind::kComprehension:
      return ForEachOfComprehension(As<ComprehensionExpr>(expr), visit);
    case ExprKind::kParen:
      return visit(*As<ParenExpr>(expr).inner);
    case ExprKind::kDot:
      return visit(*As<DotExpr>(expr).object);
    case ExprKind::kCall:
      visit(*As<CallExpr>(expr).callee);
      for (const Argument& argument : As<CallExpr>(expr).arguments) {
        visit(*argument.value);
      }
      return;
    case ExprKind::kIndex:
      visit(*As<IndexExpr>(expr).object);
      return visit(*As<IndexExpr>(expr).index);
    case ExprKind::kSlice: {
      const auto& slice = As<SliceExpr>(expr);
      return VisitEach({slice.object, slice.start, slice.stop, slice.step},
                       visit);
    }
    case ExprKind::kUnary:
      return visit(*As<UnaryExpr>(expr).operand);
    case ExprKind::kBinary:
      visit(*As<BinaryExpr>(expr).left);
      return visit(*As<BinaryExpr>(expr).right);
    case ExprKind::kConditional: {
      const auto& conditional = As<ConditionalExpr>(expr);
      return VisitEach(
          {conditional.if_true, conditional.condition, conditional.if_false},
          visit);
    }
    case ExprKind::kLambda:
      return ForEachOfFunction(As<LambdaExpr>(expr).function, visit);
  }
}

void ForEachPart(const Stmt& statement, const ExprVisitor& visit) {
  switch (statement.kind) {
    case StmtKind::kDef:
      return ForEachOfFunction(As<DefStmt>(statement).function, visit);
    case StmtKind::kIf:
      return visit(*As<IfStmt>(statement).condition);
    case StmtKind::kFor:
      visit(*As<ForStmt>(statement).targets);
      return visit(*As<ForStmt>(statement).iterable);
    case StmtKind::kReturn:
      return VisitEach({As<ReturnStmt>(statement).value}, visit);
    case StmtKind::kAssign: {
      const auto& assign = As<AssignStmt>(statement);
      return VisitEach({assign.target, assign.type, assign.value}, visit);
    }
    case StmtKind::kAugAssign:
      visit(*As<AugAssignStmt>(statement).target);
      return visit(*As<AugAssignStmt>(statement).value);
    case StmtKind::kExpr:
      return visit(*As<ExprStmt>(statement).expr);
    case StmtKind::kTypeAlias:
      return visit(*As<TypeAliasStmt>(statement).value);
    case StmtKind::kBreak:
    case StmtKind::kContinue:
    case StmtKind::kPass:
    case StmtKind::kLoad:
      return;
  }
}

void ForEachBlock(const Stmt& statement,
                  const std::function<void(const Block&)>& visit) {
  if (statement.kind == StmtKind::kDef) {
    visit(*As<DefStmt>(statement).function.body);
  } else if (statement.kind == StmtKind::kFor) {
    visit(As<ForStmt>(statement).body);
  } else if (statement.kind == StmtKind::kIf) {
    visit(As<IfStmt>(statement).then);
    visit(As<IfStmt>(statement).otherwise);
  }
}

void Walk(const Expr& expr, const ExprVisitor& visit) {
  visit(expr);
  ForEachPart(expr, [&](const Expr& part) { Walk(part, visit); });
}

void Walk(const Block& block, const ExprVisitor& visit) {
  WalkStatements(block, [&](const Stmt& statement) {
    ForEachPart(statement, [&](const Expr& part) { Walk(part, visit); });
  });
}

void WalkStatements(const Block& block,
                    const std::function<void(const Stmt&)>& visit) {
  for (const Stmt* statement : block.statements) {
    visit(*statement);
    ForEachBlock(*statement,
                 [&](const Block& inner) { WalkStatements(inner, visit); });
  }
}

const Expr& Inner(const Expr& expr) {
  return expr.kind == ExprKind::kParen ? Inner(*As<ParenExpr>(expr).inner)
                                       : expr;
}

void ForEachBound(const Expr& target,
                  const std::function<void(const NameExpr&)>& visit) {
  switch (target.kind) {
    case ExprKind::kName:
      return visit(As<NameExpr>(target));
    case ExprKind::kParen:
    case ExprKind::kList:
    case ExprKind::kTuple:
      return ForEachPart(target,
                         [&](const Expr& part) { ForEachBound(part, visit); });
    default:  // x.y, x[i]: bind nothing.
      return;
  }
}

}  // namespace dsl
