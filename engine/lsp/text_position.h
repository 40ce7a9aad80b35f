// SPDX-License-Identifier: Apache-2.0
// Places in a text as editors count them: from 0, columns in units of an
// encoding that need not be ours.

#ifndef GRAPH_ENGINE_LSP_TEXT_POSITION_H_
#define GRAPH_ENGINE_LSP_TEXT_POSITION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"

namespace graph {

enum class Encoding : uint8_t { kUtf8, kUtf16, kUtf32 };

struct TextPosition {
  int64_t line = 0;
  int64_t character = 0;
  friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

struct TextRange {
  TextPosition start;
  TextPosition end;
  friend bool operator==(const TextRange&, const TextRange&) = default;
};

// The offset of a position. One behind the end of its line stands for that end,
// one behind the last line for the end of the text, a negative one for 0. What
// points into the middle of a character stands for its beginning.
uint32_t OffsetOf(const dsl::Source& source, TextPosition position,
                  Encoding encoding);
TextPosition PositionOf(const dsl::Source& source, uint32_t offset,
                        Encoding encoding);
TextRange RangeOf(const dsl::Source& source, dsl::Extent extent,
                  Encoding encoding);

// A change of a text: of `range`, or of all of it.
struct TextChange {
  std::optional<TextRange> range;
  std::string text;
};
std::string Apply(const dsl::Source& source, const TextChange& change,
                  Encoding encoding);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_TEXT_POSITION_H_
