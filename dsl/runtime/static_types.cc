// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/static_types.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/ast.h"

namespace dsl {
namespace {

// The type of a literal, "" if it is not certain.
absl::string_view LiteralType(const File& file, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kInt:
      return "int";
    case ExprKind::kFloat:
      return "float";
    case ExprKind::kString:
    case ExprKind::kFString:
      return "str";
    case ExprKind::kList:
      return "list";
    case ExprKind::kTuple:
      return "tuple";
    case ExprKind::kDict:
      return "dict";
    case ExprKind::kComprehension:
      return As<ComprehensionExpr>(expr).value == nullptr ? "list" : "dict";
    case ExprKind::kLambda:
      return "function";
    case ExprKind::kParen:
      return LiteralType(file, *As<ParenExpr>(expr).inner);
    case ExprKind::kUnary: {
      const auto& unary = As<UnaryExpr>(expr);
      if (unary.op == Operator::kNot) return "bool";
      const absl::string_view type = LiteralType(file, *unary.operand);
      return type == "int" || type == "float" ? type : "";
    }
    case ExprKind::kName: {
      const auto& name = As<NameExpr>(expr);
      if (name.scope != Scope::kPredeclared) return "";
      const absl::string_view text = file.name(name.name);
      if (text == "None") return "None";
      return text == "True" || text == "False" ? "bool" : "";
    }
    default:
      return "";
  }
}

class StaticTypes {
 public:
  StaticTypes(const File& file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void Run() {
    for (const Stmt* stmt : file_.body().statements) Learn(*stmt);
    VisitBlock(file_.body(), nullptr);
  }

 private:
  // What the file says at its top level: a global is bound once.
  void Learn(const Stmt& stmt) {
    if (stmt.kind == StmtKind::kTypeAlias) {
      const auto& alias = As<TypeAliasStmt>(stmt);
      aliases_[alias.target->slot] = alias.value;
    } else if (stmt.kind == StmtKind::kDef) {
      const auto& def = As<DefStmt>(stmt);
      const auto& parameters = def.function.parameters;
      if (std::any_of(parameters.begin(), parameters.end(),
                      [](const ParameterDecl& p) { return p.type != nullptr; }))
        functions_[def.target->slot] = &def.function;
    }
  }

  bool Misfits(const Expr& value, const Expr& type, int depth = 0) const;
  bool ElementsMisfit(const Expr& value, const IndexExpr& type,
                      int depth) const;
  void Check(const Expr& value, const Expr& type, absl::string_view what);
  void VisitBlock(const Block& block, const Expr* result);
  void VisitFunction(const FunctionDecl& function);
  void VisitCall(const Expr* expr);

  const File& file_;
  Diagnostics& diagnostics_;
  absl::flat_hash_map<uint32_t, const Expr*> aliases_;  // by slot of a global
  absl::flat_hash_map<uint32_t, const FunctionDecl*> functions_;
};

// Whether a value of the builtin type `name` cannot be one of `literal`.
bool NamesMisfit(absl::string_view name, absl::string_view literal) {
  if (name == "string") name = "str";
  if (name == "Callable") return literal != "function";
  if (name == "Iterable") {
    return literal != "list" && literal != "tuple" && literal != "dict";
  }
  for (const absl::string_view known :
       {"None", "bool", "int", "float", "str", "list", "tuple", "dict", "set",
        "range", "struct", "depset"}) {
    if (name == known) return name != literal;
  }
  return false;
}

// Whether it is certain that the literal `value` is not of the type.
bool StaticTypes::Misfits(const Expr& value, const Expr& type,
                          int depth) const {
  constexpr int kDeepest = 20;  // of aliases, which could come round
  if (depth > kDeepest) return false;
  if (value.kind == ExprKind::kParen) {
    return Misfits(*As<ParenExpr>(value).inner, type, depth);
  }
  if (type.kind == ExprKind::kParen) {
    return Misfits(value, *As<ParenExpr>(type).inner, depth);
  }
  if (type.kind == ExprKind::kBinary) {
    const auto& either = As<BinaryExpr>(type);
    return Misfits(value, *either.left, depth) &&
           Misfits(value, *either.right, depth);
  }
  const absl::string_view literal = LiteralType(file_, value);
  if (literal.empty()) return false;
  if (type.kind == ExprKind::kIndex) {
    const auto& generic = As<IndexExpr>(type);
    return Misfits(value, *generic.object, depth + 1) ||
           ElementsMisfit(value, generic, depth + 1);
  }
  if (type.kind != ExprKind::kName) return false;
  const auto& name = As<NameExpr>(type);
  if (name.scope == Scope::kGlobal) {
    const auto alias = aliases_.find(name.slot);
    return alias != aliases_.end() && Misfits(value, *alias->second, depth + 1);
  }
  return name.scope == Scope::kPredeclared &&
         NamesMisfit(file_.name(name.name), literal);
}

// Of list[T], dict[K, V] and the like.
bool StaticTypes::ElementsMisfit(const Expr& value, const IndexExpr& type,
                                 int depth) const {
  std::vector<const Expr*> types;
  if (type.index->kind == ExprKind::kTuple) {
    for (const Expr* each : As<TupleExpr>(*type.index).elements) {
      types.push_back(each);
    }
  } else {
    types.push_back(type.index);
  }
  if (value.kind == ExprKind::kDict) {
    const auto entries = As<DictExpr>(value).entries;
    return std::any_of(
        entries.begin(), entries.end(), [&](const DictEntry& entry) {
          return Misfits(*entry.key, *types[0], depth) ||
                 (types.size() == 2 && Misfits(*entry.value, *types[1], depth));
        });
  }
  std::span<Expr* const> elements;
  if (value.kind == ExprKind::kList) elements = As<ListExpr>(value).elements;
  if (value.kind == ExprKind::kTuple) {
    elements = As<TupleExpr>(value).elements;
    const bool sequence = types.back()->kind == ExprKind::kEllipsis;
    const bool is_tuple =
        type.object->kind == ExprKind::kName &&
        file_.name(As<NameExpr>(*type.object).name) == "tuple";
    if (is_tuple && !sequence) {
      if (types.size() != elements.size()) return true;
      for (size_t i = 0; i < elements.size(); ++i) {
        if (Misfits(*elements[i], *types[i], depth)) return true;
      }
      return false;
    }
  }
  return std::any_of(elements.begin(), elements.end(), [&](const Expr* each) {
    return Misfits(*each, *types[0], depth);
  });
}

void StaticTypes::Check(const Expr& value, const Expr& type,
                        absl::string_view what) {
  if (!Misfits(value, type)) return;
  constexpr size_t kShort = 40;
  absl::string_view text = file_.source()->Text(value.extent);
  if (text.size() > kShort || absl::StrContains(text, '\n')) text = "a value";
  absl::string_view literal = LiteralType(file_, value);
  if (literal == "str") literal = "string";  // as type() says it
  if (literal == "None") literal = "NoneType";
  diagnostics_
      .Error(file_.SpanOf(value),
             absl::StrCat(what, " wants ", file_.source()->Text(type.extent),
                          ", not ", text, " of type ", literal))
      .notes.push_back({file_.SpanOf(type), "the type is given here"});
}

void StaticTypes::VisitFunction(const FunctionDecl& function) {
  for (const ParameterDecl& parameter : function.parameters) {
    if (parameter.type == nullptr || parameter.default_value == nullptr) {
      continue;
    }
    Check(*parameter.default_value, *parameter.type,
          absl::StrCat("parameter `", file_.name(parameter.name.name), "`"));
  }
  if (function.body != nullptr) {
    VisitBlock(*function.body, function.result_type);
  }
}

// A call of a function of this file: the arguments that are plainly for one
// parameter.
void StaticTypes::VisitCall(const Expr* expr) {
  if (expr == nullptr || expr->kind != ExprKind::kCall) return;
  const auto& call = As<CallExpr>(*expr);
  for (const Argument& argument : call.arguments) VisitCall(argument.value);
  if (call.callee->kind != ExprKind::kName) return;
  const auto& callee = As<NameExpr>(*call.callee);
  if (callee.scope != Scope::kGlobal) return;
  const auto known = functions_.find(callee.slot);
  if (known == functions_.end()) return;
  size_t position = 0;
  for (const Argument& argument : call.arguments) {
    const bool named = argument.kind == ArgumentKind::kNamed;
    if (!named && argument.kind != ArgumentKind::kPositional) break;
    for (size_t i = 0; i < known->second->parameters.size(); ++i) {
      const ParameterDecl& parameter = known->second->parameters[i];
      const bool meant =
          named ? parameter.name.name == argument.name.name &&
                      parameter.kind != ParameterKind::kArgs &&
                      parameter.kind != ParameterKind::kKwargs
                : i == position && parameter.kind == ParameterKind::kPositional;
      if (!meant || parameter.type == nullptr) continue;
      Check(*argument.value, *parameter.type,
            absl::StrCat(file_.name(callee.name), ": parameter `",
                         file_.name(parameter.name.name), "`"));
    }
    ++position;
  }
}

void StaticTypes::VisitBlock(const Block& block, const Expr* result) {
  for (const Stmt* stmt : block.statements) {
    switch (stmt->kind) {
      case StmtKind::kDef:
        VisitFunction(As<DefStmt>(*stmt).function);
        break;
      case StmtKind::kIf:
        VisitBlock(As<IfStmt>(*stmt).then, result);
        VisitBlock(As<IfStmt>(*stmt).otherwise, result);
        break;
      case StmtKind::kFor:
        VisitBlock(As<ForStmt>(*stmt).body, result);
        break;
      case StmtKind::kReturn: {
        const Expr* value = As<ReturnStmt>(*stmt).value;
        VisitCall(value);
        if (value != nullptr && result != nullptr) {
          Check(*value, *result, "the result");
        }
        break;
      }
      case StmtKind::kAssign: {
        const auto& assign = As<AssignStmt>(*stmt);
        VisitCall(assign.value);
        if (assign.type != nullptr) {
          Check(*assign.value, *assign.type,
                absl::StrCat("`", file_.source()->Text(assign.target->extent),
                             "`"));
        }
        break;
      }
      case StmtKind::kExpr:
        VisitCall(As<ExprStmt>(*stmt).expr);
        break;
      default:
        break;
    }
  }
}

}  // namespace

void CheckStaticTypes(const File& file, Diagnostics& diagnostics) {
  StaticTypes(file, diagnostics).Run();
}

}  // namespace dsl
