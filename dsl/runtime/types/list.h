// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_LIST_H_
#define GRAPH_DSL_RUNTIME_TYPES_LIST_H_

#include <cstdint>
#include <span>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// A growing sequence. Cannot be changed while it is iterated, nor when its heap
// is frozen.
class List final : public Object {
 public:
  explicit List(Heap& heap) : Object(Kind::kList), heap_(&heap) {}
  static List* Make(Heap& heap, std::span<const Value> elements);
  // One of None, to be filled in at once.
  static List* MakeSized(Heap& heap, size_t size);

  std::span<const Value> elements() const { return {data_, size_}; }
  size_t size() const { return size_; }
  Value* data() { return data_; }

  // Fails unless the list may change.
  absl::Status CheckMutable() const;
  absl::Status Append(Value element);
  // `elements` may be the list's own.
  absl::Status Extend(std::span<const Value> elements);
  absl::Status Insert(size_t index, Value element);
  absl::Status Set(size_t index, Value element);
  absl::StatusOr<Value> RemoveAt(size_t index);
  absl::Status Clear();

  // Lets it be of another heap, which has to outlive this one: freezes it, if
  // that one is frozen.
  void Move(Heap& heap) { heap_ = &heap; }

  void BeginIteration() {
    if (!heap_->frozen()) ++iterators_;
  }
  void EndIteration() {
    if (!heap_->frozen()) --iterators_;
  }

  absl::string_view type_name() const override { return "list"; }
  bool TruthOf() const override { return size_ != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<int> CompareObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const override;
  absl::StatusOr<bool> ContainsValue(Thread& thread,
                                     Value element) const override;
  std::optional<int64_t> LengthOf() const override { return size_; }
  absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op, Value other,
                                   bool self_is_left) const override;

 private:
  absl::Status Reserve(size_t size);

  Heap* heap_;
  Value* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
  uint32_t iterators_ = 0;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_LIST_H_
