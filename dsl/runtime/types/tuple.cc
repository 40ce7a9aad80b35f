// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/tuple.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/walk.h"

namespace dsl {

Tuple* Tuple::Make(Heap& heap, std::span<const Value> elements) {
  auto* tuple = new (heap.Allocate(sizeof(Tuple) + elements.size_bytes()))
      Tuple(elements.size());
  std::copy(elements.begin(), elements.end(), tuple->data());
  return tuple;
}

Tuple* Tuple::MakeSized(Heap& heap, size_t size) {
  auto* tuple =
      new (heap.Allocate(sizeof(Tuple) + size * sizeof(Value))) Tuple(size);
  std::fill_n(tuple->data(), size, Value::None());
  return tuple;
}

void Tuple::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, "(...)")) return;
  printer.Text("(");
  for (size_t i = 0; i < size_; ++i) {
    if (i > 0) printer.Text(", ");
    printer.Print(data()[i]);
  }
  printer.Text(size_ == 1 ? ",)" : ")");
  printer.Leave();
}

absl::StatusOr<bool> Tuple::EqualsObject(const Object& other,
                                         Walk& walk) const {
  return walk.EqualAll(elements(), static_cast<const Tuple&>(other).elements());
}

absl::StatusOr<int> Tuple::CompareObject(const Object& other,
                                         Walk& walk) const {
  return walk.CompareAll(elements(),
                         static_cast<const Tuple&>(other).elements());
}

absl::StatusOr<uint64_t> Tuple::HashObject(Walk& walk) const {
  uint64_t hash = 0x345678;
  RETURN_IF_ERROR(walk.Spend(size_));
  for (const Value element : elements()) {
    ASSIGN_OR_RETURN(uint64_t part, walk.Hash(element));
    hash = HashWord(hash * 31 + part);
  }
  return hash;
}

absl::StatusOr<Value> Tuple::IndexOf(Thread&, Value key) const {
  ASSIGN_OR_RETURN(size_t index, ToIndex(key, size_, "tuple"));
  return data()[index];
}

absl::StatusOr<bool> Tuple::ContainsValue(Thread& thread, Value element) const {
  Walk walk(&thread);
  for (const Value own : elements()) {
    ASSIGN_OR_RETURN(bool equal, walk.Equal(own, element));
    if (equal) return true;
  }
  return false;
}

absl::StatusOr<Value> Tuple::BinaryWith(Thread& thread, BinaryOp op,
                                        Value other, bool self_is_left) const {
  if (op == BinaryOp::kAdd && other.is_tuple() && self_is_left) {
    const std::span<const Value> right = Elements(other);
    if (size_ + right.size() > kMaxElements) {
      return absl::InvalidArgumentError("tuple is too long");
    }
    Tuple* sum = MakeSized(thread.heap(), size_ + right.size());
    std::copy_n(data(), size_, sum->data());
    std::copy(right.begin(), right.end(), sum->data() + size_);
    return Value::Of(sum);
  }
  if (op != BinaryOp::kMul || !other.is_int()) return Value();
  ASSIGN_OR_RETURN(size_t count, RepeatCount(other, size_, kMaxElements));
  Tuple* repeated = MakeSized(thread.heap(), count * size_);
  for (size_t i = 0; i < count; ++i) {
    std::copy_n(data(), size_, repeated->data() + i * size_);
  }
  return Value::Of(repeated);
}

}  // namespace dsl
