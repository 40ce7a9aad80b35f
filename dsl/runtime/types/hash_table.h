// SPDX-License-Identifier: Apache-2.0

// HashTable, what dicts and sets are made of.

#ifndef GRAPH_DSL_RUNTIME_TYPES_HASH_TABLE_H_
#define GRAPH_DSL_RUNTIME_TYPES_HASH_TABLE_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// A hash table that keeps the order of insertion: entries in an array, and,
// beyond a few, an index of their positions by hash (open addressing, linear
// probing). A removed entry leaves a hole (a key without a value) until the
// table is rebuilt. Its arrays lie on the heap; trivially destructible.
class HashTable {
 public:
  struct Entry {
    Value key;
    Value value;
    uint32_t hash;
    bool live() const { return static_cast<bool>(key); }
  };

  size_t size() const { return live_; }
  // All entries with the holes: skip those that are not live.
  std::span<const Entry> entries() const { return {entries_, used_}; }

  // The hash of a key as the table uses it; fails if it is unhashable.
  static absl::StatusOr<uint32_t> Hash(Value key, Walk& walk);

  // The entry of an equal key, or nullptr. Fails only when keys are nested too
  // deeply to compare.
  absl::StatusOr<Entry*> Find(Value key, uint32_t hash, Walk& walk) const;
  // The same for a string that need not be on a heap.
  Entry* FindText(absl::string_view key) const;
  // Binds the key, which keeps its place if it is there already.
  absl::Status Set(Heap& heap, Value key, uint32_t hash, Value value,
                   Walk& walk);
  void Remove(Heap& heap, Entry* entry);
  void Clear();

 private:
  static constexpr uint32_t kEmpty = 0xffffffff;
  static constexpr uint32_t kLinear = 8;  // up to this many without an index

  bool KeyIs(const Entry& entry, Value key, uint32_t hash, bool* unsure) const;
  absl::Status Grow(Heap& heap);
  void Reindex(Heap& heap, uint32_t slots);

  Entry* entries_ = nullptr;
  uint32_t* index_ = nullptr;
  uint32_t used_ = 0;
  uint32_t live_ = 0;
  uint32_t capacity_ = 0;
  uint32_t slots_ = 0;  // of the index, a power of two; 0 without an index
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_HASH_TABLE_H_
