// SPDX-License-Identifier: Apache-2.0

// What is done with texts all the time, of which most are short.

#ifndef GRAPH_DSL_RUNTIME_TYPES_SHORT_TEXT_H_
#define GRAPH_DSL_RUNTIME_TYPES_SHORT_TEXT_H_

#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace dsl {

// Copies the text and gives where it ends. Two words that overlap cover what
// is between one and two of them, and spare the call of memcpy.
inline char* CopyText(absl::string_view text, char* to) {
  const size_t size = text.size();
  const auto copy = [&]<class Word>(Word word, size_t at) {
    std::memcpy(&word, text.data() + at, sizeof(Word));
    std::memcpy(to + at, &word, sizeof(Word));
  };
  if (size > 16) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 8) {
    copy(uint64_t{}, 0);
    copy(uint64_t{}, size - 8);
  } else if (size >= 4) {
    copy(uint32_t{}, 0);
    copy(uint32_t{}, size - 4);
  } else {
    for (size_t i = 0; i < size; ++i) to[i] = text[i];
  }
  return to + size;
}

// Where the part stands first, or npos; one letter is sought at once.
inline size_t FindText(absl::string_view text, absl::string_view part) {
  if (part.size() != 1) return text.find(part);
  if (text.empty()) return text.npos;
  const void* found = std::memchr(text.data(), part[0], text.size());
  if (found == nullptr) return text.npos;
  return static_cast<const char*>(found) - text.data();
}

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_SHORT_TEXT_H_
