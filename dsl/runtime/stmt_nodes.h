// SPDX-License-Identifier: Apache-2.0

// The nodes of statements and of what they assign to.

#ifndef GRAPH_DSL_RUNTIME_STMT_NODES_H_
#define GRAPH_DSL_RUNTIME_STMT_NODES_H_

#include <span>

#include "dsl/runtime/eval.h"
#include "dsl/runtime/expr_nodes.h"

namespace dsl {

// --- targets ---

struct LocalTarget final : TargetNode {
  uint32_t slot;
  bool Assign(EvalFrame& frame, Value value) const override;
};

struct CellTarget final : TargetNode {
  uint32_t slot;
  bool Assign(EvalFrame& frame, Value value) const override;
};

struct GlobalTarget final : TargetNode {
  uint32_t slot;
  absl::string_view name;
  bool Assign(EvalFrame& frame, Value value) const override;
};

struct IndexTarget final : TargetNode {
  const Node* object;
  const Node* index;
  bool Assign(EvalFrame& frame, Value value) const override;
};

struct DotTarget final : TargetNode {
  const Node* object;
  absl::string_view name;
  bool Assign(EvalFrame& frame, Value value) const override;
  bool AssignOf(EvalFrame& frame, Value of, Value value) const;
};

struct UnpackTarget final : TargetNode {
  std::span<const TargetNode* const> targets;
  bool Assign(EvalFrame& frame, Value value) const override;
};

// --- statements ---

struct BlockNode final : StmtNode {
  std::span<const StmtNode* const> statements;
  Flow Exec(EvalFrame& frame) const override;
};

struct ExprStmtNode final : StmtNode {
  const Node* expr;
  Flow Exec(EvalFrame& frame) const override;
};

// name = value, of an uncaptured local.
struct AssignLocalNode final : StmtNode {
  uint32_t slot;
  const Node* value;
  Flow Exec(EvalFrame& frame) const override;
};

struct AssignNode final : StmtNode {
  const TargetNode* target;
  const TypeNode* type;  // or null
  const Node* value;
  Flow Exec(EvalFrame& frame) const override;
};

// name += value, of an uncaptured local.
template <BinaryOp op>
struct AugmentLocalNode final : StmtNode {
  const Node* name;
  uint32_t slot;
  const Node* value;
  Flow Exec(EvalFrame& frame) const override {
    const Value a = Evaluate(name, frame);
    if (!a) return Flow::kError;
    const Value b = Evaluate(value, frame);
    if (!b) return Flow::kError;
    Value result = FastInts<op>(a, b);
    if (!result) result = SlowInPlace(frame, op, a, b, span);
    if (!result) return Flow::kError;
    frame.locals[slot] = result;
    return Flow::kNext;
  }
};

// target op= value, of another variable.
struct AugmentNameNode final : StmtNode {
  BinaryOp op;
  const Node* name;
  const TargetNode* target;
  const Node* value;
  Flow Exec(EvalFrame& frame) const override;
};

struct AugmentIndexNode final : StmtNode {
  BinaryOp op;
  const Node* object;
  const Node* index;
  const Node* value;
  Flow Exec(EvalFrame& frame) const override;
};

// object.name op= value; both parts have the object, which is evaluated once.
struct AugmentDotNode final : StmtNode {
  BinaryOp op;
  const DotNode* old;
  const DotTarget* target;
  const Node* value;
  Flow Exec(EvalFrame& frame) const override;
};

struct IfNode final : StmtNode {
  const Node* condition;
  const StmtNode* then;
  const StmtNode* otherwise;  // or null
  Flow Exec(EvalFrame& frame) const override;
};

struct ForNode final : StmtNode {
  const TargetNode* target;
  int32_t local;  // the target, if it is an uncaptured local; or -1
  const Node* iterable;
  const StmtNode* body;
  Flow Exec(EvalFrame& frame) const override;
};

struct ReturnNode final : StmtNode {
  const Node* value;  // or null
  Flow Exec(EvalFrame& frame) const override;
};

// break, continue and pass.
struct FlowNode final : StmtNode {
  Flow flow;
  Flow Exec(EvalFrame&) const override { return flow; }
};

struct TypeAliasNode final : StmtNode {
  const TargetNode* target;
  const TypeNode* type;
  Flow Exec(EvalFrame& frame) const override;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_STMT_NODES_H_
