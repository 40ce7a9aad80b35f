// SPDX-License-Identifier: Apache-2.0

// The syntax tree of a file (file.h). All nodes lie in the arena of their File
// and die with it; they are plain values without destructors. Each node knows
// its place (`extent`, the bytes from its first to its last token); so does
// each name and operator within a node. `kind` tells which struct a node is:
//
//     switch (expr.kind) {
//       case ExprKind::kCall: return Visit(As<CallExpr>(expr));
//
// The parser fills in everything but the fields marked "resolver".

#ifndef GRAPH_DSL_SYNTAX_AST_H_
#define GRAPH_DSL_SYNTAX_AST_H_

#include <cstdint>
#include <span>

#include "dsl/syntax/expression.h"
#include "dsl/syntax/operator.h"
#include "dsl/syntax/scope.h"
#include "dsl/syntax/source.h"

namespace dsl {

enum class StmtKind : uint8_t {
  kDef,
  kIf,
  kFor,
  kReturn,
  kBreak,
  kContinue,
  kPass,
  kAssign,
  kAugAssign,
  kExpr,
  kLoad,
  kTypeAlias,
};

struct Stmt {
  StmtKind kind;
  Extent extent;
};

struct Block {
  std::span<Stmt* const> statements;
};

struct DefStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kDef;
  NameExpr* target;  // where the function goes
  FunctionDecl function;
};

// elif is an if in the else.
struct IfStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kIf;
  Expr* condition;
  Block then;
  Block otherwise;  // empty if there is none
};

struct ForStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kFor;
  Expr* targets;
  Expr* iterable;
  Block body;
};

struct ReturnStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kReturn;
  Expr* value;  // null if left out
};

struct BreakStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kBreak;
};
struct ContinueStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kContinue;
};
struct PassStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kPass;
};

// target = value, or name: type = value. The resolver has checked that targets
// are names, x.y, x[i], or (nested) lists and tuples of these, here and in for.
struct AssignStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAssign;
  Expr* target;
  Expr* type;  // null if not annotated
  Expr* value;
  Extent op_extent;
};

// target op= value; the target is a name, x.y or x[i].
struct AugAssignStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAugAssign;
  Operator op;
  Expr* target;
  Expr* value;
  Extent op_extent;
};

struct ExprStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kExpr;
  Expr* expr;
};

// load("path", "name", here = "name")
struct LoadName {
  NameExpr* local;       // scope kLoaded; its extent is the literal's, or the
                         // name's before the =
  StringExpr* original;  // the name in the other file
};
struct LoadStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kLoad;
  StringExpr* path;
  std::span<const LoadName> names;
};

// type target = value
struct TypeAliasStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kTypeAlias;
  NameExpr* target;
  Expr* value;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_AST_H_
