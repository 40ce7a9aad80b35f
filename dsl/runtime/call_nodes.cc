// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/call_nodes.h"

#include <algorithm>

#include "absl/base/attributes.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/types/struct.h"

namespace dsl {

Value CallNode::Eval(EvalFrame& frame) const {
  if (callee != nullptr) {
    const Value called = Evaluate(callee, frame);
    return called ? CallObject(frame, called) : called;
  }
  const Value self = Evaluate(object, frame);
  if (!self) return self;
  const MethodDef* method = nullptr;
  if (self.is_object()) {
    switch (self.object()->kind()) {
      case Kind::kString:
        method = methods[0];
        break;
      case Kind::kList:
        method = methods[1];
        break;
      case Kind::kDict:
        method = methods[2];
        break;
      case Kind::kSet:
        method = methods[3];
        break;
      default:
        break;
    }
  }
  if (method != nullptr) return CallMethod(frame, self, *method);
  if (self.is_struct()) {
    const Value field = static_cast<const Struct*>(self.object())->Find(name);
    if (field) return CallObject(frame, field);
  }
  frame.active.at = &span;
  const absl::StatusOr<Value> called = Attr(frame.thread, self, name);
  if (!called.ok()) return frame.Fail(span, called.status());
  return CallObject(frame, *called);
}

Value CallNode::CallObject(EvalFrame& frame, Value called) const {
  if (called.is_function()) {
    const auto& function = static_cast<const Function&>(*called.object());
    const FunctionCode& code = function.code();
    if (plain && positional <= code.positional && code.args < 0 &&
        code.kwargs < 0 && arguments.size() <= code.parameters.size()) {
      return CallDirectly(frame, function);
    }
  }
  return CallOther(frame, called);
}

// Apart from the above, which would save registers for it.
ABSL_ATTRIBUTE_NOINLINE Value CallNode::CallOther(EvalFrame& frame,
                                                  Value called) const {
  if (!called.is_object()) {
    return frame.Fail(span, absl::StrCat("a value of type ", called.type_name(),
                                         " is not callable"));
  }
  return WithArguments(frame,
                       [&](const Arguments& given) -> absl::StatusOr<Value> {
                         if (!frame.thread.Charge(given.positional())) {
                           return frame.thread.StepError();
                         }
                         return called.object()->CallWith(frame.thread, given);
                       });
}

// Finds the parameters of the named arguments; false if one has none, or is
// given twice, or for more of them than this works for.
bool CallNode::FindSlots(const FunctionCode& code, uint8_t* slots) const {
  const size_t named = arguments.size() - positional;
  if (named > kMostNamed || code.parameters.size() > 64) return false;
  uint64_t taken = (uint64_t{1} << positional) - 1;
  for (size_t i = 0; i < named; ++i) {
    const size_t slot = code.ParameterNamed(arguments[positional + i].name);
    if (slot == code.parameters.size() || (taken >> slot & 1) != 0) {
      return false;
    }
    taken |= uint64_t{1} << slot;
    slots[i] = static_cast<uint8_t>(slot);
  }
  return true;
}

// The common case: arguments that are evaluated right into the slots of the
// callee. What is wrong with them is found, and said, on the long way.
Value CallNode::CallDirectly(EvalFrame& frame, const Function& function) const {
  Thread& thread = frame.thread;
  const FunctionCode& code = function.code();
  uint8_t of_named[kMostNamed];
  if (!positional_only && !FindSlots(code, of_named)) {
    return CallOther(frame, Value::Of(&function));
  }
  const Thread::SlotMark mark = thread.MarkSlots();
  Value* slots = thread.PushSlots(code.locals);
  Value result;
  size_t i = 0;
  for (; i < positional; ++i) {
    slots[i] = Evaluate(arguments[i].value, frame);
    if (!slots[i]) break;
  }
  if (i == positional) {
    std::fill(slots + i, slots + code.parameters.size(), Value());
    for (; i < arguments.size(); ++i) {
      const Value value = Evaluate(arguments[i].value, frame);
      if (!value) break;
      slots[of_named[i - positional]] = value;
    }
  }
  if (i == arguments.size()) {
    frame.active.at = &span;
    absl::Status bound;
    if (positional < code.parameters.size()) {
      bound = function.BindDefaults(slots, positional);
    }
    result = bound.ok() ? function.Run(thread, slots) : frame.Fail(span, bound);
  }
  thread.PopSlots(mark);
  return result;
}

Value CallNode::CallMethod(EvalFrame& frame, Value self,
                           const MethodDef& method) const {
  return WithArguments(frame,
                       [&](const Arguments& given) -> absl::StatusOr<Value> {
                         if (frame.thread.limited() &&
                             (!frame.thread.Charge({&self, 1}) ||
                              !frame.thread.Charge(given.positional()))) {
                           return frame.thread.StepError();
                         }
                         return method.function(frame.thread, self, given);
                       });
}

// Evaluates the arguments and calls `call` with them.
template <class F>
Value CallNode::WithArguments(EvalFrame& frame, F call) const {
  Thread& thread = frame.thread;
  if (positional_only) {
    const Thread::SlotMark mark = thread.MarkSlots();
    Value* slots = thread.PushSlots(arguments.size());
    for (size_t i = 0; i < arguments.size(); ++i) {
      slots[i] = Evaluate(arguments[i].value, frame);
      if (!slots[i]) {
        thread.PopSlots(mark);
        return Value();
      }
    }
    frame.active.at = &span;
    const absl::StatusOr<Value> result =
        call(Arguments({slots, arguments.size()}, {}));
    thread.PopSlots(mark);
    return result.ok() ? *result : frame.Fail(span, result.status());
  }
  Collected collected;
  if (!Collect(frame, &collected)) return Value();
  frame.active.at = &span;
  const absl::StatusOr<Value> result =
      call(Arguments(collected.positional, collected.named));
  return result.ok() ? *result : frame.Fail(span, result.status());
}

bool CallNode::Collect(EvalFrame& frame, Collected* collected) const {
  for (const Argument& argument : arguments) {
    const Value value = Evaluate(argument.value, frame);
    if (!value) return false;
    switch (argument.kind) {
      case ArgumentKind::kPositional:
        collected->positional.push_back(value);
        break;
      case ArgumentKind::kNamed:
        collected->named.emplace_back(argument.name, value);
        break;
      case ArgumentKind::kStar:
        if (!CollectStar(frame, argument, value, collected)) return false;
        break;
      case ArgumentKind::kStarStar:
        if (!CollectStarStar(frame, argument, value, collected)) return false;
        break;
    }
  }
  return true;
}

bool CallNode::CollectStar(EvalFrame& frame, const Argument& argument,
                           Value value, Collected* collected) const {
  const absl::StatusOr<std::vector<Value>> elements = Iterate(value);
  if (!elements.ok()) {
    frame.Fail(argument.value->span,
               absl::StrCat("argument after * wants something iterable, not ",
                            value.type_name()));
    return false;
  }
  collected->positional.insert(collected->positional.end(), elements->begin(),
                               elements->end());
  return true;
}

bool CallNode::CollectStarStar(EvalFrame& frame, const Argument& argument,
                               Value value, Collected* collected) const {
  const Span& place = argument.value->span;
  if (!value.is_dict()) {
    frame.Fail(place, absl::StrCat("argument after ** wants a dict, not ",
                                   value.type_name()));
    return false;
  }
  for (const auto& [key, element] : DictItems(value)) {
    if (!key.is_string()) {
      frame.Fail(place,
                 absl::StrCat("keys of ** are strings, not ", Brief(key)));
      return false;
    }
    for (const NamedValue& named : collected->named) {
      if (named.first == key.as_string()) {
        frame.Fail(place, absl::StrCat("parameter `", named.first,
                                       "` is given twice"));
        return false;
      }
    }
    collected->named.emplace_back(key.as_string(), element);
  }
  return true;
}

}  // namespace dsl
