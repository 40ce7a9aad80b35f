// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_TUPLE_H_
#define GRAPH_DSL_RUNTIME_TYPES_TUPLE_H_

#include <cstdint>
#include <span>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// An immutable sequence, whose elements follow the object.
class Tuple final : public Object {
 public:
  static Tuple* Make(Heap& heap, std::span<const Value> elements);
  // One of None, to be filled in at once.
  static Tuple* MakeSized(Heap& heap, size_t size);

  std::span<const Value> elements() const { return {data(), size_}; }
  size_t size() const { return size_; }
  Value* data() const {
    return reinterpret_cast<Value*>(const_cast<Tuple*>(this) + 1);
  }

  absl::string_view type_name() const override { return "tuple"; }
  bool TruthOf() const override { return size_ != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<int> CompareObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const override;
  absl::StatusOr<bool> ContainsValue(Thread& thread,
                                     Value element) const override;
  std::optional<int64_t> LengthOf() const override { return size_; }
  absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op, Value other,
                                   bool self_is_left) const override;

 private:
  explicit Tuple(size_t size) : Object(Kind::kTuple), size_(size) {}

  size_t size_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_TUPLE_H_
