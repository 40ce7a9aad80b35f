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

#include "absl/strings/string_view.h"
#include "dsl/syntax/operator.h"
#include "dsl/syntax/source.h"

namespace dsl {

// A name of the file: an index into File::names(). Equal ids, equal names.
using NameId = uint32_t;

struct Identifier {
  NameId name = 0;
  Extent extent;
};

// --- what the resolver finds ---

// Where the value of a name is kept.
enum class Scope : uint8_t {
  kUnresolved,
  kLocal,        // slot: index into the function's locals
  kCell,         // the same, but the local is held in a cell, for closures
  kFree,         // slot: index into the function's free variables (cells)
  kGlobal,       // slot: index into File::globals
  kLoaded,       // slot: index into File::loaded
  kPredeclared,  // slot: index into File::predeclared
};

// A local variable of a function: a parameter, a name that it binds, or a
// variable of a comprehension (each comprehension has variables of its own).
struct Local {
  NameId name;
  bool captured;  // by an inner function: lives in a cell
  Extent extent;  // where it is bound first
};

// A variable of an enclosing function that a function uses: when the closure is
// made, taken from the enclosing function's cell at locals[index], or
// (!from_local) from the enclosing function's own free variables[index].
struct FreeVariable {
  NameId name;
  bool from_local;
  uint32_t index;
};

// The variables of a function. The parameters are the first locals, in the
// order of their declaration. The file itself is a function without
// parameters, whose only locals are variables of comprehensions.
struct FunctionScope {
  std::span<const Local> locals;
  std::span<const FreeVariable> free;
};

// --- expressions ---

enum class ExprKind : uint8_t {
  kName,
  kInt,
  kFloat,
  kString,
  kFString,
  kList,
  kTuple,
  kDict,
  kComprehension,
  kParen,
  kDot,
  kCall,
  kIndex,
  kSlice,
  kUnary,
  kBinary,
  kConditional,
  kLambda,
  kEllipsis,
};

struct Expr {
  ExprKind kind;
  uint16_t depth;  // how deep the tree below is; at most File::kMaxDepth
  Extent extent;
};

// REQUIRES: the node is a T.
template <class T, class Node>
T& As(Node& node) {
  return static_cast<T&>(node);
}
template <class T, class Node>
const T& As(const Node& node) {
  return static_cast<const T&>(node);
}

struct NameExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kName;
  NameId name;
  Scope scope;    // resolver
  uint32_t slot;  // resolver
};

struct IntExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kInt;
  bool fits;                 // in 63 bits: then `value` holds it
  uint8_t base;              // 2, 8, 10 or 16
  int64_t value;             // not negative
  absl::string_view digits;  // without prefix, in the given base
};

struct FloatExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kFloat;
  double value;
};

// `value` is what the literal means, in the source's text or in the arena.
struct StringExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kString;
  absl::string_view value;
};

// f"text{expr!r}text"
struct FStringPart {
  enum class Conversion : uint8_t { kStr, kRepr };  // {x}, {x!s} · {x!r}
  absl::string_view text;                           // if there is no expr
  Expr* expr;
  Conversion conversion;
};
struct FStringExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kFString;
  std::span<const FStringPart> parts;
};

struct ListExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kList;
  std::span<Expr* const> elements;
};

// With or without parentheses; if with, the extent includes them.
struct TupleExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kTuple;
  std::span<Expr* const> elements;
};

struct DictEntry {
  Expr* key;
  Expr* value;
  Extent colon;
};
struct DictExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kDict;
  std::span<const DictEntry> entries;
};

// `for targets in iterable`, or `if condition` (iterable is null then).
struct Clause {
  Expr* targets;
  Expr* iterable;
  Expr* condition;
  Extent keyword;
};
// [element for ...], or {element: value for ...}. The first clause is a for.
struct ComprehensionExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kComprehension;
  Expr* element;  // the key, of a dict
  Expr* value;    // null, of a list
  std::span<const Clause> clauses;
};

// (inner): kept for tools; an evaluator looks through it.
struct ParenExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kParen;
  Expr* inner;
};

struct DotExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kDot;
  Expr* object;
  Identifier name;
};

enum class ArgumentKind : uint8_t {
  kPositional,
  kNamed,
  kStar,      // *value
  kStarStar,  // **value
};
struct Argument {
  ArgumentKind kind;
  Identifier name;  // of kNamed
  Expr* value;
  Extent extent;
};
// The resolver has checked the order: positional, then named or *, then **.
struct CallExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kCall;
  Expr* callee;
  std::span<const Argument> arguments;
  Extent open;  // the "("
};

struct IndexExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kIndex;
  Expr* object;
  Expr* index;
  Extent open;  // the "["
};

struct SliceExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kSlice;
  Expr* object;
  Expr* start;  // each null if left out
  Expr* stop;
  Expr* step;
  Extent open;  // the "["
};

// kNot, kAdd, kSub or kInvert.
struct UnaryExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kUnary;
  Operator op;
  Expr* operand;
  Extent op_extent;
};

struct BinaryExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kBinary;
  Operator op;
  Expr* left;
  Expr* right;
  Extent op_extent;
};

struct ConditionalExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kConditional;
  Expr* if_true;
  Expr* condition;
  Expr* if_false;
};

enum class ParameterKind : uint8_t {
  kPositional,   // may be given by name too
  kKeywordOnly,  // after * or *args
  kArgs,         // *args
  kKwargs,       // **kwargs
};
struct ParameterDecl {
  ParameterKind kind;
  Identifier name;
  Expr* type;           // null if not annotated
  Expr* default_value;  // null if it has none
  Extent extent;
  // resolver: its local is a cell.
  bool captured;
};

struct Block;

// What def and lambda share. A bare `*` is no parameter. parameters[i] lives
// in local i.
struct FunctionDecl {
  Identifier name;  // of a lambda: no name, the place of the keyword
  std::span<ParameterDecl> parameters;
  Expr* result_type;    // null if not annotated
  Block* body;          // null for a lambda
  Expr* result;         // of a lambda
  FunctionScope scope;  // resolver
};

struct LambdaExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kLambda;
  FunctionDecl function;
};

// `...`, in type expressions only.
struct EllipsisExpr : Expr {
  static constexpr ExprKind kKind = ExprKind::kEllipsis;
};

// Type expressions are made of kName, kDot, kIndex, kBinary with |, kString,
// kTuple (as an index), kList, kDict and kEllipsis. Names in them are resolved
// like all others.

// --- statements ---

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
