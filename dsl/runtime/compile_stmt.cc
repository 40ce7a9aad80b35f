// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "dsl/runtime/compiler.h"

namespace dsl {

const StmtNode* Compiler::Compile(const Block& block) {
  std::vector<const StmtNode*> statements;
  for (const Stmt* stmt : block.statements) {
    const StmtNode* node = Compile(*stmt);
    if (node != nullptr) statements.push_back(node);
  }
  if (statements.size() == 1) return statements[0];
  auto* node = code_.arena.New<BlockNode>();
  node->statements = Copy(statements);
  return node;
}

// Nullptr for what does nothing when it runs.
const StmtNode* Compiler::Compile(const Stmt& stmt) {
  switch (stmt.kind) {
    case StmtKind::kDef:
      return CompileDef(As<DefStmt>(stmt));
    case StmtKind::kIf: {
      const auto& from = As<IfStmt>(stmt);
      auto* node = Make<IfNode>(stmt);
      node->condition = Compile(*from.condition);
      node->then = Compile(from.then);
      node->otherwise =
          from.otherwise.statements.empty() ? nullptr : Compile(from.otherwise);
      return node;
    }
    case StmtKind::kFor:
      return CompileFor(As<ForStmt>(stmt));
    case StmtKind::kReturn: {
      auto* node = Make<ReturnNode>(stmt);
      const Expr* value = As<ReturnStmt>(stmt).value;
      node->value = value == nullptr ? nullptr : Compile(*value);
      return node;
    }
    case StmtKind::kBreak:
    case StmtKind::kContinue: {
      auto* node = Make<FlowNode>(stmt);
      node->flow =
          stmt.kind == StmtKind::kBreak ? Flow::kBreak : Flow::kContinue;
      return node;
    }
    case StmtKind::kAssign:
      return CompileAssign(As<AssignStmt>(stmt));
    case StmtKind::kAugAssign:
      return CompileAugAssign(As<AugAssignStmt>(stmt));
    case StmtKind::kExpr: {
      const Node* expr = Compile(*As<ExprStmt>(stmt).expr);
      if (expr->constant) return nullptr;
      auto* node = Make<ExprStmtNode>(stmt);
      node->expr = expr;
      return node;
    }
    case StmtKind::kTypeAlias: {
      const auto& from = As<TypeAliasStmt>(stmt);
      auto* node = Make<TypeAliasNode>(stmt);
      node->target = CompileTarget(*from.target);
      node->type = CompileType(*from.value);
      return node;
    }
    case StmtKind::kPass:
    case StmtKind::kLoad:
      break;
  }
  return nullptr;
}

const StmtNode* Compiler::CompileDef(const DefStmt& stmt) {
  auto* function = Make<FunctionNode>(stmt);
  function->code = CompileFunction(stmt.function, stmt.extent);
  auto* node = Make<AssignNode>(stmt);
  node->target = CompileTarget(*stmt.target);
  node->value = function;
  return node;
}

const StmtNode* Compiler::CompileAssign(const AssignStmt& stmt) {
  const int32_t local = LocalSlot(*stmt.target);
  if (local >= 0 && stmt.type == nullptr) {
    auto* node = Make<AssignLocalNode>(stmt);
    node->slot = static_cast<uint32_t>(local);
    node->value = Compile(*stmt.value);
    return node;
  }
  auto* node = Make<AssignNode>(stmt);
  node->target = CompileTarget(*stmt.target);
  node->type = stmt.type == nullptr ? nullptr : CompileType(*stmt.type);
  node->value = Compile(*stmt.value);
  return node;
}

template <BinaryOp op>
const StmtNode* Compiler::AugmentLocal(const AugAssignStmt& stmt) {
  auto* node = Make<AugmentLocalNode<op>>(stmt);
  node->name = Compile(*stmt.target);
  node->slot = static_cast<uint32_t>(LocalSlot(*stmt.target));
  node->value = Compile(*stmt.value);
  node->span = file_.At(stmt.op_extent);
  return node;
}

const StmtNode* Compiler::MakeAugmentLocal(const AugAssignStmt& stmt,
                                           BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd:
      return AugmentLocal<BinaryOp::kAdd>(stmt);
    case BinaryOp::kSub:
      return AugmentLocal<BinaryOp::kSub>(stmt);
    case BinaryOp::kMul:
      return AugmentLocal<BinaryOp::kMul>(stmt);
    default:
      return nullptr;
  }
}

const StmtNode* Compiler::CompileAugAssign(const AugAssignStmt& stmt) {
  const BinaryOp op = ToBinaryOp(stmt.op);
  if (LocalSlot(*stmt.target) >= 0) {
    const StmtNode* node = MakeAugmentLocal(stmt, op);
    if (node != nullptr) return node;
  }
  if (stmt.target->kind == ExprKind::kIndex) {
    const auto& target = As<IndexExpr>(*stmt.target);
    auto* node = Make<AugmentIndexNode>(stmt);
    node->op = op;
    node->object = Compile(*target.object);
    node->index = Compile(*target.index);
    node->value = Compile(*stmt.value);
    node->span = file_.At(stmt.op_extent);
    return node;
  }
  if (stmt.target->kind == ExprKind::kDot) {
    const DotNode* old = CompileDot(As<DotExpr>(*stmt.target));
    auto* node = Make<AugmentDotNode>(stmt);
    node->op = op;
    node->old = old;
    node->target = MakeDotTarget(As<DotExpr>(*stmt.target), old->object);
    node->value = Compile(*stmt.value);
    node->span = file_.At(stmt.op_extent);
    return node;
  }
  auto* node = Make<AugmentNameNode>(stmt);
  node->op = op;
  node->name = Compile(*stmt.target);
  node->target = CompileTarget(*stmt.target);
  node->value = Compile(*stmt.value);
  node->span = file_.At(stmt.op_extent);
  return node;
}

const StmtNode* Compiler::CompileFor(const ForStmt& stmt) {
  auto* node = Make<ForNode>(stmt);
  node->target = CompileTarget(*stmt.targets);
  node->local = LocalSlot(*stmt.targets);
  node->iterable = Compile(*stmt.iterable);
  node->body = Compile(stmt.body);
  return node;
}

const TargetNode* Compiler::CompileNameTarget(const NameExpr& expr) {
  if (expr.scope == Scope::kLocal) {
    auto* node = Make<LocalTarget>(expr);
    node->slot = expr.slot;
    return node;
  }
  if (expr.scope == Scope::kCell) {
    auto* node = Make<CellTarget>(expr);
    node->slot = expr.slot;
    return node;
  }
  auto* node = Make<GlobalTarget>(expr);
  node->slot = expr.slot;
  node->name = Text(expr.name);
  return node;
}

const DotTarget* Compiler::MakeDotTarget(const DotExpr& expr,
                                         const Node* object) {
  auto* node = Make<DotTarget>(expr);
  node->object = object;
  node->name = Text(expr.name.name);
  return node;
}

const TargetNode* Compiler::CompileTarget(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kParen:
      return CompileTarget(*As<ParenExpr>(expr).inner);
    case ExprKind::kName:
      return CompileNameTarget(As<NameExpr>(expr));
    case ExprKind::kIndex: {
      const auto& from = As<IndexExpr>(expr);
      auto* node = Make<IndexTarget>(expr);
      node->object = Compile(*from.object);
      node->index = Compile(*from.index);
      return node;
    }
    case ExprKind::kDot:
      return MakeDotTarget(As<DotExpr>(expr),
                           Compile(*As<DotExpr>(expr).object));
    default:
      break;
  }
  const std::span<Expr* const> elements = expr.kind == ExprKind::kList
                                              ? As<ListExpr>(expr).elements
                                              : As<TupleExpr>(expr).elements;
  std::vector<const TargetNode*> targets;
  for (const Expr* element : elements) {
    targets.push_back(CompileTarget(*element));
  }
  auto* node = Make<UnpackTarget>(expr);
  node->targets = Copy(targets);
  return node;
}

void Compiler::CompileTypeArguments(const Expr& index, TypeNode* type) {
  std::vector<const TypeNode*> arguments;
  std::span<Expr* const> elements;
  if (index.kind == ExprKind::kTuple) {
    elements = As<TupleExpr>(index).elements;
  }
  for (const Expr* element : elements) {
    if (element->kind == ExprKind::kEllipsis) {
      type->sequence = true;
    } else {
      arguments.push_back(CompileType(*element));
    }
  }
  if (index.kind != ExprKind::kTuple) arguments.push_back(CompileType(index));
  type->arguments = Copy(arguments);
}

const TypeNode* Compiler::CompileType(const Expr& expr) {
  if (expr.kind == ExprKind::kParen) {
    return CompileType(*As<ParenExpr>(expr).inner);
  }
  auto* node = Make<TypeNode>(expr);
  if (expr.kind == ExprKind::kBinary) {
    const auto& from = As<BinaryExpr>(expr);
    node->form = TypeNode::Form::kUnion;
    node->arguments = Copy(std::vector<const TypeNode*>{
        CompileType(*from.left), CompileType(*from.right)});
  } else if (expr.kind == ExprKind::kIndex) {
    node->form = TypeNode::Form::kGeneric;
    node->value = Compile(*As<IndexExpr>(expr).object);
    CompileTypeArguments(*As<IndexExpr>(expr).index, node);
  } else if (expr.kind == ExprKind::kName || expr.kind == ExprKind::kDot) {
    node->form = TypeNode::Form::kValue;
    node->value = Compile(expr);
  }
  return node;
}

void Compiler::CompileScope(const FunctionScope& scope, FunctionCode* code) {
  code->locals = static_cast<uint32_t>(scope.locals.size());
  std::vector<uint32_t> captured;
  for (uint32_t i = 0; i < scope.locals.size(); ++i) {
    if (scope.locals[i].captured) captured.push_back(i);
  }
  code->captured = Copy(captured);
  std::vector<FreeCode> free;
  for (const FreeVariable& variable : scope.free) {
    free.push_back({variable.from_local, variable.index});
  }
  code->free = Copy(free);
}

void Compiler::CompileParameters(const FunctionDecl& function,
                                 FunctionCode* code) {
  std::vector<ParameterCode> parameters;
  for (const ParameterDecl& from : function.parameters) {
    ParameterCode parameter{from.kind, Text(from.name.name)};
    if (from.default_value != nullptr) {
      parameter.default_value = Compile(*from.default_value);
    }
    if (from.type != nullptr) parameter.type = CompileType(*from.type);
    code->typed |= from.type != nullptr;
    const auto place = static_cast<int32_t>(parameters.size());
    if (from.kind == ParameterKind::kPositional) ++code->positional;
    if (from.kind == ParameterKind::kArgs) code->args = place;
    if (from.kind == ParameterKind::kKwargs) code->kwargs = place;
    parameters.push_back(parameter);
  }
  code->parameters = Copy(parameters);
}

const FunctionCode* Compiler::CompileFunction(const FunctionDecl& function,
                                              Extent extent) {
  auto* code = code_.arena.New<FunctionCode>();
  code->name = function.body == nullptr ? absl::string_view("lambda")
                                        : Text(function.name.name);
  code->span =
      file_.At(function.body == nullptr ? extent : function.name.extent);
  CompileParameters(function, code);
  CompileScope(function.scope, code);
  if (function.result_type != nullptr) {
    code->result_type = CompileType(*function.result_type);
    code->typed = true;
  }
  if (function.body != nullptr) {
    const StringExpr* doc = File::DocOf(*function.body);
    if (doc != nullptr) code->doc = code_.arena.Copy(doc->value);
    code->body = Compile(*function.body);
  } else {
    code->result = Compile(*function.result);
  }
  return code;
}

void Compiler::CompileLoads() {
  for (size_t i = 0; i < file_.loads().size(); ++i) {
    for (const LoadName& name : file_.loads()[i]->names) {
      code_.loaded_names.push_back({i, name.local->slot,
                                    code_.arena.Copy(name.original->value),
                                    file_.SpanOf(*name.original)});
    }
  }
}

void Compiler::CompileFile() {
  for (const Identifier& global : file_.globals()) {
    code_.globals.push_back(Text(global.name));
  }
  for (const NameId name : file_.predeclared()) {
    code_.predeclared.push_back(Text(name));
  }
  code_.loaded = file_.loaded().size();
  CompileLoads();
  code_.top.name = "<top level>";
  CompileScope(file_.scope(), &code_.top);
  code_.top.body = Compile(file_.body());
  code_.constants.Freeze();
}

}  // namespace dsl
