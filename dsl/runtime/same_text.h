// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_SAME_TEXT_H_
#define GRAPH_DSL_RUNTIME_SAME_TEXT_H_

#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace dsl {

// Whether two names are equal. Names are short: for them this spares the call
// of memcmp.
inline bool SameText(absl::string_view a, absl::string_view b) {
  const size_t size = a.size();
  if (size != b.size()) return false;
  const auto same = [&]<class Word>(Word, size_t at) {
    Word x, y;
    std::memcpy(&x, a.data() + at, sizeof(Word));
    std::memcpy(&y, b.data() + at, sizeof(Word));
    return x == y;
  };
  // Two words that overlap cover what is between one and two of them.
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8) return same(uint64_t{}, 0) && same(uint64_t{}, size - 8);
  if (size >= 4) return same(uint32_t{}, 0) && same(uint32_t{}, size - 4);
  if (size >= 2) return same(uint16_t{}, 0) && same(uint16_t{}, size - 2);
  return size == 0 || a[0] == b[0];
}

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_SAME_TEXT_H_
