// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/text_position.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// The bytes of the character that begins with `lead`; a byte that cannot begin
// one stands for itself.
size_t BytesOf(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xf0 && byte < 0xf8) return 4;
  if (byte >= 0xe0) return byte < 0xf0 ? 3 : 1;
  return byte >= 0xc0 ? 2 : 1;
}

int64_t UnitsOf(size_t bytes, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return static_cast<int64_t>(bytes);
  return encoding == Encoding::kUtf16 && bytes == 4 ? 2 : 1;
}

}  // namespace

uint32_t OffsetOf(const dsl::Source& source, TextPosition position,
                  Encoding encoding) {
  const absl::string_view text = source.text();
  if (position.line < 0) return 0;
  if (position.line >= std::numeric_limits<int>::max()) {
    return static_cast<uint32_t>(text.size());
  }
  const absl::string_view line =
      source.Line(static_cast<int>(position.line) + 1);
  if (line.data() == nullptr) return static_cast<uint32_t>(text.size());
  size_t at = 0;
  int64_t units = 0;
  while (at < line.size()) {
    const size_t bytes = std::min(BytesOf(line[at]), line.size() - at);
    units += UnitsOf(bytes, encoding);
    if (units > position.character) break;
    at += bytes;
  }
  return static_cast<uint32_t>(line.data() - text.data() + at);
}

TextPosition PositionOf(const dsl::Source& source, uint32_t offset,
                        Encoding encoding) {
  const dsl::Position position = source.PositionOf(offset);
  TextPosition result{position.line - 1, 0};
  const absl::string_view line = source.Line(position.line);
  const size_t column =
      std::min<size_t>(line.size(), static_cast<size_t>(position.column - 1));
  for (size_t at = 0; at < column;) {
    const size_t bytes = std::min(BytesOf(line[at]), line.size() - at);
    result.character += UnitsOf(bytes, encoding);
    at += bytes;
  }
  return result;
}

TextRange RangeOf(const dsl::Source& source, dsl::Extent extent,
                  Encoding encoding) {
  return {PositionOf(source, extent.begin, encoding),
          PositionOf(source, extent.end, encoding)};
}

std::string Apply(const dsl::Source& source, const TextChange& change,
                  Encoding encoding) {
  if (!change.range.has_value()) return change.text;
  const uint32_t begin = OffsetOf(source, change.range->start, encoding);
  const uint32_t end =
      std::max(begin, OffsetOf(source, change.range->end, encoding));
  return absl::StrCat(source.text().substr(0, begin), change.text,
                      source.text().substr(end));
}

}  // namespace graph
