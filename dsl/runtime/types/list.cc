// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/list.h"

#include <algorithm>
#include <cstring>

#include "absl/status/status_macros.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/walk.h"

namespace dsl {

List* List::Make(Heap& heap, std::span<const Value> elements) {
  List* list = MakeSized(heap, elements.size());
  std::copy(elements.begin(), elements.end(), list->data_);
  return list;
}

List* List::MakeSized(Heap& heap, size_t size) {
  List* list = heap.New<List>(heap);
  if (size == 0) return list;
  const size_t bytes = Heap::ArrayCapacity(size * sizeof(Value));
  list->data_ = static_cast<Value*>(heap.AllocateArray(bytes));
  list->capacity_ = bytes / sizeof(Value);
  list->size_ = size;
  std::fill_n(list->data_, size, Value::None());
  return list;
}

absl::Status List::CheckMutable() const {
  if (heap_->frozen()) {
    return absl::InvalidArgumentError("cannot change a frozen list");
  }
  if (iterators_ != 0) {
    return absl::InvalidArgumentError(
        "cannot change a list while it is being iterated");
  }
  return absl::OkStatus();
}

absl::Status List::Reserve(size_t size) {
  if (size <= capacity_) return absl::OkStatus();
  if (size > kMaxElements) {
    return absl::InvalidArgumentError("list is too long");
  }
  const size_t bytes =
      Heap::ArrayCapacity(std::max<size_t>(size, 4) * sizeof(Value));
  auto* grown = static_cast<Value*>(heap_->AllocateArray(bytes));
  std::copy_n(data_, size_, grown);
  heap_->FreeArray(data_, capacity_ * sizeof(Value));
  data_ = grown;
  capacity_ = bytes / sizeof(Value);
  return absl::OkStatus();
}

absl::Status List::Append(Value element) {
  RETURN_IF_ERROR(CheckMutable());
  if (size_ == capacity_) {
    RETURN_IF_ERROR(Reserve(size_ + 1));
  }
  data_[size_++] = element;
  return absl::OkStatus();
}

absl::Status List::Extend(std::span<const Value> elements) {
  RETURN_IF_ERROR(CheckMutable());
  const bool own = elements.data() == data_;
  RETURN_IF_ERROR(Reserve(size_ + elements.size()));
  std::copy_n(own ? data_ : elements.data(), elements.size(), data_ + size_);
  size_ += elements.size();
  return absl::OkStatus();
}

absl::Status List::Insert(size_t index, Value element) {
  RETURN_IF_ERROR(CheckMutable());
  RETURN_IF_ERROR(Reserve(size_ + 1));
  std::copy_backward(data_ + index, data_ + size_, data_ + size_ + 1);
  data_[index] = element;
  ++size_;
  return absl::OkStatus();
}

absl::Status List::Set(size_t index, Value element) {
  RETURN_IF_ERROR(CheckMutable());
  data_[index] = element;
  return absl::OkStatus();
}

absl::StatusOr<Value> List::RemoveAt(size_t index) {
  RETURN_IF_ERROR(CheckMutable());
  const Value removed = data_[index];
  std::copy(data_ + index + 1, data_ + size_, data_ + index);
  --size_;
  return removed;
}

absl::Status List::Clear() {
  RETURN_IF_ERROR(CheckMutable());
  size_ = 0;
  return absl::OkStatus();
}

void List::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, "[...]")) return;
  printer.Text("[");
  for (size_t i = 0; i < size_; ++i) {
    if (i > 0) printer.Text(", ");
    printer.Print(data_[i]);
  }
  printer.Text("]");
  printer.Leave();
}

absl::StatusOr<bool> List::EqualsObject(const Object& other, Walk& walk) const {
  return walk.EqualAll(elements(), static_cast<const List&>(other).elements());
}

absl::StatusOr<int> List::CompareObject(const Object& other, Walk& walk) const {
  return walk.CompareAll(elements(),
                         static_cast<const List&>(other).elements());
}

absl::StatusOr<Value> List::IndexOf(Thread&, Value key) const {
  ASSIGN_OR_RETURN(size_t index, ToIndex(key, size_, "list"));
  return data_[index];
}

absl::StatusOr<bool> List::ContainsValue(Thread& thread, Value element) const {
  Walk walk(&thread);
  for (const Value own : elements()) {
    ASSIGN_OR_RETURN(bool equal, walk.Equal(own, element));
    if (equal) return true;
  }
  return false;
}

absl::StatusOr<Value> List::BinaryWith(Thread& thread, BinaryOp op, Value other,
                                       bool self_is_left) const {
  if (op == BinaryOp::kAdd && other.is_list() && self_is_left) {
    const std::span<const Value> right = Elements(other);
    if (size_ + right.size() > kMaxElements) {
      return absl::InvalidArgumentError("list is too long");
    }
    List* sum = MakeSized(thread.heap(), size_ + right.size());
    std::copy_n(data_, size_, sum->data_);
    std::copy(right.begin(), right.end(), sum->data_ + size_);
    return Value::Of(sum);
  }
  if (op != BinaryOp::kMul || !other.is_int()) return Value();
  ASSIGN_OR_RETURN(size_t count, RepeatCount(other, size_, kMaxElements));
  List* repeated = MakeSized(thread.heap(), count * size_);
  for (size_t i = 0; i < count; ++i) {
    std::copy_n(data_, size_, repeated->data_ + i * size_);
  }
  return Value::Of(repeated);
}

}  // namespace dsl
