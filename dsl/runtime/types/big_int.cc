// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "absl/status/status_macros.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"

namespace dsl {
namespace {

absl::Status TooLarge() {
  return absl::InvalidArgumentError("int is too large");
}

// `a op b` where both are inline and so is the result; nothing otherwise.
std::optional<Value> SmallBinary(BinaryOp op, int64_t a, int64_t b) {
  switch (op) {
    case BinaryOp::kFloorDiv:
    case BinaryOp::kMod: {
      int64_t quotient = a / b, remainder = a % b;
      if (remainder != 0 && (remainder < 0) != (b < 0)) {
        --quotient;
        remainder += b;
      }
      if (!Value::FitsInline(quotient)) return std::nullopt;
      return Value::Int(op == BinaryOp::kMod ? remainder : quotient);
    }
    case BinaryOp::kAnd:
      return Value::Int(a & b);
    case BinaryOp::kOr:
      return Value::Int(a | b);
    case BinaryOp::kXor:
      return Value::Int(a ^ b);
    default:
      return std::nullopt;
  }
}

absl::StatusOr<Value> Shift(Heap& heap, bool left, Value a, Value b) {
  const std::optional<int64_t> count = b.as_int64();
  if (count.has_value() ? *count < 0 : ToInteger(b).negative()) {
    return absl::InvalidArgumentError("negative shift count");
  }
  const Integer value = ToInteger(a);
  if (!left) {
    return MakeInt(heap, value.ShiftedRight(count.value_or(INT64_MAX)));
  }
  if (value.zero()) return a;
  if (!count || *count > static_cast<int64_t>(Integer::kMaxBits)) {
    return absl::InvalidArgumentError("shift count is too large");
  }
  if (value.bits() + *count > Integer::kMaxBits) return TooLarge();
  return MakeInt(heap, value.ShiftedLeft(*count));
}

}  // namespace

Value MakeInt(Heap& heap, const Integer& value) {
  const std::optional<int64_t> small = value.ToInt64();
  if (small && Value::FitsInline(*small)) return Value::Int(*small);
  return Value::Of(heap.New<BigInt>(value));
}

Integer ToInteger(Value value) {
  if (value.is_small_int()) return Integer(value.small_int());
  return static_cast<BigInt*>(value.object())->value();
}

absl::StatusOr<Value> IntBinary(Heap& heap, BinaryOp op, Value a, Value b) {
  if (op == BinaryOp::kDiv) {
    ASSIGN_OR_RETURN(double x, ToDouble(a));
    ASSIGN_OR_RETURN(double y, ToDouble(b));
    if (y == 0) return absl::InvalidArgumentError("division by zero");
    return heap.Float(x / y);
  }
  if (op == BinaryOp::kFloorDiv || op == BinaryOp::kMod) {
    if (b.Same(Value::Int(0))) {
      return absl::InvalidArgumentError("division by zero");
    }
  }
  if (op == BinaryOp::kShl || op == BinaryOp::kShr) {
    return Shift(heap, op == BinaryOp::kShl, a, b);
  }
  if (a.is_small_int() && b.is_small_int()) {
    const std::optional<Value> small =
        SmallBinary(op, a.small_int(), b.small_int());
    if (small) return *small;
  }
  const Integer x = ToInteger(a), y = ToInteger(b);
  Integer result, rest;
  switch (op) {
    case BinaryOp::kAdd:
      result = x + y;
      break;
    case BinaryOp::kSub:
      result = x - y;
      break;
    case BinaryOp::kMul:
      if (x.bits() + y.bits() > Integer::kMaxBits + 1) return TooLarge();
      result = x * y;
      break;
    case BinaryOp::kFloorDiv:
      Integer::DivideFloor(x, y, &result, &rest);
      break;
    case BinaryOp::kMod:
      Integer::DivideFloor(x, y, &rest, &result);
      break;
    case BinaryOp::kAnd:
      result = x & y;
      break;
    case BinaryOp::kOr:
      result = x | y;
      break;
    default:
      result = x ^ y;
  }
  if (result.bits() > Integer::kMaxBits) return TooLarge();
  return MakeInt(heap, result);
}

int CompareNumbers(Value a, Value b) {
  if (a.is_small_int() && b.is_small_int()) {
    return a.small_int() < b.small_int()
               ? -1
               : static_cast<int>(a.small_int() > b.small_int());
  }
  if (a.is_int() && b.is_int()) {
    return CompareIntegers(ToInteger(a), ToInteger(b));
  }
  if (a.is_float() && b.is_float()) {
    return CompareDoubles(a.as_float(), b.as_float());
  }
  if (a.is_float()) return -CompareNumbers(b, a);
  // An int and a float: exactly, not by rounding the int.
  const double right = b.as_float();
  if (std::isnan(right)) return -1;
  if (std::isinf(right)) return right > 0 ? -1 : 1;
  const int order = CompareIntegers(ToInteger(a), IntegerFromDouble(right));
  if (order != 0) return order;
  const double fraction = right - std::trunc(right);
  return fraction > 0 ? -1 : static_cast<int>(fraction < 0);
}

absl::StatusOr<double> ToDouble(Value number) {
  if (number.is_small_int()) return static_cast<double>(number.small_int());
  if (number.is_float()) return number.as_float();
  const double value = ToInteger(number).ToDouble();
  if (std::isinf(value)) {
    return absl::InvalidArgumentError("int is too large to be a float");
  }
  return value;
}

void BigInt::PrintOn(Printer& printer) const { printer.Text(value_.ToText()); }

absl::StatusOr<bool> BigInt::EqualsObject(const Object& other, Walk&) const {
  return CompareIntegers(value_, static_cast<const BigInt&>(other).value_) == 0;
}

absl::StatusOr<int> BigInt::CompareObject(const Object& other, Walk&) const {
  return CompareIntegers(value_, static_cast<const BigInt&>(other).value_);
}

absl::StatusOr<uint64_t> BigInt::HashObject(Walk&) const {
  return value_.Hash();
}

}  // namespace dsl
