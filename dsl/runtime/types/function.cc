// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/function.h"

#include <algorithm>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/same_text.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/walk.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

absl::Status NoSuchParameter(const FunctionCode& code, absl::string_view name) {
  std::vector<absl::string_view> known;
  for (const ParameterCode& parameter : code.parameters) {
    if (parameter.by_name()) known.push_back(parameter.name);
  }
  const absl::string_view nearest = NearestName(name, known);
  std::string message =
      absl::StrCat(code.name, ": no parameter named `", name, "`");
  if (!nearest.empty()) {
    absl::StrAppend(&message, ", did you mean `", nearest, "`?");
  }
  return absl::InvalidArgumentError(message);
}

}  // namespace

size_t FunctionCode::ParameterNamed(absl::string_view wanted) const {
  size_t i = 0;
  while (i < parameters.size() &&
         !(SameText(parameters[i].name, wanted) && parameters[i].by_name())) {
    ++i;
  }
  return i;
}

absl::Status Function::TooMany(size_t given) const {
  return absl::InvalidArgumentError(
      absl::StrCat(code_->name, ": takes at most ", code_->positional,
                   " positional argument", code_->positional == 1 ? "" : "s",
                   ", got ", given));
}

absl::Status Function::BindNamed(Heap& heap, std::span<const NamedValue> named,
                                 Value* slots) const {
  for (const auto& [name, value] : named) {
    const size_t i = code_->ParameterNamed(name);
    if (i < code_->parameters.size()) {
      if (slots[i]) {
        return absl::InvalidArgumentError(absl::StrCat(
            code_->name, ": parameter `", name, "` is given twice"));
      }
      slots[i] = value;
    } else if (code_->kwargs >= 0) {
      RETURN_IF_ERROR(
          heap.DictSet(slots[code_->kwargs], heap.String(name), value));
    } else {
      return NoSuchParameter(*code_, name);
    }
  }
  return absl::OkStatus();
}

absl::Status Function::Bind(Heap& heap, std::span<const Value> positional,
                            std::span<const NamedValue> named,
                            Value* slots) const {
  const size_t count = code_->parameters.size();
  const size_t direct = std::min<size_t>(positional.size(), code_->positional);
  std::copy_n(positional.begin(), direct, slots);
  std::fill(slots + direct, slots + count, Value());
  if (code_->args >= 0) {
    slots[code_->args] = heap.Tuple(positional.subspan(direct));
  } else if (positional.size() > direct) {
    return TooMany(positional.size());
  }
  if (code_->kwargs >= 0) slots[code_->kwargs] = heap.Dict();
  RETURN_IF_ERROR(BindNamed(heap, named, slots));
  return BindDefaults(slots, direct);
}

absl::Status Function::BindDefaults(Value* slots, size_t first) const {
  for (size_t i = first; i < code_->parameters.size(); ++i) {
    if (slots[i]) continue;
    slots[i] = defaults_[i];
    if (!slots[i]) {
      return absl::InvalidArgumentError(
          absl::StrCat(code_->name, ": parameter `", code_->parameters[i].name,
                       "` is missing"));
    }
  }
  return absl::OkStatus();
}

absl::Status Function::CheckType(const ParameterCode& parameter,
                                 const Type& type, Value value,
                                 Walk& walk) const {
  ASSIGN_OR_RETURN(bool has, type.Has(value, walk));
  if (has) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      code_->name, ": parameter `", parameter.name, "` wants ", type.ToText(),
      ", not ", Brief(value), " of type ", value.type_name()));
}

absl::Status Function::CheckTypes(Thread& thread, const Value* slots) const {
  Walk walk(&thread);
  for (size_t i = 0; i < code_->parameters.size(); ++i) {
    const ParameterCode& parameter = code_->parameters[i];
    const Type* type = types_[i];
    if (type == nullptr) continue;
    if (parameter.kind == ParameterKind::kArgs) {
      for (const Value value : Elements(slots[i])) {
        RETURN_IF_ERROR(CheckType(parameter, *type, value, walk));
      }
    } else if (parameter.kind == ParameterKind::kKwargs) {
      for (const auto& [key, value] : DictItems(slots[i])) {
        RETURN_IF_ERROR(CheckType(parameter, *type, value, walk));
      }
    } else {
      RETURN_IF_ERROR(CheckType(parameter, *type, slots[i], walk));
    }
  }
  return absl::OkStatus();
}

absl::Status Function::CheckResult(Thread& thread, Value result) const {
  const Type* type = types_[code_->parameters.size()];
  if (type == nullptr) return absl::OkStatus();
  Walk walk(&thread);
  ASSIGN_OR_RETURN(bool has, type->Has(result, walk));
  if (has) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(code_->name, ": the result wants to be ", type->ToText(),
                   ", not ", Brief(result), " of type ", result.type_name()));
}

Value Function::Run(Thread& thread, Value* slots) const {
  static constexpr Span kNowhere;
  const auto fail = [&](const absl::Status& status) {
    thread.Fail(status, thread.Place().value_or(kNowhere));
    return Value();
  };
  if (types_ != nullptr) {
    const absl::Status fits = CheckTypes(thread, slots);
    if (!fits.ok()) return fail(fits);
  }
  Heap& heap = thread.heap();
  EvalFrame frame{slots, free_, module_, thread, heap, Value(), {}, Value()};
  frame.active.code = code_;
  frame.active.function = code_->name;
  const absl::Status entered = thread.Enter(frame.active);
  if (!entered.ok()) return fail(entered);
  std::fill(slots + code_->parameters.size(), slots + code_->locals, Value());
  for (const uint32_t local : code_->captured) {
    slots[local] = Value::Of(heap.New<Cell>(slots[local]));
  }
  Value result = Value::None();
  if (code_->body == nullptr) {
    result = Evaluate(code_->result, frame);
  } else {
    const Flow flow = code_->body->Exec(frame);
    if (flow == Flow::kReturn) result = frame.result;
    if (flow == Flow::kError) result = Value();
  }
  thread.Leave();
  if (types_ != nullptr && result) {
    const absl::Status fits = CheckResult(thread, result);
    if (!fits.ok()) return fail(fits);
  }
  return result;
}

void Function::PrintOn(Printer& printer) const {
  printer.Text(absl::StrCat("<function ", code_->name, ">"));
}

absl::StatusOr<uint64_t> Function::HashObject(Walk&) const {
  return HashWord(reinterpret_cast<uintptr_t>(this));
}

absl::StatusOr<Value> Function::CallWith(Thread& thread,
                                         const Arguments& arguments) const {
  const Thread::SlotMark mark = thread.MarkSlots();
  Value* slots = thread.PushSlots(code_->locals);
  absl::Status bound =
      Bind(thread.heap(), arguments.positional(), arguments.named(), slots);
  Value result;
  if (bound.ok()) result = Run(thread, slots);
  thread.PopSlots(mark);
  RETURN_IF_ERROR(bound);
  if (!result) return thread.ErrorStatus();
  return result;
}

absl::StatusOr<Value> Call(Thread& thread, Value function,
                           std::span<const Value> positional,
                           std::span<const NamedValue> named) {
  absl::StatusOr<Value> result = absl::InvalidArgumentError(absl::StrCat(
      "a value of type ", function.type_name(), " is not callable"));
  if (function.is_object()) {
    result = function.object()->CallWith(thread, Arguments(positional, named));
  }
  if (!result.ok()) {
    thread.Fail(result.status(), thread.Place().value_or(Span()));
  }
  return result;
}

std::optional<Span> DefinitionOf(Value function) {
  if (!function.is_function()) return std::nullopt;
  return static_cast<const Function*>(function.object())->code().span;
}

}  // namespace dsl
