// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_SET_H_
#define GRAPH_DSL_RUNTIME_TYPES_SET_H_

#include "dsl/runtime/types/hash_table.h"
#include "dsl/runtime/value.h"

namespace dsl {

// among them. Cannot be changed while it is iterated, nor when its heap is
// frozen.
class Set final : public Object {
 public:
  explicit Set(Heap& heap) : Object(Kind::kSet), heap_(&heap) {}

  const HashTable& table() const { return table_; }
  size_t size() const { return table_.size(); }
  std::span<const HashTable::Entry> entries() const { return table_.entries(); }

  absl::Status CheckMutable() const;
  absl::Status Add(Value element, Thread* thread = nullptr);
  absl::StatusOr<bool> Has(Value element, Thread* thread = nullptr) const;
  // Whether it was there.
  absl::StatusOr<bool> Remove(Value element, Thread* thread = nullptr);
  absl::Status Clear();
  // Changes this set to `this op other`.
  // REQUIRES: op is kOr, kAnd, kSub or kXor.
  absl::Status Combine(BinaryOp op, const Set& other, Thread* thread = nullptr);

  // Lets it be of another heap, which has to outlive this one: freezes it, if
  // that one is frozen.
  void Move(Heap& heap) { heap_ = &heap; }

  void BeginIteration() {
    if (!heap_->frozen()) ++iterators_;
  }
  void EndIteration() {
    if (!heap_->frozen()) --iterators_;
  }

  absl::string_view type_name() const override { return "set"; }
  bool TruthOf() const override { return size() != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<bool> ContainsValue(Thread& thread,
                                     Value element) const override {
    (void)thread;
    return Has(element);
  }
  std::optional<int64_t> LengthOf() const override { return size(); }
  absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op, Value other,
                                   bool self_is_left) const override;

 private:
  Heap* heap_;
  HashTable table_;
  uint32_t iterators_ = 0;
};

// A set of anything iterable.
absl::StatusOr<Set*> MakeSet(Thread& thread, Value iterable);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_SET_H_
