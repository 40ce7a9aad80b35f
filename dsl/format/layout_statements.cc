// SPDX-License-Identifier: Apache-2.0

// The pieces of statements and of functions.

#include <utility>

#include "absl/strings/str_cat.h"
#include "dsl/format/layout_builder.h"

namespace dsl {
namespace {

constexpr absl::string_view kStars[] = {"", "", "*", "**"};

// Where a bare `*` stands, between two places; comments may hold others.
uint32_t FindStar(absl::string_view text, uint32_t begin, uint32_t end) {
  bool comment = false;
  for (uint32_t at = begin; at < end; ++at) {
    if (text[at] == '\n') comment = false;
    if (text[at] == '#') comment = true;
    if (text[at] == '*' && !comment) return at;
  }
  return begin;
}

// The first parameter that stands behind a bare `*`, or null.
const ParameterDecl* AfterBareStar(const FunctionDecl& function) {
  for (const ParameterDecl& parameter : function.parameters) {
    if (parameter.kind == ParameterKind::kArgs) return nullptr;
    if (parameter.kind == ParameterKind::kKeywordOnly) return &parameter;
  }
  return nullptr;
}

}  // namespace

Piece* LayoutBuilder::Parameter(const ParameterDecl& parameter) {
  std::vector<Piece*> parts = {Text(kStars[static_cast<int>(parameter.kind)]),
                               Text(file_.name(parameter.name.name))};
  if (parameter.type != nullptr) {
    parts.push_back(Text(": "));
    parts.push_back(Flat(*parameter.type));
  }
  if (parameter.default_value != nullptr) {
    parts.push_back(Text(" = "));
    parts.push_back(Build(*parameter.default_value));
  }
  return Seq(parts);
}

Piece* LayoutBuilder::Lambda(const LambdaExpr& lambda) {
  const FunctionDecl& function = lambda.function;
  const ParameterDecl* const after_star = AfterBareStar(function);
  std::vector<Piece*> parts = {Text("lambda")};
  absl::string_view between = " ";
  for (const ParameterDecl& parameter : function.parameters) {
    parts.push_back(Text(between));
    if (&parameter == after_star) parts.push_back(Text("*, "));
    parts.push_back(Parameter(parameter));
    between = ", ";
  }
  parts.push_back(Text(": "));
  parts.push_back(Build(*function.result));
  return Seq(parts);
}

Piece* LayoutBuilder::DefHeader(const DefStmt& def) {
  const FunctionDecl& function = def.function;
  const ParameterDecl* const after_star = AfterBareStar(function);
  const absl::string_view text = margin_.text();
  const auto open =
      static_cast<uint32_t>(text.find('(', function.name.extent.end));
  std::vector<Extent> extents;
  std::vector<Piece*> pieces;
  uint32_t end = open + 1;
  for (const ParameterDecl& parameter : function.parameters) {
    if (&parameter == after_star) {
      const uint32_t star = FindStar(text, end, parameter.extent.begin);
      extents.push_back({star, star + 1});
      pieces.push_back(Text("*"));
    }
    extents.push_back(parameter.extent);
    pieces.push_back(Parameter(parameter));
    end = parameter.extent.end;
  }
  const uint32_t close = CloseOf(end);
  bool spread = false;
  std::vector<Item> items = Items(extents, open + 1, close, &spread);
  for (size_t i = 0; i < items.size(); ++i) items[i].piece = pieces[i];
  spread |= !items.empty() && CommaAtEnd(extents.back().end, close);
  std::vector<Piece*> parts = {
      Text("def "), Text(file_.name(function.name.name)),
      Bracket("(", ")", Separator::kComma, {open + 1, close}, std::move(items),
              spread)};
  if (function.result_type != nullptr) {
    parts.push_back(Text(" -> "));
    parts.push_back(Flat(*function.result_type));
  }
  return Seq(parts);
}

// The next `)` outside of comments.
uint32_t LayoutBuilder::CloseOf(uint32_t at) const {
  const absl::string_view text = margin_.text();
  while (text[at] != ')') {
    at = text[at] == '#'
             ? margin_.LineEnd(at, static_cast<uint32_t>(text.size()))
             : at + 1;
  }
  return at;
}

Piece* LayoutBuilder::IfHeader(const IfStmt& statement,
                               absl::string_view keyword) {
  return Seq({Text(keyword), Text(" "), Value(*statement.condition)});
}

Piece* LayoutBuilder::ForHeader(const ForStmt& statement) {
  return Seq({Text("for "), Flat(*statement.targets), Text(" in "),
              Value(*statement.iterable)});
}

Piece* LayoutBuilder::Load(const LoadStmt& load) {
  const uint32_t end = load.extent.end - 1;
  std::vector<Extent> extents = {load.path->extent};
  for (const LoadName& name : load.names) {
    extents.push_back({name.local->extent.begin, name.original->extent.end});
  }
  const auto open =
      static_cast<uint32_t>(margin_.text().find('(', load.extent.begin));
  bool spread = false;
  std::vector<Item> items = Items(extents, open + 1, end, &spread);
  items[0].piece = Build(*load.path);
  for (size_t i = 1; i < items.size(); ++i) {
    const LoadName& name = load.names[i - 1];
    const absl::string_view local = file_.name(name.local->name);
    const bool renamed = name.local->extent != name.original->extent;
    items[i].key = renamed ? arena_.Copy(absl::StrCat("~", local)) : local;
    items[i].piece =
        renamed ? Seq({Text(local), Text(" = "), Build(*name.original)})
                : Build(*name.original);
  }
  spread |= CommaAtEnd(extents.back().end, end);
  std::vector<Item> names(items.begin() + 1, items.end());
  const bool sorted =
      Directed(Sorts::kAlways, open, end) == Sorts::kAlways &&
      SortItems(margin_, std::less<absl::string_view>(), &names);
  items.resize(1);
  items.insert(items.end(), names.begin(), names.end());
  Piece* const bracket = Bracket("(", ")", Separator::kComma, {open + 1, end},
                                 std::move(items), spread);
  bracket->sorted = sorted;
  return Seq({Text("load"), bracket});
}

Piece* LayoutBuilder::Assign(const AssignStmt& assign, uint32_t above) {
  const bool several = assign.target->kind == ExprKind::kTuple ||
                       assign.target->kind == ExprKind::kList;
  std::vector<Piece*> parts = {several ? Flat(*assign.target)
                                       : Build(*assign.target)};
  if (assign.type != nullptr) {
    parts.push_back(Text(": "));
    parts.push_back(Flat(*assign.type));
  }
  parts.push_back(Text(" = "));
  parts.push_back(Value(*assign.value, Directed(Sorts::kNever, above,
                                                assign.value->extent.begin)));
  return Seq(parts);
}

Piece* LayoutBuilder::Simple(const Stmt& statement, uint32_t above) {
  switch (statement.kind) {
    case StmtKind::kReturn: {
      const Expr* const value = As<ReturnStmt>(statement).value;
      if (value == nullptr) return Text("return");
      return Seq({Text("return "), Value(*value)});
    }
    case StmtKind::kBreak:
      return Text("break");
    case StmtKind::kContinue:
      return Text("continue");
    case StmtKind::kAssign:
      return Assign(As<AssignStmt>(statement), above);
    case StmtKind::kAugAssign: {
      const auto& assign = As<AugAssignStmt>(statement);
      return Seq({Build(*assign.target),
                  Owned(absl::StrCat(" ", ToString(assign.op), "= ")),
                  Value(*assign.value)});
    }
    case StmtKind::kExpr: {
      // Of a string in parentheses these stay: it is no documentation.
      const Expr& expr = *As<ExprStmt>(statement).expr;
      Piece* const value = Value(expr);
      return value->kind == PieceKind::kText ? Build(expr) : value;
    }
    case StmtKind::kLoad:
      return Load(As<LoadStmt>(statement));
    case StmtKind::kTypeAlias: {
      const auto& alias = As<TypeAliasStmt>(statement);
      return Seq({Text("type "), Text(file_.name(alias.target->name)),
                  Text(" = "), Flat(*alias.value)});
    }
    default:
      return Text("pass");
  }
}

}  // namespace dsl
