// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/expr_nodes.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "dsl/runtime/iteration.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/function.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/struct.h"

namespace dsl {
namespace {

Value Done(EvalFrame& frame, const Span& place,
           const absl::StatusOr<Value>& result) {
  return result.ok() ? *result : frame.Fail(place, result.status());
}

Value Unbound(EvalFrame& frame, const Span& place, absl::string_view what,
              absl::string_view name) {
  return frame.Fail(
      place, absl::StrCat(what, " `", name, "` is used before it is assigned"));
}

// Of two floats; Value() if that is not simple.
Value FastFloats(Heap& heap, BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return heap.Float(a + b);
    case BinaryOp::kSub:
      return heap.Float(a - b);
    case BinaryOp::kMul:
      return heap.Float(a * b);
    default:
      return Value();
  }
}

// Counts the work of an operator before it is done; false if that is too much.
bool ChargeOperator(EvalFrame& frame, BinaryOp op, Value a, Value b,
                    const Span& place) {
  const Value both[] = {a, b};
  if (op == BinaryOp::kMul ? frame.thread.ChargeRepeat(a, b)
                           : frame.thread.Charge(both)) {
    return true;
  }
  frame.Fail(place, frame.thread.StepError());
  return false;
}

}  // namespace

Value SlowBinary(EvalFrame& frame, BinaryOp op, Value a, Value b,
                 const Span& place) {
  if (op == BinaryOp::kAdd && a.is_string() && b.is_string()) {
    return Done(frame, place,
                Concatenate(frame.heap, a.as_string(), b.as_string()));
  }
  if (a.is_float() && b.is_float()) {
    const Value fast = FastFloats(frame.heap, op, a.as_float(), b.as_float());
    if (fast) return fast;
  }
  frame.active.at = &place;
  if (frame.thread.limited() && !ChargeOperator(frame, op, a, b, place)) {
    return Value();
  }
  return Done(frame, place, Binary(frame.thread, op, a, b));
}

Value SlowInPlace(EvalFrame& frame, BinaryOp op, Value a, Value b,
                  const Span& place) {
  if (a.is_string()) return SlowBinary(frame, op, a, b, place);
  frame.active.at = &place;
  if (frame.thread.limited() && !ChargeOperator(frame, op, a, b, place)) {
    return Value();
  }
  return Done(frame, place, InPlaceBinary(frame.thread, op, a, b));
}

Answer SlowCompare(EvalFrame& frame, Operator op, Value a, Value b,
                   const Span& place) {
  const auto answer = [](bool yes) { return yes ? Answer::kYes : Answer::kNo; };
  const Value both[] = {a, b};
  if (!frame.thread.Charge(both)) {
    frame.Fail(place, frame.thread.StepError());
    return Answer::kFailed;
  }
  switch (op) {
    case Operator::kEq:
    case Operator::kNe: {
      const bool negated = op == Operator::kNe;
      if (a.is_string() && b.is_string()) {
        return answer((a.as_string() == b.as_string()) != negated);
      }
      const absl::StatusOr<bool> equal = Equal(a, b, &frame.thread);
      if (equal.ok()) return answer(*equal != negated);
      frame.Fail(place, equal.status());
      return Answer::kFailed;
    }
    case Operator::kIn:
    case Operator::kNotIn: {
      frame.active.at = &place;
      const absl::StatusOr<bool> in = Contains(frame.thread, b, a);
      if (in.ok()) return answer(*in == (op == Operator::kIn));
      frame.Fail(place, in.status());
      return Answer::kFailed;
    }
    default:
      break;
  }
  const absl::StatusOr<int> order = Compare(a, b, &frame.thread);
  if (!order.ok()) {
    frame.Fail(place, order.status());
    return Answer::kFailed;
  }
  return answer(op == Operator::kLt   ? *order < 0
                : op == Operator::kGt ? *order > 0
                : op == Operator::kLe ? *order <= 0
                                      : *order >= 0);
}

Value LocalNode::Eval(EvalFrame& frame) const {
  const Value value = frame.locals[local];
  return value ? value : Unbound(frame, span, "local variable", name);
}

Value CellNode::Eval(EvalFrame& frame) const {
  const Cell* cell =
      free ? frame.free[slot] : static_cast<Cell*>(frame.locals[slot].object());
  if (cell->value) return cell->value;
  return Unbound(frame, span, "local variable", name);
}

Value GlobalNode::Eval(EvalFrame& frame) const {
  const Value value = frame.module->globals[slot];
  return value ? value : Unbound(frame, span, "global variable", name);
}

Value LoadedNode::Eval(EvalFrame& frame) const {
  return frame.module->loaded[slot];
}

Value PredeclaredNode::Eval(EvalFrame& frame) const {
  return frame.module->predeclared[slot];
}

Value ListNode::Eval(EvalFrame& frame) const {
  List* list = List::MakeSized(frame.heap, elements.size());
  for (size_t i = 0; i < elements.size(); ++i) {
    const Value value = Evaluate(elements[i], frame);
    if (!value) return value;
    list->data()[i] = value;
  }
  return Value::Of(list);
}

Value TupleNode::Eval(EvalFrame& frame) const {
  Tuple* tuple = Tuple::MakeSized(frame.heap, elements.size());
  for (size_t i = 0; i < elements.size(); ++i) {
    const Value value = Evaluate(elements[i], frame);
    if (!value) return value;
    tuple->data()[i] = value;
  }
  return Value::Of(tuple);
}

Value DictNode::Eval(EvalFrame& frame) const {
  Dict* dict = frame.heap.New<Dict>(frame.heap);
  for (const Entry& entry : entries) {
    const Value key = Evaluate(entry.key, frame);
    if (!key) return key;
    const Value value = Evaluate(entry.value, frame);
    if (!value) return value;
    const size_t before = dict->size();
    const absl::Status set = dict->Set(key, value, &frame.thread);
    if (!set.ok()) return frame.Fail(entry.key->span, set);
    if (dict->size() == before) {
      return frame.Fail(entry.key->span,
                        absl::StrCat("duplicate key ", Brief(key)));
    }
  }
  return Value::Of(dict);
}

Value FStringNode::Eval(EvalFrame& frame) const {
  std::string text;
  for (const Part& part : parts) {
    if (part.node == nullptr) {
      absl::StrAppend(&text, part.text);
      continue;
    }
    const Value value = Evaluate(part.node, frame);
    if (!value) return value;
    const absl::Status added =
        AppendText(frame.thread, value, part.repr, &text);
    if (!added.ok()) return frame.Fail(span, added);
  }
  return frame.heap.String(text);
}

Value DotNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(object, frame);
  return value ? Of(frame, value) : value;
}

Value DotNode::Of(EvalFrame& frame, Value value) const {
  if (value.is_struct()) {
    const Value field = static_cast<const Struct*>(value.object())->Find(name);
    if (field) return field;
  }
  frame.active.at = &span;
  return Done(frame, span, Attr(frame.thread, value, name));
}

Value IndexNode::Eval(EvalFrame& frame) const {
  const Value container = Evaluate(object, frame);
  if (!container) return container;
  const Value key = Evaluate(index, frame);
  if (!key) return key;
  if (key.is_small_int() && (container.is_list() || container.is_tuple())) {
    const std::span<const Value> elements = Elements(container);
    const auto at = static_cast<uint64_t>(key.small_int());
    if (at < elements.size()) return elements[at];
  } else if (container.is_dict()) {
    const absl::StatusOr<Value> found =
        static_cast<Dict*>(container.object())->Get(key, &frame.thread);
    if (found.ok() && *found) return *found;
  }
  frame.active.at = &span;
  return Done(frame, span, Index(frame.thread, container, key));
}

Value SliceNode::Eval(EvalFrame& frame) const {
  const Value container = Evaluate(object, frame);
  if (!container) return container;
  Value values[3];
  for (int i = 0; i < 3; ++i) {
    values[i] =
        bounds[i] == nullptr ? Value::None() : Evaluate(bounds[i], frame);
    if (!values[i]) return Value();
  }
  return Done(frame, span,
              Slice(frame.thread, container, values[0], values[1], values[2]));
}

Value NotNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(operand, frame);
  return value ? Value::Bool(!value.truth()) : value;
}

Value UnaryNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(operand, frame);
  if (!value) return value;
  return Done(frame, span, Unary(frame.thread, op, value));
}

Value AndNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(left, frame);
  return value && value.truth() ? Evaluate(right, frame) : value;
}

Value OrNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(left, frame);
  return value && !value.truth() ? Evaluate(right, frame) : value;
}

// An operator reads its left operand first, so whatever its right one leaves
// behind in frame.left does not matter.
Value ChainNode::Eval(EvalFrame& frame) const {
  Value value = Evaluate(first, frame);
  size_t at = 0;
  while (value && at < links.size()) {
    if (links[at].is_add && value.is_string()) {
      value = Join(frame, value, &at);
      continue;
    }
    frame.left = value;
    value = links[at++].node->Eval(frame);
  }
  return value;
}

// Joins the string and those that are added to it at once: one by one they
// would take the square of their size.
Value ChainNode::Join(EvalFrame& frame, Value value, size_t* at) const {
  std::string joined(value.as_string());
  for (; *at < links.size() && links[*at].is_add; ++*at) {
    const BinaryNode& node = *links[*at].node;
    const Value right = Evaluate(node.right, frame);
    if (!right) return right;
    if (!right.is_string()) {
      ++*at;
      return SlowBinary(frame, BinaryOp::kAdd, frame.heap.String(joined), right,
                        node.span);
    }
    absl::StrAppend(&joined, right.as_string());
    if (joined.size() > String::kMaxSize) {
      return frame.Fail(node.span, "string is too long");
    }
  }
  return frame.heap.String(joined);
}

Value ConditionalNode::Eval(EvalFrame& frame) const {
  const Value value = Evaluate(condition, frame);
  if (!value) return value;
  return Evaluate(value.truth() ? if_true : if_false, frame);
}

Value ComprehensionNode::Eval(EvalFrame& frame) const {
  const Value result = value == nullptr ? Value::Of(List::Make(frame.heap, {}))
                                        : frame.heap.Dict();
  return Run(frame, 0, result) == Flow::kError ? Value() : result;
}

Flow ComprehensionNode::Run(EvalFrame& frame, size_t at, Value result) const {
  if (at == clauses.size()) return Add(frame, result);
  const Clause& clause = clauses[at];
  const Value operand = Evaluate(clause.value, frame);
  if (!operand) return Flow::kError;
  if (clause.targets == nullptr) {
    return operand.truth() ? Run(frame, at + 1, result) : Flow::kNext;
  }
  return ForEach(frame, operand, clause.value->span, [&](Value each) {
    if (clause.local >= 0) {
      frame.locals[clause.local] = each;
    } else if (!clause.targets->Assign(frame, each)) {
      return Flow::kError;
    }
    return Run(frame, at + 1, result);
  });
}

Flow ComprehensionNode::Add(EvalFrame& frame, Value result) const {
  const Value first = Evaluate(element, frame);
  if (!first) return Flow::kError;
  absl::Status added;
  if (value == nullptr) {
    added = static_cast<List*>(result.object())->Append(first);
  } else {
    const Value second = Evaluate(value, frame);
    if (!second) return Flow::kError;
    added =
        static_cast<Dict*>(result.object())->Set(first, second, &frame.thread);
  }
  if (added.ok()) return Flow::kNext;
  frame.Fail(element->span, added);
  return Flow::kError;
}

const Type* TypeNode::Eval(EvalFrame& frame) const {
  std::vector<const Type*> types;
  for (const TypeNode* argument : arguments) {
    types.push_back(argument->Eval(frame));
    if (types.back() == nullptr) return nullptr;
  }
  if (form == Form::kAny) {
    return frame.heap.New<Type>(Type::Form::kAny, "", std::move(types));
  }
  if (form == Form::kUnion) {
    return frame.heap.New<Type>(Type::Form::kUnion, "", std::move(types));
  }
  const Value named = Evaluate(value, frame);
  if (!named) return nullptr;
  if (form == Form::kGeneric) {
    const absl::StatusOr<const Type*> made =
        Parameterize(frame.heap, named, types, sequence);
    if (made.ok()) return *made;
    frame.Fail(span, made.status());
    return nullptr;
  }
  const Type* type = TypeOf(frame.heap, named);
  if (type == nullptr) {
    frame.Fail(span, absl::StrCat(Brief(named), " is not a type"));
  }
  return type;
}

Value FunctionNode::Eval(EvalFrame& frame) const {
  Heap& heap = frame.heap;
  const size_t count = code->parameters.size();
  auto* defaults = static_cast<Value*>(heap.Allocate(count * sizeof(Value)));
  const Type** types = nullptr;
  if (code->typed) {
    types = static_cast<const Type**>(
        heap.Allocate((count + 1) * sizeof(const Type*)));
    std::fill_n(types, count + 1, nullptr);
  }
  for (size_t i = 0; i < count; ++i) {
    const ParameterCode& parameter = code->parameters[i];
    defaults[i] = Value();
    if (parameter.default_value != nullptr) {
      defaults[i] = Evaluate(parameter.default_value, frame);
      if (!defaults[i]) return Value();
    }
    if (parameter.type != nullptr) {
      types[i] = parameter.type->Eval(frame);
      if (types[i] == nullptr) return Value();
    }
  }
  if (code->result_type != nullptr) {
    types[count] = code->result_type->Eval(frame);
    if (types[count] == nullptr) return Value();
  }
  auto** free =
      static_cast<Cell**>(heap.Allocate(code->free.size() * sizeof(Cell*)));
  for (size_t i = 0; i < code->free.size(); ++i) {
    const FreeCode& variable = code->free[i];
    free[i] = variable.from_local
                  ? static_cast<Cell*>(frame.locals[variable.index].object())
                  : frame.free[variable.index];
  }
  return Value::Of(
      heap.New<Function>(code, frame.module, free, defaults, types));
}

}  // namespace dsl
