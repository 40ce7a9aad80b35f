// SPDX-License-Identifier: Apache-2.0

// The nodes of expressions other than calls.

#ifndef GRAPH_DSL_RUNTIME_EXPR_NODES_H_
#define GRAPH_DSL_RUNTIME_EXPR_NODES_H_

#include <span>

#include "dsl/runtime/eval.h"
#include "dsl/runtime/operators.h"
#include "dsl/syntax/operator.h"

namespace dsl {

// `a op b` past the fast paths of the nodes.
Value SlowBinary(EvalFrame& frame, BinaryOp op, Value a, Value b,
                 const Span& place);
Value SlowInPlace(EvalFrame& frame, BinaryOp op, Value a, Value b,
                  const Span& place);

// `a op b` of small ints, or Value() if that is not simple.
template <BinaryOp op>
inline Value FastInts(Value a, Value b) {
  if ((a.bits() & b.bits() & 1) == 0) return Value();
  const int64_t x = a.small_int(), y = b.small_int();
  int64_t result;
  if constexpr (op == BinaryOp::kAdd) {
    result = x + y;
  } else if constexpr (op == BinaryOp::kSub) {
    result = x - y;
  } else if constexpr (op == BinaryOp::kMul) {
    if (__builtin_mul_overflow(x, y, &result)) return Value();
  } else if constexpr (op == BinaryOp::kMod) {
    if (y <= 0) return Value();
    result = x % y;
    if (result < 0) result += y;
  } else if constexpr (op == BinaryOp::kFloorDiv) {
    if (y <= 0) return Value();
    result = x / y - (x % y < 0 ? 1 : 0);
  } else if constexpr (op == BinaryOp::kAnd) {
    result = x & y;
  } else if constexpr (op == BinaryOp::kOr) {
    result = x | y;
  } else if constexpr (op == BinaryOp::kXor) {
    result = x ^ y;
  } else if constexpr (op == BinaryOp::kShr) {
    if (y < 0 || y > 62) return Value();
    result = x >> y;
  } else {
    return Value();
  }
  return Value::FitsInline(result) ? Value::Int(result) : Value();
}

struct ConstantNode final : Node {
  Value Eval(EvalFrame&) const override { return constant; }
};

struct LocalNode final : Node {
  absl::string_view name;
  Value Eval(EvalFrame& frame) const override;
};

struct CellNode final : Node {  // a local that is captured, or a free variable
  absl::string_view name;
  uint32_t slot;
  bool free;
  Value Eval(EvalFrame& frame) const override;
};

struct GlobalNode final : Node {
  absl::string_view name;
  uint32_t slot;
  Value Eval(EvalFrame& frame) const override;
};

struct LoadedNode final : Node {
  uint32_t slot;
  Value Eval(EvalFrame& frame) const override;
};

struct PredeclaredNode final : Node {
  uint32_t slot;
  Value Eval(EvalFrame& frame) const override;
};

struct ListNode final : Node {
  std::span<const Node* const> elements;
  Value Eval(EvalFrame& frame) const override;
};

struct TupleNode final : Node {
  std::span<const Node* const> elements;
  Value Eval(EvalFrame& frame) const override;
};

struct DictNode final : Node {
  struct Entry {
    const Node* key;
    const Node* value;
  };
  std::span<const Entry> entries;
  Value Eval(EvalFrame& frame) const override;
};

struct FStringNode final : Node {
  struct Part {
    absl::string_view text;
    const Node* node;  // or null
    bool repr;
  };
  std::span<const Part> parts;
  Value Eval(EvalFrame& frame) const override;
};

struct DotNode final : Node {
  const Node* object;
  absl::string_view name;
  Value Eval(EvalFrame& frame) const override;
  Value Of(EvalFrame& frame, Value value) const;  // value.name
};

struct IndexNode final : Node {
  const Node* object;
  const Node* index;
  Value Eval(EvalFrame& frame) const override;
};

struct SliceNode final : Node {
  const Node* object;
  const Node* bounds[3];  // each null if left out
  Value Eval(EvalFrame& frame) const override;
};

struct NotNode final : Node {
  const Node* operand;
  Value Eval(EvalFrame& frame) const override;
};

struct UnaryNode final : Node {
  UnaryOp op;
  const Node* operand;
  Value Eval(EvalFrame& frame) const override;
};

struct BinaryNode : Node {
  const Node* left;
  const Node* right;
};

template <BinaryOp op>
struct ArithmeticNode final : BinaryNode {
  Value Eval(EvalFrame& frame) const override {
    const Value a = Evaluate(left, frame);
    if (!a) return a;
    const Value b = Evaluate(right, frame);
    if (!b) return b;
    const Value fast = FastInts<op>(a, b);
    return fast ? fast : SlowBinary(frame, op, a, b, span);
  }
};

// The answer of a comparison, or kFailed.
enum class Answer : uint8_t { kNo, kYes, kFailed };
Answer SlowCompare(EvalFrame& frame, Operator op, Value a, Value b,
                   const Span& place);

template <Operator op>
struct CompareNode final : BinaryNode {
  Value Eval(EvalFrame& frame) const override {
    const Value a = Evaluate(left, frame);
    if (!a) return a;
    const Value b = Evaluate(right, frame);
    if (!b) return b;
    if constexpr (op != Operator::kIn && op != Operator::kNotIn) {
      if ((a.bits() & b.bits() & 1) != 0) {
        const int64_t x = a.small_int(), y = b.small_int();
        return Value::Bool(op == Operator::kEq   ? x == y
                           : op == Operator::kNe ? x != y
                           : op == Operator::kLt ? x < y
                           : op == Operator::kGt ? x > y
                           : op == Operator::kLe ? x <= y
                                                 : x >= y);
      }
    }
    const Answer answer = SlowCompare(frame, op, a, b, span);
    if (answer == Answer::kFailed) return Value();
    return Value::Bool(answer == Answer::kYes);
  }
};

struct AndNode final : BinaryNode {
  Value Eval(EvalFrame& frame) const override;
};

struct OrNode final : BinaryNode {
  Value Eval(EvalFrame& frame) const override;
};

// Operators in a row, evaluated without recursion: the left operand of each is
// a ChainLeftNode.
struct ChainNode final : Node {
  struct Link {
    const BinaryNode* node;
    bool is_add;
  };

  const Node* first;
  std::span<const Link> links;
  Value Eval(EvalFrame& frame) const override;

 private:
  Value Join(EvalFrame& frame, Value value, size_t* at) const;
};
struct ChainLeftNode final : Node {
  Value Eval(EvalFrame& frame) const override { return frame.left; }
};

struct ConditionalNode final : Node {
  const Node* condition;
  const Node* if_true;
  const Node* if_false;
  Value Eval(EvalFrame& frame) const override;
};

// A list or dict comprehension: a chain of clauses, run one inside the other.
struct ComprehensionNode final : Node {
  struct Clause {
    const TargetNode* targets;  // null for an `if`
    int32_t local = -1;         // the target, if it is an uncaptured local
    const Node* value;          // what is iterated, or the condition
  };
  const Node* element;  // the key, of a dict
  const Node* value;    // null, of a list
  std::span<const Clause> clauses;
  Value Eval(EvalFrame& frame) const override;

 private:
  Flow Run(EvalFrame& frame, size_t clause, Value result) const;
  Flow Add(EvalFrame& frame, Value result) const;
};

// Makes a function: def and lambda.
struct FunctionNode final : Node {
  const FunctionCode* code;
  Value Eval(EvalFrame& frame) const override;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_EXPR_NODES_H_
