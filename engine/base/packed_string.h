// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_BASE_PACKED_STRING_H_
#define GRAPH_ENGINE_BASE_PACKED_STRING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "engine/base/packed_vector.h"

namespace graph {

// A string as small as a pointer, that owns nothing if it is empty. Beside
// other values that small it takes a quarter of the place of a std::string.
class PackedString {
 public:
  PackedString() = default;
  // Implicit, for these are strings, too.
  PackedString(absl::string_view text) : bytes_(text.begin(), text.end()) {}
  PackedString(const std::string& text)
      : PackedString(absl::string_view(text)) {}
  PackedString(const char* text) : PackedString(absl::string_view(text)) {}

  absl::string_view view() const { return {bytes_.begin(), bytes_.size()}; }
  bool empty() const { return bytes_.empty(); }

  friend bool operator==(const PackedString& a, const PackedString& b) {
    return a.view() == b.view();
  }

 private:
  PackedVector<char> bytes_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_PACKED_STRING_H_
