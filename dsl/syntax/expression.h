// SPDX-License-Identifier: Apache-2.0

// The expressions of a syntax tree; ast.h tells about all nodes.

#ifndef GRAPH_DSL_SYNTAX_EXPRESSION_H_
#define GRAPH_DSL_SYNTAX_EXPRESSION_H_

#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"
#include "dsl/syntax/operator.h"
#include "dsl/syntax/scope.h"
#include "dsl/syntax/source.h"

namespace dsl {

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
  // How many operators stand in a row: this one, and those of `left`, if it is
  // a BinaryExpr itself. These do not count as depth.
  uint16_t chain;
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

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_EXPRESSION_H_
