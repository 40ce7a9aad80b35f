// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/hash_table.h"

#include <algorithm>
#include <bit>

#include "absl/status/status_macros.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/same_text.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/walk.h"

namespace dsl {

absl::StatusOr<uint32_t> HashTable::Hash(Value key, Walk& walk) {
  if (key.is_small_int()) {
    return static_cast<uint32_t>(HashWord(key.small_int()));
  }
  if (key.is_string()) return static_cast<String*>(key.object())->hash();
  ASSIGN_OR_RETURN(uint64_t hash, walk.Hash(key));
  return static_cast<uint32_t>(hash);
}

// Whether the entry's key is the key, where that is plain to see; otherwise
// sets *unsure.
bool HashTable::KeyIs(const Entry& entry, Value key, uint32_t hash,
                      bool* unsure) const {
  if (entry.hash != hash) return false;
  if (entry.key.Same(key)) return true;
  if (!entry.live()) return false;
  if (entry.key.is_string() && key.is_string()) {
    return SameText(entry.key.as_string(), key.as_string());
  }
  *unsure = !(entry.key.is_small_int() && key.is_small_int());
  return false;
}

absl::StatusOr<HashTable::Entry*> HashTable::Find(Value key, uint32_t hash,
                                                  Walk& walk) const {
  const uint32_t mask = slots_ - 1;
  uint32_t at = slots_ == 0 ? 0 : hash & mask;
  for (;;) {
    Entry* entry;
    if (slots_ == 0) {
      if (at == used_) return nullptr;
      entry = &entries_[at++];
    } else {
      if (index_[at] == kEmpty) return nullptr;
      entry = &entries_[index_[at]];
      at = (at + 1) & mask;
    }
    bool unsure = false;
    if (KeyIs(*entry, key, hash, &unsure)) return entry;
    if (unsure) {
      ASSIGN_OR_RETURN(bool equal, walk.Equal(entry->key, key));
      if (equal) return entry;
    }
  }
}

HashTable::Entry* HashTable::FindText(absl::string_view key) const {
  const uint32_t hash = String::HashText(key);
  const auto matches = [&](const Entry& entry) {
    return entry.hash == hash && entry.key.is_string() &&
           entry.key.as_string() == key;
  };
  if (slots_ == 0) {
    Entry* end = entries_ + used_;
    Entry* found = std::find_if(entries_, end, matches);
    return found == end ? nullptr : found;
  }
  for (uint32_t at = hash & (slots_ - 1); index_[at] != kEmpty;
       at = (at + 1) & (slots_ - 1)) {
    if (matches(entries_[index_[at]])) return &entries_[index_[at]];
  }
  return nullptr;
}

absl::Status HashTable::Set(Heap& heap, Value key, uint32_t hash, Value value,
                            Walk& walk) {
  ASSIGN_OR_RETURN(Entry * found, Find(key, hash, walk));
  if (found != nullptr) {
    found->value = value;
    return absl::OkStatus();
  }
  if (used_ == capacity_) {
    RETURN_IF_ERROR(Grow(heap));
  }
  if (slots_ != 0) {
    uint32_t at = hash & (slots_ - 1);
    while (index_[at] != kEmpty) at = (at + 1) & (slots_ - 1);
    index_[at] = used_;
  }
  entries_[used_++] = {key, value, hash};
  ++live_;
  return absl::OkStatus();
}

// Makes room for one entry more: closes the holes if there are many, or else
// doubles.
absl::Status HashTable::Grow(Heap& heap) {
  if (live_ >= kMaxElements) {
    return absl::InvalidArgumentError("dict or set is too large");
  }
  const uint32_t capacity = std::max<uint32_t>(4, std::bit_ceil(live_ * 2));
  const size_t bytes = size_t{capacity} * sizeof(Entry);
  auto* grown = static_cast<Entry*>(heap.AllocateArray(bytes));
  std::copy_if(entries_, entries_ + used_, grown,
               [](const Entry& entry) { return entry.live(); });
  heap.FreeArray(entries_, capacity_ * sizeof(Entry));
  entries_ = grown;
  capacity_ = capacity;
  used_ = live_;
  Reindex(heap, capacity > kLinear ? capacity * 2 : 0);
  return absl::OkStatus();
}

void HashTable::Reindex(Heap& heap, uint32_t slots) {
  if (slots != slots_) {
    heap.FreeArray(index_, slots_ * sizeof(uint32_t));
    index_ = slots == 0 ? nullptr
                        : static_cast<uint32_t*>(
                              heap.AllocateArray(slots * sizeof(uint32_t)));
    slots_ = slots;
  }
  std::fill_n(index_, slots_, kEmpty);
  for (uint32_t i = 0; i < used_ && slots_ != 0; ++i) {
    uint32_t at = entries_[i].hash & (slots_ - 1);
    while (index_[at] != kEmpty) at = (at + 1) & (slots_ - 1);
    index_[at] = i;
  }
}

void HashTable::Remove(Heap&, Entry* entry) {
  entry->key = Value();
  entry->value = Value();
  --live_;
  // Holes at the end go at once when there is no index to them, so that a
  // stack of keys stays short.
  while (slots_ == 0 && used_ > 0 && !entries_[used_ - 1].live()) --used_;
}

void HashTable::Clear() {
  used_ = live_ = 0;
  std::fill_n(index_, slots_, kEmpty);
}

}  // namespace dsl
