// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "dsl/runtime/compiler.h"
#include "dsl/runtime/types/int.h"

namespace dsl {

BinaryOp ToBinaryOp(Operator op) {
  // The operators of arithmetic come first, in the same order.
  static_assert(static_cast<int>(Operator::kAdd) ==
                static_cast<int>(BinaryOp::kAdd));
  static_assert(static_cast<int>(Operator::kShr) ==
                static_cast<int>(BinaryOp::kShr));
  return static_cast<BinaryOp>(op);
}

int32_t LocalSlot(const Expr& expr) {
  if (expr.kind == ExprKind::kParen) {
    return LocalSlot(*As<ParenExpr>(expr).inner);
  }
  if (expr.kind != ExprKind::kName) return -1;
  const auto& name = As<NameExpr>(expr);
  return name.scope == Scope::kLocal ? static_cast<int32_t>(name.slot) : -1;
}

absl::string_view Compiler::Text(NameId name) {
  return code_.arena.Copy(file_.name(name));
}

Node* Compiler::MakeConstant(const Expr& expr, Value value) {
  auto* node = Make<ConstantNode>(expr);
  node->constant = value;
  return node;
}

std::span<const Node* const> Compiler::CompileAll(
    std::span<Expr* const> exprs) {
  std::vector<const Node*> nodes;
  nodes.reserve(exprs.size());
  for (const Expr* expr : exprs) nodes.push_back(Compile(*expr));
  return Copy(nodes);
}

const Node* Compiler::Compile(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kName:
      return CompileName(As<NameExpr>(expr));
    case ExprKind::kInt:
      return CompileInt(As<IntExpr>(expr));
    case ExprKind::kFloat:
      return MakeConstant(expr,
                          code_.constants.Float(As<FloatExpr>(expr).value));
    case ExprKind::kString:
      return MakeConstant(expr, Constant(As<StringExpr>(expr).value));
    case ExprKind::kFString:
      return CompileFString(As<FStringExpr>(expr));
    case ExprKind::kList: {
      auto* node = Make<ListNode>(expr);
      node->elements = CompileAll(As<ListExpr>(expr).elements);
      return node;
    }
    case ExprKind::kTuple: {
      auto* node = Make<TupleNode>(expr);
      node->elements = CompileAll(As<TupleExpr>(expr).elements);
      return node;
    }
    case ExprKind::kDict:
      return CompileDict(As<DictExpr>(expr));
    case ExprKind::kComprehension:
      return CompileComprehension(As<ComprehensionExpr>(expr));
    case ExprKind::kParen:
      return Compile(*As<ParenExpr>(expr).inner);
    case ExprKind::kDot:
      return CompileDot(As<DotExpr>(expr));
    case ExprKind::kCall:
      return CompileCall(As<CallExpr>(expr));
    case ExprKind::kIndex:
      return CompileIndex(As<IndexExpr>(expr));
    case ExprKind::kSlice:
      return CompileSlice(As<SliceExpr>(expr));
    case ExprKind::kUnary:
      return CompileUnary(As<UnaryExpr>(expr));
    case ExprKind::kBinary:
      return CompileBinary(As<BinaryExpr>(expr));
    case ExprKind::kConditional:
      return CompileConditional(As<ConditionalExpr>(expr));
    case ExprKind::kLambda: {
      auto* node = Make<FunctionNode>(expr);
      node->code = CompileFunction(As<LambdaExpr>(expr).function, expr.extent);
      return node;
    }
    case ExprKind::kEllipsis:
      break;
  }
  return MakeConstant(expr, Value::None());
}

const Node* Compiler::CompileName(const NameExpr& expr) {
  switch (expr.scope) {
    case Scope::kLocal: {
      auto* node = Make<LocalNode>(expr);
      node->name = Text(expr.name);
      node->local = static_cast<int32_t>(expr.slot);
      return node;
    }
    case Scope::kCell:
    case Scope::kFree: {
      auto* node = Make<CellNode>(expr);
      node->name = Text(expr.name);
      node->slot = expr.slot;
      node->free = expr.scope == Scope::kFree;
      return node;
    }
    case Scope::kGlobal: {
      auto* node = Make<GlobalNode>(expr);
      node->name = Text(expr.name);
      node->slot = expr.slot;
      return node;
    }
    case Scope::kLoaded: {
      auto* node = Make<LoadedNode>(expr);
      node->slot = expr.slot;
      return node;
    }
    default: {
      auto* node = Make<PredeclaredNode>(expr);
      node->slot = expr.slot;
      return node;
    }
  }
}

const Node* Compiler::CompileInt(const IntExpr& expr) {
  if (expr.fits && Value::FitsInline(expr.value)) {
    return MakeConstant(expr, Value::Int(expr.value));
  }
  const std::optional<Integer> value = Integer::Parse(expr.digits, expr.base);
  return MakeConstant(
      expr, MakeInt(code_.constants, value.value_or(Integer(expr.value))));
}

const Node* Compiler::CompileDict(const DictExpr& expr) {
  std::vector<DictNode::Entry> entries;
  entries.reserve(expr.entries.size());
  for (const DictEntry& entry : expr.entries) {
    entries.push_back({Compile(*entry.key), Compile(*entry.value)});
  }
  auto* node = Make<DictNode>(expr);
  node->entries = Copy(entries);
  return node;
}

const Node* Compiler::CompileFString(const FStringExpr& expr) {
  std::vector<FStringNode::Part> parts;
  for (const FStringPart& part : expr.parts) {
    parts.push_back({code_.arena.Copy(part.text),
                     part.expr == nullptr ? nullptr : Compile(*part.expr),
                     part.conversion == FStringPart::Conversion::kRepr});
  }
  auto* node = Make<FStringNode>(expr);
  node->parts = Copy(parts);
  return node;
}

const Node* Compiler::CompileComprehension(const ComprehensionExpr& expr) {
  auto* node = Make<ComprehensionNode>(expr);
  std::vector<ComprehensionNode::Clause> clauses;
  for (const Clause& clause : expr.clauses) {
    if (clause.iterable == nullptr) {
      clauses.push_back({nullptr, -1, Compile(*clause.condition)});
    } else {
      clauses.push_back({CompileTarget(*clause.targets),
                         LocalSlot(*clause.targets),
                         Compile(*clause.iterable)});
    }
  }
  node->clauses = Copy(clauses);
  node->element = Compile(*expr.element);
  node->value = expr.value == nullptr ? nullptr : Compile(*expr.value);
  return node;
}

const DotNode* Compiler::CompileDot(const DotExpr& expr) {
  auto* node = Make<DotNode>(expr);
  node->object = Compile(*expr.object);
  node->name = Text(expr.name.name);
  node->span = file_.At(expr.name.extent);
  return node;
}

// The place of a call is what is called: the carets stand under its name.
const Node* Compiler::CompileCall(const CallExpr& expr) {
  auto* node = Make<CallNode>(expr);
  if (expr.callee->kind == ExprKind::kDot) {
    const auto& dot = As<DotExpr>(*expr.callee);
    node->object = Compile(*dot.object);
    node->name = Text(dot.name.name);
    node->span = file_.At(dot.name.extent);
    const Kind kinds[] = {Kind::kString, Kind::kList, Kind::kDict, Kind::kSet};
    for (int i = 0; i < 4; ++i) {
      node->methods[i] = FindMethod(kinds[i], node->name);
    }
  } else {
    node->callee = Compile(*expr.callee);
    node->span = file_.At(expr.callee->extent);
  }
  std::vector<CallNode::Argument> arguments;
  node->positional_only = node->plain = true;
  node->positional = 0;
  for (const Argument& argument : expr.arguments) {
    const bool named = argument.kind == ArgumentKind::kNamed;
    arguments.push_back({argument.kind,
                         named ? Text(argument.name.name) : absl::string_view(),
                         Compile(*argument.value)});
    const bool positional = argument.kind == ArgumentKind::kPositional;
    node->positional_only &= positional;
    node->plain &= positional || named;
    node->positional += positional;
  }
  node->arguments = Copy(arguments);
  return node;
}

const Node* Compiler::CompileIndex(const IndexExpr& expr) {
  auto* node = Make<IndexNode>(expr);
  node->object = Compile(*expr.object);
  node->index = Compile(*expr.index);
  node->span = file_.At({expr.open.begin, expr.extent.end});
  return node;
}

const Node* Compiler::CompileSlice(const SliceExpr& expr) {
  auto* node = Make<SliceNode>(expr);
  node->object = Compile(*expr.object);
  const Expr* bounds[] = {expr.start, expr.stop, expr.step};
  for (int i = 0; i < 3; ++i) {
    node->bounds[i] = bounds[i] == nullptr ? nullptr : Compile(*bounds[i]);
  }
  node->span = file_.At({expr.open.begin, expr.extent.end});
  return node;
}

const Node* Compiler::CompileUnary(const UnaryExpr& expr) {
  if (expr.op == Operator::kNot) {
    auto* node = Make<NotNode>(expr);
    node->operand = Compile(*expr.operand);
    return node;
  }
  const Node* operand = Compile(*expr.operand);
  // -1 is a constant.
  if (expr.op == Operator::kSub && operand->constant.is_small_int() &&
      Value::FitsInline(-operand->constant.small_int())) {
    return MakeConstant(expr, Value::Int(-operand->constant.small_int()));
  }
  auto* node = Make<UnaryNode>(expr);
  node->op = expr.op == Operator::kAdd   ? UnaryOp::kPlus
             : expr.op == Operator::kSub ? UnaryOp::kMinus
                                         : UnaryOp::kInvert;
  node->operand = operand;
  node->span = file_.At(expr.op_extent);
  return node;
}

BinaryNode* Compiler::MakeBinary(Operator op) {
  switch (op) {
    case Operator::kAdd:
      return Arithmetic<BinaryOp::kAdd>();
    case Operator::kSub:
      return Arithmetic<BinaryOp::kSub>();
    case Operator::kMul:
      return Arithmetic<BinaryOp::kMul>();
    case Operator::kDiv:
      return Arithmetic<BinaryOp::kDiv>();
    case Operator::kFloorDiv:
      return Arithmetic<BinaryOp::kFloorDiv>();
    case Operator::kMod:
      return Arithmetic<BinaryOp::kMod>();
    case Operator::kAnd:
      return Arithmetic<BinaryOp::kAnd>();
    case Operator::kOr:
      return Arithmetic<BinaryOp::kOr>();
    case Operator::kXor:
      return Arithmetic<BinaryOp::kXor>();
    case Operator::kShl:
      return Arithmetic<BinaryOp::kShl>();
    case Operator::kShr:
      return Arithmetic<BinaryOp::kShr>();
    case Operator::kEq:
      return Comparison<Operator::kEq>();
    case Operator::kNe:
      return Comparison<Operator::kNe>();
    case Operator::kLt:
      return Comparison<Operator::kLt>();
    case Operator::kGt:
      return Comparison<Operator::kGt>();
    case Operator::kLe:
      return Comparison<Operator::kLe>();
    case Operator::kGe:
      return Comparison<Operator::kGe>();
    case Operator::kIn:
      return Comparison<Operator::kIn>();
    case Operator::kNotIn:
      return Comparison<Operator::kNotIn>();
    case Operator::kLogicalAnd:
      return code_.arena.New<AndNode>();
    default:
      return code_.arena.New<OrNode>();
  }
}

const Node* Compiler::CompileChain(const BinaryExpr& expr) {
  std::vector<const BinaryExpr*> row;
  const Expr* left = &expr;
  for (; left->kind == ExprKind::kBinary; left = As<BinaryExpr>(*left).left) {
    row.push_back(&As<BinaryExpr>(*left));
  }
  auto* chain = Make<ChainNode>(expr);
  chain->first = Compile(*left);
  const auto* value = Make<ChainLeftNode>(expr);
  std::vector<ChainNode::Link> links;
  for (size_t i = row.size(); i-- > 0;) {
    BinaryNode* node = MakeBinary(row[i]->op);
    node->span = file_.At(row[i]->op_extent);
    node->left = value;
    node->right = Compile(*row[i]->right);
    links.push_back({node, row[i]->op == Operator::kAdd});
  }
  chain->links = Copy(links);
  return chain;
}

const Node* Compiler::CompileBinary(const BinaryExpr& expr) {
  constexpr int kLong = 100;
  if (expr.chain > kLong) return CompileChain(expr);
  BinaryNode* node = MakeBinary(expr.op);
  node->span = file_.At(expr.op_extent);
  node->left = Compile(*expr.left);
  node->right = Compile(*expr.right);
  return node;
}

const Node* Compiler::CompileConditional(const ConditionalExpr& expr) {
  auto* node = Make<ConditionalNode>(expr);
  node->condition = Compile(*expr.condition);
  node->if_true = Compile(*expr.if_true);
  node->if_false = Compile(*expr.if_false);
  return node;
}

}  // namespace dsl
