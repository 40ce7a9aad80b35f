// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/names.h"

#include <cstring>
#include <utility>

namespace dsl {
namespace {

constexpr size_t kFirstSlots = 64;

// Names are short: eight bytes at a time, multiplied and folded.
uint64_t HashOf(absl::string_view text) {
  uint64_t hash = text.size() * 0x9e3779b97f4a7c15;
  const char* at = text.data();
  size_t left = text.size();
  while (left > 0) {
    uint64_t word = 0;
    const size_t step = left < 8 ? left : 8;
    std::memcpy(&word, at, step);
    hash = (hash ^ word) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
    at += step;
    left -= step;
  }
  return hash;
}

constexpr uint64_t kIdMask = 0xffffffff;

}  // namespace

Names::Names() : slots_(kFirstSlots) {}

uint32_t Names::Intern(absl::string_view name) {
  const uint64_t hash = HashOf(name);
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    const uint64_t slot = slots_[at];
    if (slot == 0) {
      texts_.push_back(name);
      slots_[at] = (hash & ~kIdMask) | texts_.size();
      const auto id = static_cast<uint32_t>(texts_.size() - 1);
      if (2 * texts_.size() > slots_.size()) Grow();
      return id;
    }
    if ((slot & ~kIdMask) != (hash & ~kIdMask)) continue;
    const auto id = static_cast<uint32_t>((slot & kIdMask) - 1);
    if (texts_[id] == name) return id;
  }
}

void Names::Grow() {
  std::vector<uint64_t> slots(2 * slots_.size());
  const size_t mask = slots.size() - 1;
  for (size_t id = 0; id < texts_.size(); ++id) {
    const uint64_t hash = HashOf(texts_[id]);
    size_t at = hash & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = (hash & ~kIdMask) | (id + 1);
  }
  slots_ = std::move(slots);
}

}  // namespace dsl
