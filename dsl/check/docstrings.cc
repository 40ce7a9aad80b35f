// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

bool IsPrivate(absl::string_view name) { return absl::StartsWith(name, "_"); }

// Whether a `doc` is among the arguments, or may be.
bool HasDoc(const File& file, const CallExpr& call) {
  for (const Argument& argument : call.arguments) {
    if (argument.kind == ArgumentKind::kStarStar) return true;
    if (argument.kind != ArgumentKind::kNamed ||
        file.name(argument.name.name) != "doc") {
      continue;
    }
    const Expr& value = Inner(*argument.value);
    return value.kind != ExprKind::kString ||
           !As<StringExpr>(value).value.empty();
  }
  return false;
}

// The name of what is called, if that is predeclared: `rule`, or, of
// attr.label(), `attr`. Else empty.
absl::string_view Maker(const File& file, const Expr& expr) {
  if (expr.kind != ExprKind::kCall) return "";
  const Expr* callee = As<CallExpr>(expr).callee;
  if (callee->kind == ExprKind::kDot) callee = As<DotExpr>(*callee).object;
  if (callee->kind != ExprKind::kName ||
      As<NameExpr>(*callee).scope != Scope::kPredeclared) {
    return "";
  }
  return file.name(As<NameExpr>(*callee).name);
}

void CheckFunction(const DefStmt& def, Findings& findings) {
  const absl::string_view name = findings.file.name(def.function.name.name);
  const StringExpr* doc = File::DocOf(*def.function.body);
  if (IsPrivate(name) || (doc != nullptr && !doc->value.empty())) return;
  findings.Add(
      kMissingDocstring, def.function.name.extent,
      absl::StrCat("the public function `", name, "` has no docstring"));
}

void CheckAttributes(const Expr& value, Findings& findings) {
  const File& file = findings.file;
  Walk(value, [&](const Expr& expr) {
    if (expr.kind != ExprKind::kDict) return;
    for (const DictEntry& entry : As<DictExpr>(expr).entries) {
      if (entry.key->kind != ExprKind::kString ||
          Maker(file, *entry.value) != "attr") {
        continue;
      }
      const absl::string_view name = As<StringExpr>(*entry.key).value;
      if (IsPrivate(name) || HasDoc(file, As<CallExpr>(*entry.value))) continue;
      findings.Add(kMissingDocstring, entry.key->extent,
                   absl::StrCat("the attribute `", name, "` has no doc"),
                   "say `doc = \"…\"` in its attr");
    }
  });
}

void CheckAssignment(const AssignStmt& assign, Findings& findings) {
  const File& file = findings.file;
  const absl::string_view maker = Maker(file, *assign.value);
  if (assign.target->kind != ExprKind::kName) return;
  const absl::string_view name = file.name(As<NameExpr>(*assign.target).name);
  const bool makes = maker == "rule" || maker == "provider";
  // What a private dict holds may be the attributes of a public rule.
  if (makes && IsPrivate(name)) return;
  if (makes && !HasDoc(file, As<CallExpr>(*assign.value))) {
    findings.Add(kMissingDocstring, assign.target->extent,
                 absl::StrCat("the public ", maker, " `", name, "` has no doc"),
                 absl::StrCat("say `doc = \"…\"` in its ", maker, "()"));
  }
  CheckAttributes(*assign.value, findings);
}

}  // namespace

void CheckDocstrings(Findings& findings) {
  if (findings.file.kind() != FileKind::kModule) return;
  for (const Stmt* statement : findings.file.body().statements) {
    if (statement->kind == StmtKind::kDef) {
      CheckFunction(As<DefStmt>(*statement), findings);
    } else if (statement->kind == StmtKind::kAssign) {
      CheckAssignment(As<AssignStmt>(*statement), findings);
    }
  }
}

}  // namespace dsl
