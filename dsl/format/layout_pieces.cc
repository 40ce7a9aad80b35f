// SPDX-License-Identifier: Apache-2.0

// The four kinds of pieces: how wide they are, and whether they can be on one
// line.

#include <algorithm>
#include <utility>

#include "dsl/format/layout_builder.h"

namespace dsl {
namespace {

// Wider than any line; sums of a few do not overflow.
constexpr int kTooWide = 1 << 20;

int Sum(int a, int b) { return std::min(a + b, kTooWide); }

// In characters: bytes that do not continue one.
int WidthOf(absl::string_view line) {
  const auto count = std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  });
  return static_cast<int>(std::min<ptrdiff_t>(count, kTooWide));
}

}  // namespace

Piece* LayoutBuilder::Make(PieceKind kind) {
  auto* piece = arena_.New<Piece>();
  piece->kind = kind;
  return piece;
}

// Of a text of several lines the longer of the first and the last counts.
Piece* LayoutBuilder::Text(absl::string_view text) {
  Piece* const piece = Make(PieceKind::kText);
  piece->text = text;
  const size_t first = text.find('\n');
  piece->width = WidthOf(text.substr(0, first));
  if (first != absl::string_view::npos) {
    piece->width =
        std::max(piece->width, WidthOf(text.substr(text.rfind('\n') + 1)));
  }
  piece->head = piece->width;
  return piece;
}

Piece* LayoutBuilder::Seq(std::span<Piece* const> parts) {
  Piece* const piece = Make(PieceKind::kSeq);
  for (const Piece* part : parts) {
    piece->width = Sum(piece->width, part->width);
    piece->hard |= part->hard;
    if (!piece->can_break) piece->head = Sum(piece->head, part->head);
    piece->can_break |= part->can_break;
  }
  piece->ends_with_bracket = parts.back()->ends_with_bracket;
  piece->ends_with_data = parts.back()->ends_with_data;
  piece->parts = arena_.Copy(parts.data(), parts.size());
  return piece;
}

Piece* LayoutBuilder::Bracket(absl::string_view open, absl::string_view close,
                              Separator separator, Extent inner,
                              std::vector<Item> items, bool spread) {
  Piece* const piece = Make(PieceKind::kBracket);
  piece->text = open;
  piece->close = close;
  piece->separator = separator;
  piece->close_at = inner.end;
  const bool comments = margin_.AnyComment(inner.begin, inner.end);
  piece->can_break = !items.empty() || comments;
  piece->hard = comments;
  const bool commas = separator != Separator::kNone;
  // What gets no comma of its own goes back on one line if it fits.
  piece->spread = spread && piece->can_break;
  piece->hard |=
      piece->spread && commas && separator != Separator::kCommaBetween;
  piece->width = static_cast<int>(open.size() + close.size());
  bool first = true;
  for (const Item& item : items) {
    if (item.piece == nullptr) continue;
    if (!std::exchange(first, false)) piece->width += commas ? 2 : 1;
    piece->width = Sum(piece->width, item.piece->width);
    piece->hard |= item.piece->hard;
  }
  if (separator == Separator::kCommaAlways) ++piece->width;
  piece->head = static_cast<int>(open.size());
  piece->ends_with_bracket = !items.empty();
  piece->ends_with_data = items.size() == 1 && items[0].piece != nullptr &&
                          items[0].piece->ends_with_data;
  piece->items = arena_.Copy(items.data(), items.size());
  return piece;
}

Piece* LayoutBuilder::Chain(std::vector<Item> items, bool spread) {
  Piece* const piece = Make(PieceKind::kChain);
  piece->spread = spread;
  piece->can_break = true;
  piece->deep = deep_;
  piece->width = static_cast<int>(std::min<size_t>(items.size(), kTooWide)) - 1;
  uint32_t end = items.front().begin;
  for (const Item& item : items) {
    piece->width = Sum(piece->width, item.piece->width);
    piece->hard |= item.piece->hard || margin_.AnyComment(end, item.begin);
    end = item.to;
  }
  piece->head = items.front().piece->head;
  piece->items = arena_.Copy(items.data(), items.size());
  return piece;
}

}  // namespace dsl
