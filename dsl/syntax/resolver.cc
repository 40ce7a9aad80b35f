// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/resolver.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/foreign_names.h"
#include "dsl/syntax/scopes.h"
#include "dsl/syntax/spelling.h"
#include "dsl/syntax/static_checks.h"

namespace dsl {
namespace {

class Resolver {
 public:
  Resolver(File& file, const PredeclaredNames& predeclared,
           Diagnostics& diagnostics)
      : file_(file),
        diagnostics_(diagnostics),
        scope_(file, predeclared),
        toplevel_(nullptr) {}

  void Resolve() {
    function_ = &toplevel_;
    for (Stmt* statement : file_.body().statements) Bind(*statement);
    for (Stmt* statement : file_.body().statements) VisitTop(*statement);
    file_.SetScope(toplevel_.Finish(file_.arena()));
    scope_.Finish();
  }

 private:
  Diagnostic& Error(Extent extent, std::string message, std::string hint = "") {
    return diagnostics_.Error(file_.At(extent), std::move(message),
                              std::move(hint));
  }

  // --- what statements bind, before any of them is visited ---
  void Bind(Stmt& statement);
  void BindBlock(const Block& block) {
    for (Stmt* statement : block.statements) Bind(*statement);
  }
  void BindTarget(Expr& target, bool nested) {
    CheckTarget(file_, target, nested, diagnostics_,
                [this](NameExpr& name) { BindName(name); });
  }
  void BindName(NameExpr& name);
  void BindLoad(LoadStmt& load);
  void ReportSecondBinding(const NameExpr& name, Extent first);

  // --- statements ---
  void VisitTop(Stmt& statement);
  void Visit(Stmt& statement);
  void VisitBlock(const Block& block) {
    for (Stmt* statement : block.statements) Visit(*statement);
  }
  void VisitDef(DefStmt& def);
  void VisitFor(ForStmt& statement);
  void CheckPlace(const Stmt& statement);

  // --- expressions ---
  void Visit(Expr* expr);
  void VisitAll(std::span<Expr* const> elements) {
    for (Expr* element : elements) Visit(element);
  }
  void VisitName(NameExpr& name);
  void VisitBinary(BinaryExpr& binary);
  void VisitCall(CallExpr& call);
  void VisitComprehension(ComprehensionExpr& comprehension);
  void VisitLambda(LambdaExpr& lambda);
  void VisitType(Expr* type);
  void ReportUndefined(const NameExpr& name);
  // What a function has outside of its own scope: defaults and types.
  void VisitHeader(FunctionDecl& function);
  void VisitFunction(FunctionDecl& function);

  File& file_;
  Diagnostics& diagnostics_;
  FileScope scope_;
  FunctionBeingResolved toplevel_;
  FunctionBeingResolved* function_ = nullptr;
  bool loads_ended_ = false;
  absl::flat_hash_set<NameId> undefined_;
};

// --- bindings ---

void Resolver::Bind(Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kDef:
      return BindName(*As<DefStmt>(statement).target);
    case StmtKind::kTypeAlias:
      return BindName(*As<TypeAliasStmt>(statement).target);
    case StmtKind::kIf:
      BindBlock(As<IfStmt>(statement).then);
      return BindBlock(As<IfStmt>(statement).otherwise);
    case StmtKind::kFor:
      BindTarget(*As<ForStmt>(statement).targets, true);
      return BindBlock(As<ForStmt>(statement).body);
    case StmtKind::kAssign:
      return BindTarget(*As<AssignStmt>(statement).target, true);
    case StmtKind::kAugAssign:
      return BindTarget(*As<AugAssignStmt>(statement).target, false);
    case StmtKind::kLoad:
      return BindLoad(As<LoadStmt>(statement));
    default:
      return;
  }
}

void Resolver::BindName(NameExpr& name) {
  const Identifier identifier{name.name, name.extent};
  if (!function_->is_file()) {
    function_->Bind(identifier);
  } else if (const auto first = scope_.Bind(Scope::kGlobal, identifier)) {
    ReportSecondBinding(name, *first);
  }
}

void Resolver::BindLoad(LoadStmt& load) {
  CheckLoad(file_, load, diagnostics_);
  for (const LoadName& each : load.names) {
    NameExpr& name = *each.local;
    const auto first = scope_.Bind(Scope::kLoaded, {name.name, name.extent});
    if (first) ReportSecondBinding(name, *first);
  }
}

void Resolver::ReportSecondBinding(const NameExpr& name, Extent first) {
  Error(name.extent,
        absl::StrCat("`", file_.name(name.name), "` is bound a second time"),
        "a name of a file is bound once")
      .notes.push_back({file_.At(first), "first bound here"});
}

// --- statements ---

// What may stand in the file, but not at the top or not in its kind.
void Resolver::CheckPlace(const Stmt& statement) {
  const bool is_for = statement.kind == StmtKind::kFor;
  const Extent keyword = {
      statement.extent.begin,
      statement.extent.begin + (is_for                                ? 3u
                                : statement.kind == StmtKind::kIf     ? 2u
                                : statement.kind == StmtKind::kReturn ? 6u
                                                                      : 3u)};
  if (statement.kind == StmtKind::kDef) {
    if (!IsDeclarative(file_.kind())) return;
    Error(keyword, "this file may not define functions",
          "define it in a .spec file and load it");
  } else if (statement.kind == StmtKind::kIf || is_for) {
    Error(keyword,
          absl::StrCat(is_for ? "a `for`" : "an `if`",
                       " statement cannot stand at the top level"),
          IsDeclarative(file_.kind())
              ? (is_for ? "use a comprehension" : "use `x if c else y`")
              : "put it into a function");
  } else if (statement.kind == StmtKind::kReturn) {
    Error(keyword, "`return` outside of a function");
  }
}

void Resolver::VisitTop(Stmt& statement) {
  CheckPlace(statement);
  const bool doc =
      &statement == file_.body().statements.front() && file_.doc() != nullptr;
  if (statement.kind != StmtKind::kLoad) {
    loads_ended_ |= !doc;
  } else if (loads_ended_) {
    Error(As<LoadStmt>(statement).path->extent,
          "load statements come first in a file", "move it to the top");
  }
  if (statement.kind == StmtKind::kLoad) {
    for (const LoadName& each : As<LoadStmt>(statement).names) {
      VisitName(*each.local);
    }
    return;
  }
  Visit(statement);
}

void Resolver::Visit(Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kDef:
      return VisitDef(As<DefStmt>(statement));
    case StmtKind::kIf: {
      auto& branch = As<IfStmt>(statement);
      Visit(branch.condition);
      VisitBlock(branch.then);
      return VisitBlock(branch.otherwise);
    }
    case StmtKind::kFor:
      return VisitFor(As<ForStmt>(statement));
    case StmtKind::kReturn:
      return Visit(As<ReturnStmt>(statement).value);
    case StmtKind::kBreak:
    case StmtKind::kContinue:
      if (function_->loops == 0) {
        Error(
            statement.extent,
            absl::StrCat(
                "`", statement.kind == StmtKind::kBreak ? "break" : "continue",
                "` outside of a loop"));
      }
      return;
    case StmtKind::kPass:
      return;
    case StmtKind::kAssign: {
      auto& assign = As<AssignStmt>(statement);
      Visit(assign.value);
      VisitType(assign.type);
      return Visit(assign.target);
    }
    case StmtKind::kAugAssign:
      Visit(As<AugAssignStmt>(statement).value);
      return Visit(As<AugAssignStmt>(statement).target);
    case StmtKind::kExpr:
      return Visit(As<ExprStmt>(statement).expr);
    case StmtKind::kLoad:
      Error(statement.extent, "load cannot stand within a function or block",
            "move it to the top of the file");
      return;
    case StmtKind::kTypeAlias:
      VisitType(As<TypeAliasStmt>(statement).value);
      return Visit(As<TypeAliasStmt>(statement).target);
  }
}

void Resolver::VisitDef(DefStmt& def) {
  Visit(def.target);
  VisitHeader(def.function);
  VisitFunction(def.function);
}

void Resolver::VisitFor(ForStmt& statement) {
  Visit(statement.iterable);
  Visit(statement.targets);
  ++function_->loops;
  VisitBlock(statement.body);
  --function_->loops;
}

// --- functions ---

void Resolver::VisitHeader(FunctionDecl& function) {
  for (ParameterDecl& parameter : function.parameters) {
    Visit(parameter.default_value);
    VisitType(parameter.type);
  }
  VisitType(function.result_type);
}

void Resolver::VisitFunction(FunctionDecl& function) {
  FunctionBeingResolved inner(function_);
  function_ = &inner;
  for (ParameterDecl& parameter : function.parameters) {
    const auto first = inner.Bind(parameter.name);
    if (!first) continue;
    Error(parameter.name.extent,
          absl::StrCat("the parameter `", file_.name(parameter.name.name),
                       "` is declared twice"))
        .notes.push_back({file_.At(*first), "first declared here"});
  }
  if (function.body != nullptr) {
    BindBlock(*function.body);
    VisitBlock(*function.body);
  } else {
    Visit(function.result);
  }
  function.scope = inner.Finish(file_.arena());
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    // Fewer locals than parameters only after a parameter declared twice.
    if (i < function.scope.locals.size()) {
      function.parameters[i].captured = function.scope.locals[i].captured;
    }
  }
  function_ = inner.outer();
}

// --- expressions ---

void Resolver::Visit(Expr* expr) {
  if (expr == nullptr) return;
  switch (expr->kind) {
    case ExprKind::kName:
      return VisitName(As<NameExpr>(*expr));
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kString:
    case ExprKind::kEllipsis:
      return;
    case ExprKind::kFString:
      for (const FStringPart& part : As<FStringExpr>(*expr).parts) {
        Visit(part.expr);
      }
      return;
    case ExprKind::kList:
      return VisitAll(As<ListExpr>(*expr).elements);
    case ExprKind::kTuple:
      return VisitAll(As<TupleExpr>(*expr).elements);
    case ExprKind::kDict:
      for (const DictEntry& entry : As<DictExpr>(*expr).entries) {
        Visit(entry.key);
        Visit(entry.value);
      }
      return;
    case ExprKind::kComprehension:
      return VisitComprehension(As<ComprehensionExpr>(*expr));
    case ExprKind::kParen:
      return Visit(As<ParenExpr>(*expr).inner);
    case ExprKind::kDot:
      return Visit(As<DotExpr>(*expr).object);
    case ExprKind::kCall:
      return VisitCall(As<CallExpr>(*expr));
    case ExprKind::kIndex:
      Visit(As<IndexExpr>(*expr).object);
      return Visit(As<IndexExpr>(*expr).index);
    case ExprKind::kSlice: {
      auto& slice = As<SliceExpr>(*expr);
      for (Expr* part : {slice.object, slice.start, slice.stop, slice.step}) {
        Visit(part);
      }
      return;
    }
    case ExprKind::kUnary:
      return Visit(As<UnaryExpr>(*expr).operand);
    case ExprKind::kBinary:
      return VisitBinary(As<BinaryExpr>(*expr));
    case ExprKind::kConditional: {
      auto& conditional = As<ConditionalExpr>(*expr);
      Visit(conditional.if_true);
      Visit(conditional.condition);
      return Visit(conditional.if_false);
    }
    case ExprKind::kLambda:
      return VisitLambda(As<LambdaExpr>(*expr));
  }
}

// Without recursion over the operators of one row.
void Resolver::VisitBinary(BinaryExpr& binary) {
  absl::InlinedVector<Expr*, 8> right;
  Expr* left = &binary;
  for (; left->kind == ExprKind::kBinary; left = As<BinaryExpr>(*left).left) {
    right.push_back(As<BinaryExpr>(*left).right);
  }
  Visit(left);
  for (size_t i = right.size(); i-- > 0;) Visit(right[i]);
}

void Resolver::VisitLambda(LambdaExpr& lambda) {
  if (IsDeclarative(file_.kind())) {
    Error(lambda.function.name.extent, "this file may not define functions",
          "define it in a .spec file and load it");
  }
  VisitHeader(lambda.function);
  VisitFunction(lambda.function);
}

void Resolver::VisitCall(CallExpr& call) {
  Visit(call.callee);
  CheckArguments(file_, call, diagnostics_);
  for (const Argument& argument : call.arguments) Visit(argument.value);
}

// The first iterable is outside of the comprehension's own scope; all else is
// inside, also where a later clause binds the name.
void Resolver::VisitComprehension(ComprehensionExpr& comprehension) {
  Visit(comprehension.clauses[0].iterable);
  function_->OpenComprehension();
  for (const Clause& clause : comprehension.clauses) {
    if (clause.targets == nullptr) continue;
    CheckTarget(file_, *clause.targets, true, diagnostics_,
                [this](NameExpr& name) {
                  function_->BindInComprehension({name.name, name.extent});
                });
  }
  for (const Clause& clause : comprehension.clauses) {
    if (&clause != &comprehension.clauses[0]) Visit(clause.iterable);
    Visit(clause.targets);
    Visit(clause.condition);
  }
  Visit(comprehension.element);
  Visit(comprehension.value);
  function_->CloseComprehension();
}

void Resolver::VisitType(Expr* type) { Visit(type); }

void Resolver::VisitName(NameExpr& name) {
  Found found = function_->Find(name.name);
  if (found.scope == Scope::kUnresolved) found = scope_.Find(name.name);
  name.scope = found.scope;
  name.slot = found.slot;
  function_->Use(&name);
  if (found.scope != Scope::kUnresolved) return;
  ReportUndefined(name);
}

void Resolver::ReportUndefined(const NameExpr& name) {
  if (file_.unsure().contains(name.name)) return;
  if (!undefined_.insert(name.name).second) return;
  Diagnostic& diagnostic = Error(
      name.extent,
      absl::StrCat("the name `", file_.name(name.name), "` is not defined"));
  const absl::string_view instead = InsteadOfName(file_.name(name.name));
  if (!instead.empty()) {
    diagnostic.hint = std::string(instead);
    return;
  }
  std::vector<std::string> known;
  function_->AddNames(file_, &known);
  scope_.AddNames(&known);
  const absl::string_view nearest = NearestName(file_.name(name.name), known);
  if (nearest.empty()) return;
  diagnostic.edit = Edit{file_.SpanOf(name), std::string(nearest)};
}

}  // namespace

bool Resolve(File& file, const PredeclaredNames& predeclared,
             Diagnostics& diagnostics) {
  Diagnostics found;
  Resolver(file, predeclared, found).Resolve();
  found.SortByPlace();
  for (const Diagnostic& each : found.all()) diagnostics.Add(each);
  return !found.has_errors();
}

}  // namespace dsl
