// SPDX-License-Identifier: Apache-2.0
#include "engine/load/blame.h"

#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/parser.h"
#include "engine/load/place.h"

namespace graph {
namespace {

using dsl::As;
using dsl::Expr;
using dsl::ExprKind;
using Visit = std::function<void(const Expr&)>;

void VisitIfAny(const Expr* expr, const Visit& visit) {
  if (expr != nullptr) visit(*expr);
}

void VisitComprehension(const dsl::ComprehensionExpr& expr,
                        const Visit& visit) {
  VisitIfAny(expr.element, visit);
  VisitIfAny(expr.value, visit);
  for (const dsl::Clause& clause : expr.clauses) {
    VisitIfAny(clause.iterable, visit);
    VisitIfAny(clause.condition, visit);
  }
}

// The expressions right below one, in the order of the text.
void ForEachChild(const Expr& expr, const Visit& visit) {
  switch (expr.kind) {
    case ExprKind::kList:
      for (Expr* e : As<dsl::ListExpr>(expr).elements) visit(*e);
      return;
    case ExprKind::kTuple:
      for (Expr* e : As<dsl::TupleExpr>(expr).elements) visit(*e);
      return;
    case ExprKind::kDict:
      for (const dsl::DictEntry& entry : As<dsl::DictExpr>(expr).entries) {
        visit(*entry.key);
        visit(*entry.value);
      }
      return;
    case ExprKind::kComprehension:
      return VisitComprehension(As<dsl::ComprehensionExpr>(expr), visit);
    case ExprKind::kParen:
      return visit(*As<dsl::ParenExpr>(expr).inner);
    case ExprKind::kDot:
      return visit(*As<dsl::DotExpr>(expr).object);
    case ExprKind::kCall:
      visit(*As<dsl::CallExpr>(expr).callee);
      for (const dsl::Argument& argument : As<dsl::CallExpr>(expr).arguments) {
        visit(*argument.value);
      }
      return;
    case ExprKind::kIndex:
      visit(*As<dsl::IndexExpr>(expr).object);
      return visit(*As<dsl::IndexExpr>(expr).index);
    case ExprKind::kUnary:
      return visit(*As<dsl::UnaryExpr>(expr).operand);
    case ExprKind::kBinary:
      visit(*As<dsl::BinaryExpr>(expr).left);
      return visit(*As<dsl::BinaryExpr>(expr).right);
    case ExprKind::kConditional:
      visit(*As<dsl::ConditionalExpr>(expr).if_true);
      visit(*As<dsl::ConditionalExpr>(expr).condition);
      return visit(*As<dsl::ConditionalExpr>(expr).if_false);
    default:
      return;
  }
}

// The first expression, from the outside in, for which `wanted` holds.
const Expr* Search(const Expr& expr,
                   const std::function<bool(const Expr&)>& wanted) {
  if (wanted(expr)) return &expr;
  const Expr* found = nullptr;
  ForEachChild(expr, [&](const Expr& child) {
    if (found == nullptr) found = Search(child, wanted);
  });
  return found;
}

const Expr* ExpressionOf(const dsl::Stmt& stmt) {
  switch (stmt.kind) {
    case dsl::StmtKind::kExpr:
      return As<dsl::ExprStmt>(stmt).expr;
    case dsl::StmtKind::kAssign:
      return As<dsl::AssignStmt>(stmt).value;
    case dsl::StmtKind::kAugAssign:
      return As<dsl::AugAssignStmt>(stmt).value;
    default:
      return nullptr;
  }
}

bool IsAt(const dsl::Source& source, uint32_t offset, Location location) {
  dsl::Position position = source.PositionOf(offset);
  return position.line == static_cast<int>(location.line) &&
         position.column == static_cast<int>(location.column);
}

const dsl::CallExpr* FindCall(const dsl::File& file, const dsl::Source& source,
                              Location location) {
  auto is_it = [&](const Expr& expr) {
    return expr.kind == ExprKind::kCall &&
           IsAt(source, BeginOf(As<dsl::CallExpr>(expr)), location);
  };
  for (const dsl::Stmt* stmt : file.body().statements) {
    const Expr* expr = ExpressionOf(*stmt);
    if (expr == nullptr) continue;
    if (const Expr* call = Search(*expr, is_it)) {
      return &As<dsl::CallExpr>(*call);
    }
  }
  return nullptr;
}

const Expr* FindLiteral(const Expr& expr, const std::string& text) {
  return Search(expr, [&](const Expr& e) {
    if (e.kind != ExprKind::kString) return false;
    absl::string_view value = As<dsl::StringExpr>(e).value;
    // A label may be said with its colon, or in its short form.
    if (value == text || value == absl::StrCat(":", text)) return true;
    const size_t colon = text.rfind(':');
    return colon != std::string::npos && value == text.substr(0, colon) &&
           absl::EndsWith(value, absl::StrCat("/", text.substr(colon + 1)));
  });
}

dsl::Extent PlaceInCall(const dsl::File& file, const dsl::CallExpr& call,
                        const Problem& problem) {
  for (const dsl::Argument& argument : call.arguments) {
    if (argument.kind != dsl::ArgumentKind::kNamed ||
        file.name(argument.name.name) != problem.attribute) {
      continue;
    }
    if (problem.at_name) return argument.name.extent;
    const Expr* literal = problem.literal.empty()
                              ? nullptr
                              : FindLiteral(*argument.value, problem.literal);
    return literal == nullptr ? argument.value->extent : literal->extent;
  }
  if (!problem.literal.empty()) {
    if (const Expr* literal = FindLiteral(call, problem.literal)) {
      return literal->extent;
    }
  }
  return call.callee->extent;
}

}  // namespace

uint32_t BeginOf(const dsl::CallExpr& call) {
  return call.callee->kind == ExprKind::kDot
             ? As<dsl::DotExpr>(*call.callee).name.extent.begin
             : call.callee->extent.begin;
}

dsl::Span FindPlace(const std::shared_ptr<const dsl::Source>& source,
                    Location location, const Problem& problem) {
  dsl::Diagnostics ignored;
  std::unique_ptr<dsl::File> file =
      dsl::Parse(source, dsl::FileKind::kBuildFile, ignored);
  const dsl::CallExpr* call =
      file == nullptr ? nullptr : FindCall(*file, *source, location);
  if (call == nullptr) return source->At({});
  return source->At(PlaceInCall(*file, *call, problem));
}

dsl::Diagnostic Explain(const std::shared_ptr<const dsl::Source>& source,
                        Location location,
                        const PackedVector<MacroFrame>& macros,
                        const Problem& problem) {
  dsl::Diagnostic diagnostic;
  diagnostic.span = FindPlace(source, location, problem);
  diagnostic.message = problem.message;
  diagnostic.hint = problem.hint;
  for (const std::string& note : problem.notes) {
    diagnostic.notes.push_back({std::nullopt, note});
  }
  for (const MacroFrame& frame : macros) {
    diagnostic.notes.push_back(
        {std::nullopt, absl::StrCat("in the macro `", frame.function, "`, at ",
                                    FormatPlace(*frame.file, frame.location))});
  }
  return diagnostic;
}

}  // namespace graph
