// SPDX-License-Identifier: Apache-2.0

// Expressions. Statements are in tree_builder_statements.cc.

#include "dsl/syntax/tree_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dsl/syntax/literals.h"
#include "dsl/syntax/tree_builder_inl.h"

namespace dsl {
namespace {

constexpr int kNotPrecedence = 3;
constexpr int kComparison = 4;
constexpr int kPrefixPrecedence = 11;

struct OperatorInfo {
  Operator op;
  int precedence;
};

// From loose to tight; `not` stands between `and` and the comparisons.
OperatorInfo InfoOf(TokenType type) {
  switch (type) {
    case TokenType::OR:
      return {Operator::kLogicalOr, 1};
    case TokenType::AND:
      return {Operator::kLogicalAnd, 2};
    case TokenType::EQ:
      return {Operator::kEq, kComparison};
    case TokenType::NE:
      return {Operator::kNe, kComparison};
    case TokenType::LT:
      return {Operator::kLt, kComparison};
    case TokenType::GT:
      return {Operator::kGt, kComparison};
    case TokenType::LE:
      return {Operator::kLe, kComparison};
    case TokenType::GE:
      return {Operator::kGe, kComparison};
    case TokenType::IN:
      return {Operator::kIn, kComparison};
    case TokenType::BIT_OR:
      return {Operator::kOr, 5};
    case TokenType::XOR:
      return {Operator::kXor, 6};
    case TokenType::BIT_AND:
      return {Operator::kAnd, 7};
    case TokenType::SHL:
      return {Operator::kShl, 8};
    case TokenType::SHR:
      return {Operator::kShr, 8};
    case TokenType::ADD:
      return {Operator::kAdd, 9};
    case TokenType::SUB:
      return {Operator::kSub, 9};
    case TokenType::STAR:
      return {Operator::kMul, 10};
    case TokenType::DIV:
      return {Operator::kDiv, 10};
    case TokenType::FLOOR_DIV:
      return {Operator::kFloorDiv, 10};
    default:
      return {Operator::kMod, 10};
  }
}

uint32_t DepthOf(std::span<Expr* const> elements) {
  uint32_t depth = 0;
  for (const Expr* element : elements) {
    depth = std::max<uint32_t>(depth, element->depth);
  }
  return depth;
}

}  // namespace

TreeBuilder::TreeBuilder(File& file, const std::vector<Token>& tokens,
                         EmbeddedParser embedded, Diagnostics& diagnostics)
    : file_(file),
      arena_(file.arena()),
      tokens_(tokens),
      embedded_(std::move(embedded)),
      diagnostics_(diagnostics) {}

void TreeBuilder::Error(Extent extent, std::string message, std::string hint) {
  diagnostics_.Error(file_.At(extent), std::move(message), std::move(hint));
}

void TreeBuilder::PushAbove(Expr* expr, uint32_t depth_below) {
  if (depth_below >= File::kMaxDepth) {
    Error(expr->extent, "the expression is nested too deeply");
    throw TooDeep();
  }
  expr->depth = static_cast<uint16_t>(depth_below + 1);
  expressions_.push_back(expr);
}

void TreeBuilder::Push(Expr* expr, std::initializer_list<const Expr*> below) {
  uint32_t depth = 0;
  for (const Expr* part : below) {
    if (part != nullptr) depth = std::max<uint32_t>(depth, part->depth);
  }
  PushAbove(expr, depth);
}

void TreeBuilder::Name() {
  const Identifier name = LastName();
  auto* expr = Make<NameExpr>(name.extent.begin, name.extent.end);
  expr->name = name.name;
  Push(expr, {});
}

void TreeBuilder::Int() {
  auto* expr = Make<IntExpr>(Last().begin, Last().end);
  ReadInt(file_.source()->Text(expr->extent), expr);
  Push(expr, {});
}

void TreeBuilder::Float() {
  auto* expr = Make<FloatExpr>(Last().begin, Last().end);
  ReadFloat(*file_.source(), expr, diagnostics_);
  Push(expr, {});
}

void TreeBuilder::String() {
  auto* expr = Make<StringExpr>(Last().begin, Last().end);
  const Quoted quoted = SplitQuoted(*file_.source(), expr->extent);
  expr->value =
      Unquote(*file_.source(), quoted.body, quoted.raw, arena_, diagnostics_);
  Push(expr, {});
}

void TreeBuilder::Ellipsis() {
  Push(Make<EllipsisExpr>(Last().begin, Last().end), {});
}

void TreeBuilder::List(uint32_t begin, size_t m) {
  auto* expr = Make<ListExpr>(begin, Last().end);
  expr->elements = Take(&expressions_, m);
  PushAbove(expr, DepthOf(expr->elements));
}

void TreeBuilder::Tuple(uint32_t begin, size_t m) {
  // The end of a bare tuple is its last element's, or its trailing comma's.
  auto* expr = Make<TupleExpr>(begin, Last().end);
  expr->elements = Take(&expressions_, m);
  PushAbove(expr, DepthOf(expr->elements));
}

void TreeBuilder::BareTrailingComma() {
  Error(Last(), "a tuple with a trailing comma needs parentheses");
}

void TreeBuilder::Dict(uint32_t begin, size_t m) {
  auto* expr = Make<DictExpr>(begin, Last().end);
  const std::span<Expr* const> flat(expressions_.data() + m,
                                    expressions_.size() - m);
  std::vector<DictEntry> entries(flat.size() / 2);
  const size_t first_colon = colons_.size() - entries.size();
  for (size_t i = 0; i < entries.size(); ++i) {
    entries[i] = {flat[2 * i], flat[2 * i + 1], colons_[first_colon + i]};
  }
  const uint32_t depth = DepthOf(flat);
  expressions_.resize(m);
  colons_.resize(first_colon);
  expr->entries = arena_.Copy(entries.data(), entries.size());
  PushAbove(expr, depth);
}

void TreeBuilder::Paren(uint32_t begin) {
  auto* expr = Make<ParenExpr>(begin, Last().end);
  expr->inner = PopExpr();
  Push(expr, {expr->inner});
}

void TreeBuilder::Dot() {
  Expr* const object = PopExpr();
  auto* expr = Make<DotExpr>(object->extent.begin, Last().end);
  expr->object = object;
  expr->name = LastName();
  Push(expr, {object});
}

void TreeBuilder::Index(Extent open) {
  Expr* const index = PopExpr();
  Expr* const object = PopExpr();
  auto* expr = Make<IndexExpr>(object->extent.begin, Last().end);
  expr->object = object;
  expr->index = index;
  expr->open = open;
  Push(expr, {object, index});
}

void TreeBuilder::Slice(Extent open) {
  Expr* const step = PopExpr();
  Expr* const stop = PopExpr();
  Expr* const start = PopExpr();
  Expr* const object = PopExpr();
  if (start != nullptr && start->kind == ExprKind::kTuple &&
      file_.source()->text()[start->extent.begin] != '(') {
    Error(start->extent, "a slice has one start, not a tuple");
  }
  auto* expr = Make<SliceExpr>(object->extent.begin, Last().end);
  expr->object = object;
  expr->start = start;
  expr->stop = stop;
  expr->step = step;
  expr->open = open;
  Push(expr, {object, start, stop, step});
}

void TreeBuilder::ArgumentName() {
  const Expr* const name = PopExpr();
  Identifier identifier;
  identifier.extent = name->extent;
  if (name->kind == ExprKind::kName) {
    identifier.name = As<NameExpr>(*name).name;
  } else {
    Error(Last(), "only a name can be given a value here",
          "did you mean `==`?");
  }
  argument_names_.push_back(identifier);
}

void TreeBuilder::Argument(uint32_t begin, ArgumentKind kind) {
  dsl::Argument argument;
  argument.kind = kind;
  argument.value = PopExpr();
  argument.extent = {begin, argument.value->extent.end};
  if (kind == ArgumentKind::kNamed) {
    argument.name = argument_names_.back();
    argument_names_.pop_back();
  }
  arguments_.push_back(argument);
}

void TreeBuilder::Call(Extent open, size_t n) {
  Expr* const callee = PopExpr();
  auto* expr = Make<CallExpr>(callee->extent.begin, Last().end);
  expr->callee = callee;
  expr->open = open;
  expr->arguments = Take(&arguments_, n);
  uint32_t depth = callee->depth;
  for (const dsl::Argument& argument : expr->arguments) {
    depth = std::max<uint32_t>(depth, argument.value->depth);
  }
  PushAbove(expr, depth);
}

void TreeBuilder::Conditional() {
  Expr* const if_false = PopExpr();
  Expr* const condition = PopExpr();
  Expr* const if_true = PopExpr();
  auto* expr =
      Make<ConditionalExpr>(if_true->extent.begin, if_false->extent.end);
  expr->if_true = if_true;
  expr->condition = condition;
  expr->if_false = if_false;
  Push(expr, {if_true, condition, if_false});
}

void TreeBuilder::Lambda(uint32_t begin, size_t n) {
  Expr* const result = PopExpr();
  auto* expr = Make<LambdaExpr>(begin, result->extent.end);
  FunctionDecl& function = expr->function;
  function.name.extent = {begin, begin + uint32_t(sizeof("lambda") - 1)};
  function.parameters = TakeParameters(n);
  function.result = result;
  uint32_t depth = result->depth;
  for (const ParameterDecl& parameter : function.parameters) {
    if (parameter.default_value == nullptr) continue;
    depth = std::max<uint32_t>(depth, parameter.default_value->depth);
  }
  PushAbove(expr, depth);
}

void TreeBuilder::ForClause(Extent keyword) {
  Clause clause{};
  clause.iterable = PopExpr();
  clause.targets = PopExpr();
  clause.keyword = keyword;
  clauses_.push_back(clause);
}

void TreeBuilder::IfClause(Extent keyword) {
  Clause clause{};
  clause.condition = PopExpr();
  clause.keyword = keyword;
  clauses_.push_back(clause);
}

void TreeBuilder::Clauses(size_t n) {
  if (clauses_.size() - n > File::kMaxClauses) {
    Error(clauses_.back().keyword, "the comprehension has too many clauses");
    throw TooDeep();
  }
  last_clauses_ = Take(&clauses_, n);
}

void TreeBuilder::Comprehension(uint32_t begin, Expr* element, Expr* value) {
  auto* expr = Make<ComprehensionExpr>(begin, Last().end);
  expr->element = element;
  expr->value = value;
  expr->clauses = last_clauses_;
  uint32_t depth =
      std::max<uint32_t>(element->depth, value == nullptr ? 0 : value->depth);
  for (const Clause& clause : expr->clauses) {
    for (const Expr* part :
         {clause.targets, clause.iterable, clause.condition}) {
      if (part != nullptr) depth = std::max<uint32_t>(depth, part->depth);
    }
  }
  PushAbove(expr, depth);
}

void TreeBuilder::ListComprehension(uint32_t begin) {
  Comprehension(begin, PopExpr(), nullptr);
}

void TreeBuilder::DictComprehension(uint32_t begin) {
  colons_.pop_back();
  Expr* const value = PopExpr();
  Comprehension(begin, PopExpr(), value);
}

void TreeBuilder::Prefix() {
  const TokenRef token = LastToken();
  PendingOperator pending{Operator::kNot, kNotPrecedence, true, token.extent};
  if (token.type != TokenType::NOT) {
    pending.precedence = kPrefixPrecedence;
    pending.op = token.type == TokenType::ADD   ? Operator::kAdd
                 : token.type == TokenType::SUB ? Operator::kSub
                                                : Operator::kInvert;
  } else if (next_ > 1 && !operators_.empty() &&
             operators_.back().precedence > kNotPrecedence &&
             operators_.back().extent == tokens_[next_ - 2].extent) {
    // Directly behind an operator that binds tighter: `a + not b`.
    Error(token.extent, "`not` cannot stand behind this operator",
          "put parentheses around it");
  }
  operators_.push_back(pending);
}

void TreeBuilder::PushOperator(Operator op, int precedence, Extent extent,
                               size_t n) {
  while (operators_.size() > n && operators_.back().precedence >= precedence) {
    if (precedence == kComparison &&
        operators_.back().precedence == kComparison) {
      Error(extent, "comparisons do not chain",
            "join them with `and`, or use parentheses");
    }
    ReduceOne();
  }
  operators_.push_back({op, static_cast<uint8_t>(precedence), false, extent});
}

void TreeBuilder::Binary(size_t n) {
  const OperatorInfo info = InfoOf(LastToken().type);
  PushOperator(info.op, info.precedence, Last(), n);
}

void TreeBuilder::BinaryNotIn(size_t n) {
  const Extent extent = {tokens_[next_ - 2].extent.begin, Last().end};
  PushOperator(Operator::kNotIn, kComparison, extent, n);
}

void TreeBuilder::Reduce(size_t n) {
  while (operators_.size() > n) ReduceOne();
}

void TreeBuilder::ReduceOne() {
  const PendingOperator pending = operators_.back();
  operators_.pop_back();
  Expr* const right = PopExpr();
  if (pending.unary) {
    auto* expr = Make<UnaryExpr>(pending.extent.begin, right->extent.end);
    expr->op = pending.op;
    expr->operand = right;
    expr->op_extent = pending.extent;
    return Push(expr, {right});
  }
  Expr* const left = PopExpr();
  auto* expr = Make<BinaryExpr>(left->extent.begin, right->extent.end);
  expr->op = pending.op;
  expr->left = left;
  expr->right = right;
  expr->op_extent = pending.extent;
  expr->chain = 1;
  uint32_t depth = left->depth;
  if (left->kind == ExprKind::kBinary) {
    expr->chain = As<BinaryExpr>(*left).chain + 1;
    --depth;
  }
  if (expr->chain > File::kMaxChain) {
    Error(pending.extent,
          absl::StrCat("there are more than ", File::kMaxChain,
                       " operators in a row"),
          "divide the expression");
    throw TooDeep();
  }
  PushAbove(expr, std::max<uint32_t>(depth, right->depth));
}

}  // namespace dsl
