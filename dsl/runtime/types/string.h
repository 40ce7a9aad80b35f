// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_STRING_H_
#define GRAPH_DSL_RUNTIME_TYPES_STRING_H_

#include <atomic>
#include <cstdint>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// Immutable bytes, by convention UTF-8, which follow the object.
class String final : public Object {
 public:
  // No string is longer than this, so that absurd ones are errors.
  static constexpr size_t kMaxSize = 256 << 20;

  static String* Make(Heap& heap, absl::string_view text);
  // One whose bytes the caller fills in at once.
  static String* MakeUninitialized(Heap& heap, size_t size);

  absl::string_view text() const { return {data(), size_}; }
  char* data() const {
    return reinterpret_cast<char*>(const_cast<String*>(this) + 1);
  }
  // Never 0; remembered.
  uint32_t hash() const {
    const uint32_t known = hash_.load(std::memory_order_relaxed);
    return known != 0 ? known : ComputeHash();
  }
  static uint32_t HashText(absl::string_view text);

  absl::string_view type_name() const override { return "string"; }
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
  friend class Heap;
  explicit String(size_t size) : Object(Kind::kString), size_(size) {}
  uint32_t ComputeHash() const;

  mutable std::atomic<uint32_t> hash_{0};
  size_t size_;
};

inline absl::string_view Value::as_string() const {
  return static_cast<const String*>(object())->text();
}

// `left + right`; fails beyond String::kMaxSize.
absl::StatusOr<Value> Concatenate(Heap& heap, absl::string_view left,
                                  absl::string_view right);

// `format % value`.
absl::StatusOr<Value> FormatPercent(Thread& thread, absl::string_view format,
                                    Value value);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_STRING_H_
