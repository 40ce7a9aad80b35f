// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/stmt_nodes.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/iteration.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/walk.h"

namespace dsl {
namespace {

absl::Status WantType(Thread& thread, const Type& wanted, Value value) {
  Walk walk(&thread);
  ASSIGN_OR_RETURN(bool has, wanted.Has(value, walk));
  if (has) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("want ", wanted.ToText(), ", not ", Brief(value),
                   " of type ", value.type_name()));
}

}  // namespace

bool LocalTarget::Assign(EvalFrame& frame, Value value) const {
  frame.locals[slot] = value;
  return true;
}

bool CellTarget::Assign(EvalFrame& frame, Value value) const {
  static_cast<Cell*>(frame.locals[slot].object())->value = value;
  return true;
}

bool GlobalTarget::Assign(EvalFrame& frame, Value value) const {
  frame.module->globals[slot] = value;
  // Values of other modules are shared with other threads, and named already.
  if (value.is_native() && frame.heap.Owns(value.object())) {
    static_cast<Native*>(value.object())->Bound(frame.thread, name);
  }
  return true;
}

bool IndexTarget::Assign(EvalFrame& frame, Value value) const {
  const Value container = Evaluate(object, frame);
  if (!container) return false;
  const Value key = Evaluate(index, frame);
  if (!key) return false;
  const absl::Status set = SetIndex(frame.thread, container, key, value);
  if (!set.ok()) frame.Fail(span, set);
  return set.ok();
}

bool DotTarget::Assign(EvalFrame& frame, Value value) const {
  const Value of = Evaluate(object, frame);
  return of && AssignOf(frame, of, value);
}

bool DotTarget::AssignOf(EvalFrame& frame, Value of, Value value) const {
  if (!of.is_object()) {
    frame.Fail(span, absl::StrCat("attribute `", name, "` of a value of type ",
                                  of.type_name(), " cannot be assigned"));
    return false;
  }
  const absl::Status set = of.object()->SetAttrOf(name, value);
  if (!set.ok()) frame.Fail(span, set);
  return set.ok();
}

bool UnpackTarget::Assign(EvalFrame& frame, Value value) const {
  std::vector<Value> copied;
  std::span<const Value> elements;
  if (value.is_tuple()) {
    elements = Elements(value);
  } else {
    absl::StatusOr<std::vector<Value>> iterated = Iterate(value);
    if (!iterated.ok()) {
      frame.Fail(span, iterated.status());
      return false;
    }
    copied = *std::move(iterated);
    elements = copied;
  }
  if (elements.size() != targets.size()) {
    frame.Fail(span, absl::StrCat("cannot unpack ", elements.size(),
                                  elements.size() == 1 ? " value" : " values",
                                  " into ", targets.size()));
    return false;
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    if (!targets[i]->Assign(frame, elements[i])) return false;
  }
  return true;
}

Flow BlockNode::Exec(EvalFrame& frame) const {
  for (const StmtNode* statement : statements) {
    const Flow flow = statement->Exec(frame);
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

Flow ExprStmtNode::Exec(EvalFrame& frame) const {
  return Evaluate(expr, frame) ? Flow::kNext : Flow::kError;
}

Flow AssignLocalNode::Exec(EvalFrame& frame) const {
  const Value result = Evaluate(value, frame);
  if (!result) return Flow::kError;
  frame.locals[slot] = result;
  return Flow::kNext;
}

Flow AssignNode::Exec(EvalFrame& frame) const {
  const Type* wanted = nullptr;
  if (type != nullptr) {
    wanted = type->Eval(frame);
    if (wanted == nullptr) return Flow::kError;
  }
  const Value result = Evaluate(value, frame);
  if (!result) return Flow::kError;
  if (wanted != nullptr) {
    const absl::Status fits = WantType(frame.thread, *wanted, result);
    if (!fits.ok()) {
      frame.Fail(value->span, fits);
      return Flow::kError;
    }
  }
  return target->Assign(frame, result) ? Flow::kNext : Flow::kError;
}

Flow AugmentNameNode::Exec(EvalFrame& frame) const {
  const Value a = Evaluate(name, frame);
  if (!a) return Flow::kError;
  const Value b = Evaluate(value, frame);
  if (!b) return Flow::kError;
  const Value result = SlowInPlace(frame, op, a, b, span);
  if (!result) return Flow::kError;
  return target->Assign(frame, result) ? Flow::kNext : Flow::kError;
}

Flow AugmentIndexNode::Exec(EvalFrame& frame) const {
  const Value container = Evaluate(object, frame);
  if (!container) return Flow::kError;
  const Value key = Evaluate(index, frame);
  if (!key) return Flow::kError;
  frame.active.at = &span;
  const absl::StatusOr<Value> old = Index(frame.thread, container, key);
  if (!old.ok()) {
    frame.Fail(span, old.status());
    return Flow::kError;
  }
  const Value b = Evaluate(value, frame);
  if (!b) return Flow::kError;
  const Value result = SlowInPlace(frame, op, *old, b, span);
  if (!result) return Flow::kError;
  const absl::Status set = SetIndex(frame.thread, container, key, result);
  if (set.ok()) return Flow::kNext;
  frame.Fail(span, set);
  return Flow::kError;
}

Flow AugmentDotNode::Exec(EvalFrame& frame) const {
  const Value of = Evaluate(old->object, frame);
  if (!of) return Flow::kError;
  const Value a = old->Of(frame, of);
  if (!a) return Flow::kError;
  const Value b = Evaluate(value, frame);
  if (!b) return Flow::kError;
  const Value result = SlowInPlace(frame, op, a, b, span);
  if (!result) return Flow::kError;
  return target->AssignOf(frame, of, result) ? Flow::kNext : Flow::kError;
}

Flow IfNode::Exec(EvalFrame& frame) const {
  const Value value = Evaluate(condition, frame);
  if (!value) return Flow::kError;
  if (value.truth()) return then->Exec(frame);
  return otherwise == nullptr ? Flow::kNext : otherwise->Exec(frame);
}

Flow ForNode::Exec(EvalFrame& frame) const {
  const Value value = Evaluate(iterable, frame);
  if (!value) return Flow::kError;
  return ForEach(frame, value, iterable->span, [&](Value element) {
    if (local >= 0) {
      frame.locals[local] = element;
    } else if (!target->Assign(frame, element)) {
      return Flow::kError;
    }
    return body->Exec(frame);
  });
}

Flow ReturnNode::Exec(EvalFrame& frame) const {
  frame.result = value == nullptr ? Value::None() : Evaluate(value, frame);
  return frame.result ? Flow::kReturn : Flow::kError;
}

Flow TypeAliasNode::Exec(EvalFrame& frame) const {
  const Type* made = type->Eval(frame);
  if (made == nullptr) return Flow::kError;
  return target->Assign(frame, Value::Of(made)) ? Flow::kNext : Flow::kError;
}

}  // namespace dsl
