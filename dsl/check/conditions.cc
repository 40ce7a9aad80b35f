// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

bool IsComparison(Operator op) {
  return op == Operator::kEq || op == Operator::kNe || op == Operator::kLt ||
         op == Operator::kGt || op == Operator::kLe || op == Operator::kGe;
}

class Conditions {
 public:
  explicit Conditions(Findings& findings)
      : findings_(findings), file_(findings.file) {}

  void Run() {
    for (const Stmt* statement : file_.body().statements) {
      if (statement->kind != StmtKind::kDef) continue;
      functions_.insert(As<DefStmt>(*statement).target->name);
    }
    WalkStatements(file_.body(), [this](const Stmt& statement) {
      if (statement.kind == StmtKind::kIf) {
        CheckCondition(*As<IfStmt>(statement).condition);
      }
    });
    Walk(file_.body(), [this](const Expr& expr) { Check(expr); });
  }

 private:
  bool IsLiteral(const Expr& expr) const {
    const Expr& inner = Inner(expr);
    switch (inner.kind) {
      case ExprKind::kInt:
      case ExprKind::kFloat:
      case ExprKind::kString:
        return true;
      case ExprKind::kUnary:
        return IsLiteral(*As<UnaryExpr>(inner).operand);
      case ExprKind::kName: {
        if (As<NameExpr>(inner).scope != Scope::kPredeclared) return false;
        const absl::string_view name = file_.name(As<NameExpr>(inner).name);
        return name == "True" || name == "False" || name == "None";
      }
      default:
        return false;
    }
  }

  void CheckCondition(const Expr& expr) {
    const Expr& inner = Inner(expr);
    switch (inner.kind) {
      case ExprKind::kList:
      case ExprKind::kTuple:
      case ExprKind::kDict:
      case ExprKind::kLambda:
        return Add(expr, "this condition is always the same");
      case ExprKind::kName: {
        const auto& name = As<NameExpr>(inner);
        if (name.scope == Scope::kGlobal && functions_.contains(name.name)) {
          return Add(
              expr, "a function is always true",
              absl::StrCat("did you mean `", file_.name(name.name), "()`?"));
        }
        break;
      }
      default:
        break;
    }
    if (IsLiteral(inner)) Add(expr, "this condition is always the same");
  }

  void Check(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kConditional:
        return CheckCondition(*As<ConditionalExpr>(expr).condition);
      case ExprKind::kComprehension:
        for (const Clause& clause : As<ComprehensionExpr>(expr).clauses) {
          if (clause.condition != nullptr) CheckCondition(*clause.condition);
        }
        return;
      case ExprKind::kUnary:
        if (As<UnaryExpr>(expr).op == Operator::kNot) {
          CheckCondition(*As<UnaryExpr>(expr).operand);
        }
        return;
      case ExprKind::kBinary:
        return CheckBinary(As<BinaryExpr>(expr));
      default:
        return;
    }
  }

  void CheckBinary(const BinaryExpr& binary) {
    if (binary.op == Operator::kLogicalAnd ||
        binary.op == Operator::kLogicalOr) {
      return CheckCondition(*binary.left);
    }
    if (!IsComparison(binary.op)) return;
    if (IsLiteral(*binary.left) && IsLiteral(*binary.right)) {
      return Add(binary, "this compares two constants");
    }
    if (IsPlace(*binary.left) &&
        file_.source()->Text(binary.left->extent) ==
            file_.source()->Text(binary.right->extent)) {
      Add(binary, "this compares a value with itself");
    }
  }

  // A name, or x.y of one: what gives the same value twice.
  static bool IsPlace(const Expr& expr) {
    return expr.kind == ExprKind::kDot ? IsPlace(*As<DotExpr>(expr).object)
                                       : expr.kind == ExprKind::kName;
  }

  void Add(const Expr& expr, std::string message, std::string hint = "") {
    findings_.Add(kConstantCondition, expr.extent, std::move(message),
                  std::move(hint));
  }

  Findings& findings_;
  const File& file_;
  absl::flat_hash_set<NameId> functions_;
};

}  // namespace

void CheckConditions(Findings& findings) { Conditions(findings).Run(); }

}  // namespace dsl
