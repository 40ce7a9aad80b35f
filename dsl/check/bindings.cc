// SPDX-License-Identifier: Apache-2.0

// The names of a file and its functions: which are never used, and which hide
// others. The scopes are walked anew, as the resolver keeps only slots.

#include <deque>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

// What every file knows. Names that only some know count if the file uses them.
bool IsBuiltin(absl::string_view name) {
  for (const absl::string_view builtin :
       {"abs",  "all",       "any",      "bool",   "depset",  "dict",
        "dir",  "enumerate", "fail",     "float",  "getattr", "hasattr",
        "hash", "int",       "json",     "len",    "list",    "max",
        "min",  "print",     "provider", "range",  "repr",    "reversed",
        "set",  "sorted",    "str",      "string", "struct",  "tuple",
        "type", "zip"}) {
    if (name == builtin) return true;
  }
  return false;
}

struct Variable {
  enum class Kind : uint8_t { kParameter, kLocal, kFunction, kLoop };
  Kind kind;
  Extent extent;  // Where it is bound first.
  bool used = false;
};

// A function, or a comprehension in one.
struct Level {
  absl::flat_hash_map<NameId, Variable> variables;
};

class Bindings {
 public:
  explicit Bindings(Findings& findings)
      : findings_(findings), file_(findings.file) {}

  void Run() {
    for (const NameId id : file_.predeclared()) predeclared_.insert(id);
    for (const auto& names : {file_.globals(), file_.loaded()}) {
      for (const Identifier& name : names) {
        of_file_.try_emplace(name.name, name.extent);
        CheckHidesBuiltin(name, /*always=*/true);
      }
    }
    for (const Stmt* statement : file_.body().statements) {
      defining_ = nullptr;
      if (statement->kind == StmtKind::kDef) {
        defining_ = As<DefStmt>(*statement).target;
      }
      Visit(*statement);
    }
    for (const Identifier& name : file_.loaded()) CheckLoaded(name);
    for (const Identifier& name : file_.globals()) CheckGlobal(name);
  }

 private:
  // --- scopes ---

  void Bind(Variable::Kind kind, const Identifier& name) {
    const bool fresh =
        levels_.back()
            .variables.try_emplace(name.name, Variable{kind, name.extent})
            .second;
    if (fresh) CheckHides(kind, name);
  }
  // The names that the statements of a function bind.
  void BindBlock(const Block& block);

  void Use(NameId name) {
    for (size_t i = levels_.size(); i-- > 0;) {
      const auto at = levels_[i].variables.find(name);
      if (at == levels_[i].variables.end()) continue;
      at->second.used = true;
      return;
    }
    // A function that only calls itself is of no use to the file.
    if (defining_ == nullptr || defining_->name != name) used_.insert(name);
  }

  void Close() {
    for (const auto& [name, variable] : levels_.back().variables) {
      if (!variable.used) CheckVariable(name, variable);
    }
    levels_.pop_back();
  }

  // --- the walk ---

  void Visit(const Stmt& statement);
  void VisitBlock(const Block& block) {
    for (const Stmt* statement : block.statements) Visit(*statement);
  }
  void VisitFunction(const FunctionDecl& function);
  void Visit(const Expr& expr);
  void VisitComprehension(const ComprehensionExpr& expr);
  // Uses what stands in x.y and x[i]; names are bound, not used.
  void VisitTarget(const Expr& target);

  // --- what is found ---

  bool IsIgnored(NameId name) const {
    return absl::StartsWith(file_.name(name), "_");
  }
  void CheckHides(Variable::Kind kind, const Identifier& name);
  void CheckHidesBuiltin(const Identifier& name, bool always);
  void CheckVariable(NameId name, const Variable& variable);
  void CheckLoaded(const Identifier& name);
  void CheckGlobal(const Identifier& name);

  Findings& findings_;
  const File& file_;
  std::deque<Level> levels_;  // Innermost last; none: the file.
  absl::flat_hash_map<NameId, Extent> of_file_;
  absl::flat_hash_set<NameId> predeclared_;
  absl::flat_hash_set<NameId> used_;  // Names of the file.
  const NameExpr* defining_ = nullptr;
};

void Bindings::BindBlock(const Block& block) {
  const auto bind = [this](Variable::Kind kind, const Expr& target) {
    ForEachBound(target, [&](const NameExpr& name) {
      Bind(kind, {name.name, name.extent});
    });
  };
  for (const Stmt* statement : block.statements) {
    switch (statement->kind) {
      case StmtKind::kDef:
        bind(Variable::Kind::kFunction, *As<DefStmt>(*statement).target);
        continue;
      case StmtKind::kFor:
        bind(Variable::Kind::kLoop, *As<ForStmt>(*statement).targets);
        break;
      case StmtKind::kAssign:
        bind(Variable::Kind::kLocal, *As<AssignStmt>(*statement).target);
        break;
      case StmtKind::kAugAssign:
        bind(Variable::Kind::kLocal, *As<AugAssignStmt>(*statement).target);
        break;
      case StmtKind::kTypeAlias:
        bind(Variable::Kind::kLocal, *As<TypeAliasStmt>(*statement).target);
        break;
      default:
        break;
    }
    ForEachBlock(*statement, [this](const Block& inner) { BindBlock(inner); });
  }
}

void Bindings::Visit(const Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kDef:
      return VisitFunction(As<DefStmt>(statement).function);
    case StmtKind::kFor:
      Visit(*As<ForStmt>(statement).iterable);
      VisitTarget(*As<ForStmt>(statement).targets);
      break;
    case StmtKind::kAssign: {
      const auto& assign = As<AssignStmt>(statement);
      Visit(*assign.value);
      if (assign.type != nullptr) Visit(*assign.type);
      VisitTarget(*assign.target);
      break;
    }
    default:
      // x += y counts as a use of x: it may change what others see too.
      ForEachPart(statement, [this](const Expr& part) { Visit(part); });
  }
  ForEachBlock(statement, [this](const Block& inner) { VisitBlock(inner); });
}

void Bindings::VisitFunction(const FunctionDecl& function) {
  for (const ParameterDecl& parameter : function.parameters) {
    if (parameter.default_value != nullptr) Visit(*parameter.default_value);
    if (parameter.type != nullptr) Visit(*parameter.type);
  }
  if (function.result_type != nullptr) Visit(*function.result_type);
  levels_.emplace_back();
  for (const ParameterDecl& parameter : function.parameters) {
    Bind(Variable::Kind::kParameter, parameter.name);
  }
  if (function.body != nullptr) {
    BindBlock(*function.body);
    VisitBlock(*function.body);
  } else {
    Visit(*function.result);
  }
  Close();
}

void Bindings::Visit(const Expr& expr) {
  if (expr.kind == ExprKind::kName) return Use(As<NameExpr>(expr).name);
  if (expr.kind == ExprKind::kLambda) {
    return VisitFunction(As<LambdaExpr>(expr).function);
  }
  if (expr.kind == ExprKind::kComprehension) {
    return VisitComprehension(As<ComprehensionExpr>(expr));
  }
  ForEachPart(expr, [this](const Expr& part) { Visit(part); });
}

// The first iterable is outside of the comprehension's own scope.
void Bindings::VisitComprehension(const ComprehensionExpr& expr) {
  bool first = true;
  for (const Clause& clause : expr.clauses) {
    if (clause.iterable != nullptr) Visit(*clause.iterable);
    if (first) levels_.emplace_back();
    first = false;
    if (clause.targets != nullptr) {
      ForEachBound(*clause.targets, [this](const NameExpr& name) {
        Bind(Variable::Kind::kLoop, {name.name, name.extent});
      });
      VisitTarget(*clause.targets);
    }
    if (clause.condition != nullptr) Visit(*clause.condition);
  }
  Visit(*expr.element);
  if (expr.value != nullptr) Visit(*expr.value);
  Close();
}

void Bindings::VisitTarget(const Expr& target) {
  switch (target.kind) {
    case ExprKind::kName:
      return;
    case ExprKind::kParen:
    case ExprKind::kList:
    case ExprKind::kTuple:
      return ForEachPart(target,
                         [this](const Expr& part) { VisitTarget(part); });
    default:
      return Visit(target);
  }
}

void Bindings::CheckHides(Variable::Kind kind, const Identifier& name) {
  if (IsIgnored(name.name)) return;
  const Extent* hidden = nullptr;
  absl::string_view what = "the variable outside";
  for (size_t i = levels_.size() - 1; i-- > 0 && hidden == nullptr;) {
    const auto at = levels_[i].variables.find(name.name);
    if (at != levels_[i].variables.end()) hidden = &at->second.extent;
  }
  const auto at = of_file_.find(name.name);
  if (hidden == nullptr && at != of_file_.end()) {
    hidden = &at->second;
    what = "the one of the file";
  }
  if (hidden == nullptr) {
    // Who calls with names likes `type` and `hash`: then only what is used.
    return CheckHidesBuiltin(name, kind != Variable::Kind::kParameter);
  }
  findings_
      .Add(kShadowedName, name.extent,
           absl::StrCat("`", file_.name(name.name), "` hides ", what))
      .notes.push_back({file_.At(*hidden), "which is bound here"});
}

void Bindings::CheckHidesBuiltin(const Identifier& name, bool always) {
  const absl::string_view text = file_.name(name.name);
  if (!predeclared_.contains(name.name) && !(always && IsBuiltin(text))) return;
  findings_.Add(kShadowedName, name.extent,
                absl::StrCat("`", text, "` hides the builtin of that name"));
}

void Bindings::CheckVariable(NameId name, const Variable& variable) {
  if (IsIgnored(name) || variable.kind == Variable::Kind::kParameter) return;
  const absl::string_view text = file_.name(name);
  const bool is_loop = variable.kind == Variable::Kind::kLoop;
  findings_.Add(kUnusedVariable, variable.extent,
                variable.kind == Variable::Kind::kFunction
                    ? absl::StrCat("the function `", text, "` is never used")
                    : absl::StrCat("`", text, "` is never used"),
                is_loop ? absl::StrCat("call it `_", text, "` or `_`") : "");
}

void Bindings::CheckLoaded(const Identifier& name) {
  if (used_.contains(name.name)) return;
  findings_.Add(
      kUnusedLoad, name.extent,
      absl::StrCat("`", file_.name(name.name), "` is loaded, but never used"));
}

// What others may load is used, for all that we know; nobody loads a build
// file.
void Bindings::CheckGlobal(const Identifier& name) {
  const bool is_private =
      IsIgnored(name.name) || file_.kind() != FileKind::kModule;
  if (!is_private || used_.contains(name.name)) return;
  findings_.Add(
      kUnusedDefinition, name.extent,
      absl::StrCat("`", file_.name(name.name), "` is never used in this file"));
}

}  // namespace

void CheckBindings(Findings& findings) { Bindings(findings).Run(); }

}  // namespace dsl
