// SPDX-License-Identifier: Apache-2.0

#include <utility>

#include "absl/strings/str_cat.h"
#include "dsl/syntax/tree_builder.h"
#include "dsl/syntax/tree_builder_inl.h"

namespace dsl {
namespace {

Operator AugmentedBy(TokenType type) {
  switch (type) {
    case TokenType::ADD_ASSIGN:
      return Operator::kAdd;
    case TokenType::SUB_ASSIGN:
      return Operator::kSub;
    case TokenType::MUL_ASSIGN:
      return Operator::kMul;
    case TokenType::DIV_ASSIGN:
      return Operator::kDiv;
    case TokenType::FLOOR_DIV_ASSIGN:
      return Operator::kFloorDiv;
    case TokenType::MOD_ASSIGN:
      return Operator::kMod;
    case TokenType::AND_ASSIGN:
      return Operator::kAnd;
    case TokenType::OR_ASSIGN:
      return Operator::kOr;
    case TokenType::XOR_ASSIGN:
      return Operator::kXor;
    case TokenType::SHL_ASSIGN:
      return Operator::kShl;
    default:
      return Operator::kShr;
  }
}

uint32_t EndOf(const Block& block) {
  return block.statements.back()->extent.end;
}

}  // namespace

// --- parameters ---

void TreeBuilder::Parameter(uint32_t begin, ParameterKind kind) {
  PendingParameter pending{};
  pending.declaration.kind = kind;
  pending.declaration.name = LastName();
  pending.declaration.extent = {begin, Last().end};
  parameters_.push_back(pending);
}

void TreeBuilder::BareStar() {
  PendingParameter pending{};
  pending.bare_star = true;
  pending.declaration.kind = ParameterKind::kArgs;
  pending.declaration.extent = Last();
  parameters_.push_back(pending);
}

void TreeBuilder::ParameterType() {
  ParameterDecl& parameter = parameters_.back().declaration;
  parameter.type = PopExpr();
  parameter.extent.end = parameter.type->extent.end;
}

void TreeBuilder::ParameterDefault() {
  ParameterDecl& parameter = parameters_.back().declaration;
  parameter.default_value = PopExpr();
  parameter.extent.end = parameter.default_value->extent.end;
}

void TreeBuilder::ResultType() { result_types_.push_back(PopExpr()); }

// The order of those from `n` on: positional, with defaults last; * or *args;
// keyword-only; **kwargs.
void TreeBuilder::CheckParameters(size_t n) {
  const PendingParameter* star = nullptr;
  const PendingParameter* kwargs = nullptr;
  const PendingParameter* with_default = nullptr;
  for (size_t i = n; i < parameters_.size(); ++i) {
    PendingParameter& pending = parameters_[i];
    ParameterDecl& parameter = pending.declaration;
    if (kwargs != nullptr) {
      Error(parameter.extent, "no parameter may follow **",
            "put it before them");
    } else if (parameter.kind == ParameterKind::kKwargs) {
      kwargs = &pending;
    } else if (parameter.kind == ParameterKind::kArgs) {
      if (star != nullptr) Error(parameter.extent, "a second * parameter");
      star = &pending;
    } else if (star != nullptr) {
      parameter.kind = ParameterKind::kKeywordOnly;
    } else if (parameter.default_value != nullptr) {
      with_default = &pending;
    } else if (with_default != nullptr) {
      Error(parameter.extent,
            absl::StrCat("the parameter `", file_.name(parameter.name.name),
                         "` needs a default, as the one before it has one"));
    }
    if (pending.bare_star &&
        (i + 1 == parameters_.size() ||
         parameters_[i + 1].declaration.kind == ParameterKind::kKwargs)) {
      Error(parameter.extent, "a bare * needs a parameter behind it");
    }
  }
}

std::span<ParameterDecl> TreeBuilder::TakeParameters(size_t n) {
  CheckParameters(n);
  std::vector<ParameterDecl> taken;
  for (size_t i = n; i < parameters_.size(); ++i) {
    if (!parameters_[i].bare_star) taken.push_back(parameters_[i].declaration);
  }
  parameters_.resize(n);
  return arena_.Copy(taken.data(), taken.size());
}

// --- statements ---

Block TreeBuilder::PopBlock() {
  const Block block = blocks_.back();
  blocks_.pop_back();
  return block;
}

void TreeBuilder::Suite(size_t n) {
  blocks_.push_back({Take(&statements_, n)});
}

void TreeBuilder::Def(uint32_t begin, size_t n) {
  Block* const body = arena_.New<Block>();
  *body = PopBlock();
  auto* statement = MakeStatement<DefStmt>(begin, EndOf(*body));
  FunctionDecl& function = statement->function;
  function.result_type = result_types_.back();
  result_types_.pop_back();
  function.parameters = TakeParameters(n);
  function.body = body;
  statement->target = static_cast<NameExpr*>(PopExpr());
  function.name = {statement->target->name, statement->target->extent};
}

void TreeBuilder::Branch(uint32_t begin) {
  branches_.push_back({begin, PopExpr(), PopBlock()});
}

// `if a … elif b … else …` is `if a … else: if b … else …`.
void TreeBuilder::If(size_t n, bool has_else) {
  Block otherwise = has_else ? PopBlock() : Block();
  const uint32_t end = EndOf(has_else ? otherwise : branches_.back().then);
  if (branches_.size() - n > File::kMaxDepth) {
    Error({branches_.back().begin, end}, "there are too many branches");
    throw TooDeep();
  }
  for (size_t i = branches_.size(); i-- > n;) {
    const PendingBranch& branch = branches_[i];
    auto* statement = MakeStatement<IfStmt>(branch.begin, end);
    statement->condition = branch.condition;
    statement->then = branch.then;
    statement->otherwise = otherwise;
    if (i > n) otherwise = {Take(&statements_, statements_.size() - 1)};
  }
  branches_.resize(n);
}

void TreeBuilder::For(uint32_t begin) {
  const Block body = PopBlock();
  auto* statement = MakeStatement<ForStmt>(begin, EndOf(body));
  statement->body = body;
  statement->iterable = PopExpr();
  statement->targets = PopExpr();
}

void TreeBuilder::Return(uint32_t begin, bool has_value) {
  auto* statement = MakeStatement<ReturnStmt>(begin, Last().end);
  if (has_value) statement->value = PopExpr();
}

void TreeBuilder::Break() {
  MakeStatement<BreakStmt>(Last().begin, Last().end);
}

void TreeBuilder::Continue() {
  MakeStatement<ContinueStmt>(Last().begin, Last().end);
}

void TreeBuilder::Pass() { MakeStatement<PassStmt>(Last().begin, Last().end); }

void TreeBuilder::Assign(const TokenRef& op) {
  Expr* const value = PopExpr();
  Expr* const target = PopExpr();
  const Extent extent = {target->extent.begin, value->extent.end};
  if (op.type == TokenType::ASSIGN) {
    auto* statement = MakeStatement<AssignStmt>(extent.begin, extent.end);
    statement->target = target;
    statement->value = value;
    statement->op_extent = op.extent;
    return;
  }
  auto* statement = MakeStatement<AugAssignStmt>(extent.begin, extent.end);
  statement->op = AugmentedBy(op.type);
  statement->target = target;
  statement->value = value;
  statement->op_extent = op.extent;
}

void TreeBuilder::AnnotatedAssign(const TokenRef& op) {
  Expr* const value = PopExpr();
  Expr* const type = PopExpr();
  Expr* const target = PopExpr();
  auto* statement =
      MakeStatement<AssignStmt>(target->extent.begin, value->extent.end);
  statement->target = target;
  statement->type = type;
  statement->value = value;
  statement->op_extent = op.extent;
  if (target->kind != ExprKind::kName) {
    Error(target->extent, "only a single name can have a type");
  }
}

void TreeBuilder::ExpressionStatement() {
  Expr* const expr = PopExpr();
  MakeStatement<ExprStmt>(expr->extent.begin, expr->extent.end)->expr = expr;
}

void TreeBuilder::TypeAlias(uint32_t begin) {
  Expr* const value = PopExpr();
  auto* statement = MakeStatement<TypeAliasStmt>(begin, value->extent.end);
  statement->value = value;
  statement->target = static_cast<NameExpr*>(PopExpr());
}

void TreeBuilder::LoadSame() {
  String();
  auto* original = static_cast<StringExpr*>(PopExpr());
  auto* local = Make<NameExpr>(original->extent.begin, original->extent.end);
  local->name = file_.mutable_names().Intern(original->value);
  local->depth = 1;
  load_names_.push_back({local, original});
}

void TreeBuilder::LoadAs() {
  String();
  auto* original = static_cast<StringExpr*>(PopExpr());
  load_names_.push_back({static_cast<NameExpr*>(PopExpr()), original});
}

void TreeBuilder::Load(uint32_t begin, size_t n) {
  auto* statement = MakeStatement<LoadStmt>(begin, Last().end);
  statement->names = Take(&load_names_, n);
  statement->path = static_cast<StringExpr*>(PopExpr());
  file_.AddLoad(statement);
}

void TreeBuilder::EndFile() { file_.SetBody({Take(&statements_, 0)}); }

}  // namespace dsl
