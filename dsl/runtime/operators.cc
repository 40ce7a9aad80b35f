// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/operators.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/set.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/tuple.h"

namespace dsl {
namespace {

inline bool IsNumber(Value value) {
  return value.is_small_int() || value.is(Kind::kBigInt) || value.is_float();
}

absl::Status DivisionByZero() {
  return absl::InvalidArgumentError("division by zero");
}

// Value() for an operator that floats do not have.
absl::StatusOr<Value> FloatBinary(Heap& heap, BinaryOp op, Value a, Value b) {
  if (op > BinaryOp::kMod) return Value();
  ASSIGN_OR_RETURN(double x, ToDouble(a));
  ASSIGN_OR_RETURN(double y, ToDouble(b));
  if (op >= BinaryOp::kDiv && y == 0) return DivisionByZero();
  switch (op) {
    case BinaryOp::kAdd:
      return heap.Float(x + y);
    case BinaryOp::kSub:
      return heap.Float(x - y);
    case BinaryOp::kMul:
      return heap.Float(x * y);
    case BinaryOp::kDiv:
      return heap.Float(x / y);
    case BinaryOp::kFloorDiv:
      return heap.Float(std::floor(x / y));
    default:
      break;
  }
  double rest = std::fmod(x, y);
  if (rest == 0) return heap.Float(std::copysign(0.0, y));
  if ((rest < 0) != (y < 0)) rest += y;
  return heap.Float(rest);
}

}  // namespace

absl::StatusOr<Value> Binary(Thread& thread, BinaryOp op, Value a, Value b) {
  absl::StatusOr<Value> result = Value();
  if (a.is_int() && b.is_int()) {
    return IntBinary(thread.heap(), op, a, b);
  }
  if (IsNumber(a) && IsNumber(b)) {
    result = FloatBinary(thread.heap(), op, a, b);
  } else {
    if (a.is_object()) {
      result = a.object()->BinaryWith(thread, op, b, true);
    }
    if (result.ok() && !*result && b.is_object()) {
      result = b.object()->BinaryWith(thread, op, a, false);
    }
  }
  if (!result.ok() || *result) return result;
  return absl::InvalidArgumentError(
      absl::StrCat("`", OperatorText(op), "` does not go with ", a.type_name(),
                   " and ", b.type_name()));
}

absl::StatusOr<Value> InPlaceBinary(Thread& thread, BinaryOp op, Value a,
                                    Value b) {
  if (a.is_list() && op == BinaryOp::kAdd) {
    if (b.is_list() || b.is_tuple()) {
      RETURN_IF_ERROR(static_cast<List*>(a.object())->Extend(Elements(b)));
      return a;
    }
    if (b.is_dict() || b.is_set() || b.is(Kind::kRange)) {
      ASSIGN_OR_RETURN(std::vector<Value> elements, Iterate(b));
      RETURN_IF_ERROR(static_cast<List*>(a.object())->Extend(elements));
      return a;
    }
  }
  if (a.is_dict() && b.is_dict() && op == BinaryOp::kOr) {
    RETURN_IF_ERROR(
        static_cast<Dict*>(a.object())
            ->Update(static_cast<const Dict&>(*b.object()), &thread));
    return a;
  }
  const bool of_sets = op == BinaryOp::kOr || op == BinaryOp::kAnd ||
                       op == BinaryOp::kSub || op == BinaryOp::kXor;
  if (a.is_set() && b.is_set() && of_sets) {
    RETURN_IF_ERROR(
        static_cast<Set*>(a.object())
            ->Combine(op, static_cast<const Set&>(*b.object()), &thread));
    return a;
  }
  return Binary(thread, op, a, b);
}

absl::StatusOr<Value> Unary(Thread& thread, UnaryOp op, Value operand) {
  if (operand.is_int()) {
    switch (op) {
      case UnaryOp::kPlus:
        return operand;
      case UnaryOp::kMinus:
        return MakeInt(thread.heap(), ToInteger(operand).Negated());
      case UnaryOp::kInvert:
        return MakeInt(thread.heap(), Integer(-1) - ToInteger(operand));
    }
  }
  if (operand.is_float() && op != UnaryOp::kInvert) {
    if (op == UnaryOp::kPlus) return operand;
    return thread.heap().Float(-operand.as_float());
  }
  static constexpr absl::string_view kTexts[] = {"+", "-", "~"};
  return absl::InvalidArgumentError(
      absl::StrCat("unary `", kTexts[static_cast<int>(op)],
                   "` does not go with ", operand.type_name()));
}

absl::StatusOr<bool> Contains(Thread& thread, Value container, Value element) {
  if (container.is_object()) {
    return container.object()->ContainsValue(thread, element);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "`in` does not go with a value of type ", container.type_name()));
}

absl::StatusOr<int64_t> Length(Value value) {
  if (value.is_object()) {
    const std::optional<int64_t> length = value.object()->LengthOf();
    if (length) return *length;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("a value of type ", value.type_name(), " has no length"));
}

absl::StatusOr<size_t> RepeatCount(Value count, size_t size, size_t most) {
  if (size == 0) return 0;
  const std::optional<int64_t> times = count.as_int64();
  if (times ? *times <= 0 : ToInteger(count).negative()) return 0;
  if (!times || static_cast<uint64_t>(*times) > most / size) {
    return absl::InvalidArgumentError(
        absl::StrCat("repeated ", Brief(count), " times, it is too long"));
  }
  return static_cast<size_t>(*times);
}

}  // namespace dsl
