// SPDX-License-Identifier: Apache-2.0
#include "engine/load/edit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/parser.h"
#include "engine/base/json_text.h"
#include "engine/load/blame.h"

namespace graph {
namespace {

using dsl::As;
using dsl::Expr;
using dsl::ExprKind;

struct Insertion {
  uint32_t at;
  std::string text;
};

const dsl::CallExpr* CallAt(const dsl::File& file, Location location) {
  for (const dsl::Stmt* stmt : file.body().statements) {
    if (stmt->kind != dsl::StmtKind::kExpr) continue;
    const Expr* expr = As<dsl::ExprStmt>(*stmt).expr;
    if (expr->kind != ExprKind::kCall) continue;
    const auto& call = As<dsl::CallExpr>(*expr);
    const dsl::Position at = file.source()->PositionOf(BeginOf(call));
    if (at.line == static_cast<int>(location.line) &&
        at.column == static_cast<int>(location.column)) {
      return &call;
    }
  }
  return nullptr;
}

const dsl::Argument* Find(const dsl::File& file, const dsl::CallExpr& call,
                          absl::string_view name) {
  for (const dsl::Argument& argument : call.arguments) {
    if (argument.kind == dsl::ArgumentKind::kNamed &&
        file.name(argument.name.name) == name) {
      return &argument;
    }
  }
  return nullptr;
}

bool HasNewline(absl::string_view text, uint32_t begin, uint32_t end) {
  return text.substr(begin, end - begin).find('\n') != text.npos;
}

// The white space before what begins at `at`, if it begins a line.
std::string IndentAt(absl::string_view text, uint32_t at) {
  const size_t line = text.substr(0, at).rfind('\n') + 1;
  const absl::string_view before = text.substr(line, at - line);
  return before.find_first_not_of(" \t") == before.npos ? std::string(before)
                                                        : "";
}

// Behind the last element: on its line, or on one of its own if each has one,
// and then behind what may be said about the last.
std::optional<Insertion> BehindLast(absl::string_view text,
                                    const dsl::ListExpr& list,
                                    const std::string& literal) {
  const dsl::Extent last = list.elements.back()->extent;
  const uint32_t end = list.extent.end;
  const std::string indent = IndentAt(text, last.begin);
  if (indent.empty() || !HasNewline(text, last.end, end)) {
    return Insertion{last.end, absl::StrCat(", ", literal)};
  }
  const size_t next = text.find_first_not_of(" \t", last.end);
  if (text[next] != ',') {
    return Insertion{last.end, absl::StrCat(",\n", indent, literal)};
  }
  const size_t line_end = text.find('\n', next);
  return Insertion{static_cast<uint32_t>(line_end),
                   absl::StrCat("\n", indent, literal, ",")};
}

std::optional<Insertion> IntoList(absl::string_view text,
                                  const dsl::ListExpr& list,
                                  absl::string_view added) {
  const std::string literal = JsonString(added);
  if (list.elements.empty()) {
    return Insertion{list.extent.begin + 1, literal};
  }
  bool sorted = true;
  absl::string_view before;
  const Expr* greater = nullptr;  // The first one that comes behind.
  for (const Expr* element : list.elements) {
    if (element->kind != ExprKind::kString) {
      sorted = false;
      continue;
    }
    const absl::string_view value = As<dsl::StringExpr>(*element).value;
    if (value == added) return std::nullopt;
    if (value < before) sorted = false;
    if (greater == nullptr && added < value) greater = element;
    before = value;
  }
  if (!sorted || greater == nullptr) return BehindLast(text, list, literal);
  const uint32_t at = greater->extent.begin;
  const std::string indent = IndentAt(text, at);
  return Insertion{
      at, absl::StrCat(literal,
                       indent.empty() ? ", " : absl::StrCat(",\n", indent))};
}

// As a new argument behind the first one, which mostly is the name.
std::optional<Insertion> AsArgument(absl::string_view text,
                                    const dsl::CallExpr& call,
                                    absl::string_view attribute,
                                    absl::string_view added) {
  if (call.arguments.empty()) return std::nullopt;
  const dsl::Extent first = call.arguments.front().extent;
  const std::string indent = IndentAt(text, first.begin);
  return Insertion{
      first.end,
      absl::StrCat(indent.empty() ? ", " : absl::StrCat(",\n", indent),
                   attribute, " = [", JsonString(added), "]")};
}

// What `+` binds no weaker than.
bool CanBeAddedTo(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kCall:
    case ExprKind::kName:
    case ExprKind::kDot:
    case ExprKind::kParen:
    case ExprKind::kIndex:
    case ExprKind::kComprehension:
      return true;
    case ExprKind::kBinary:
      return As<dsl::BinaryExpr>(expr).op == dsl::Operator::kAdd;
    default:
      return false;
  }
}

std::optional<Insertion> Plan(absl::string_view text, const dsl::File& file,
                              const dsl::CallExpr& call,
                              absl::string_view attribute,
                              absl::string_view added) {
  const dsl::Argument* argument = Find(file, call, attribute);
  if (argument == nullptr) return AsArgument(text, call, attribute, added);
  const Expr& value = *argument->value;
  if (value.kind == ExprKind::kList) {
    return IntoList(text, As<dsl::ListExpr>(value), added);
  }
  // A sum's last list is as good as a new one.
  if (value.kind == ExprKind::kBinary && CanBeAddedTo(value)) {
    const Expr& right = *As<dsl::BinaryExpr>(value).right;
    if (right.kind == ExprKind::kList) {
      return IntoList(text, As<dsl::ListExpr>(right), added);
    }
  }
  if (!CanBeAddedTo(value)) return std::nullopt;
  return Insertion{value.extent.end,
                   absl::StrCat(" + [", JsonString(added), "]")};
}

}  // namespace

std::optional<std::string> AddToList(
    const std::shared_ptr<const dsl::Source>& source, Location location,
    absl::string_view attribute, absl::string_view added) {
  dsl::Diagnostics ignored;
  const std::unique_ptr<dsl::File> file =
      dsl::Parse(source, dsl::FileKind::kBuildFile, ignored);
  if (file == nullptr) return std::nullopt;
  const dsl::CallExpr* call = CallAt(*file, location);
  if (call == nullptr) return std::nullopt;
  const absl::string_view text = source->text();
  const std::optional<Insertion> insertion =
      Plan(text, *file, *call, attribute, added);
  if (!insertion) return std::nullopt;
  return absl::StrCat(text.substr(0, insertion->at), insertion->text,
                      text.substr(insertion->at));
}

}  // namespace graph
