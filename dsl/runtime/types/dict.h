// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_DICT_H_
#define GRAPH_DSL_RUNTIME_TYPES_DICT_H_

#include "dsl/runtime/types/hash_table.h"
#include "dsl/runtime/value.h"

namespace dsl {

// Keys and their values in the order of insertion. Cannot be changed while it
// is iterated, nor when its heap is frozen. What keys take to hash and compare
// counts as steps of the thread, if one is given.
class Dict final : public Object {
 public:
  explicit Dict(Heap& heap) : Object(Kind::kDict), heap_(&heap) {}

  const HashTable& table() const { return table_; }
  size_t size() const { return table_.size(); }
  std::span<const HashTable::Entry> entries() const { return table_.entries(); }

  absl::Status CheckMutable() const;
  absl::Status Set(Value key, Value value, Thread* thread = nullptr);
  // The value, or Value(). Fails for an unhashable key.
  absl::StatusOr<Value> Get(Value key, Thread* thread = nullptr) const;
  // The value that was there, or Value().
  absl::StatusOr<Value> Remove(Value key, Thread* thread = nullptr);
  absl::Status Clear();
  // Sets all of another dict's.
  absl::Status Update(const Dict& other, Thread* thread = nullptr);

  // Lets it be of another heap, which has to outlive this one: freezes it, if
  // that one is frozen.
  void Move(Heap& heap) { heap_ = &heap; }

  void BeginIteration() {
    if (!heap_->frozen()) ++iterators_;
  }
  void EndIteration() {
    if (!heap_->frozen()) --iterators_;
  }

  absl::string_view type_name() const override { return "dict"; }
  bool TruthOf() const override { return size() != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const override;
  absl::StatusOr<bool> ContainsValue(Thread& thread,
                                     Value element) const override;
  std::optional<int64_t> LengthOf() const override { return size(); }
  absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op, Value other,
                                   bool self_is_left) const override;

 private:
  Heap* heap_;
  HashTable table_;
  uint32_t iterators_ = 0;
};

// Sets what a dict or an iterable of pairs says.
absl::Status UpdateDict(Thread& thread, Dict& dict, Value from);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_DICT_H_
