// SPDX-License-Identifier: Apache-2.0

#include "dsl/format/layout_printer.h"

#include <algorithm>
#include <vector>

namespace dsl {
namespace {

absl::string_view CommaOf(const Piece& bracket, const Item& item) {
  if (bracket.separator == Separator::kNone) return "";
  const bool last = &item == &bracket.items.back();
  return last && bracket.separator == Separator::kCommaBetween ? "" : ",";
}

}  // namespace

void LayoutPrinter::Put(absl::string_view text) {
  out_.append(text.data(), text.size());
  const size_t line = text.rfind('\n');
  if (line != absl::string_view::npos) {
    text.remove_prefix(line + 1);
    column_ = 0;
  }
  column_ +=
      static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
      }));
}

void LayoutPrinter::NewLine(int indent, int empty) {
  if (!out_.empty()) out_.append(1 + empty, '\n');
  out_.append(indent, ' ');
  column_ = indent;
}

bool LayoutPrinter::OwnLines(uint32_t limit, int indent, int first, int most) {
  bool any = false;
  for (; Next() != nullptr && Next()->extent.begin < limit; ++next_) {
    const int empty =
        any ? margin_.EmptyLinesAbove(Next()->extent.begin, most) : first;
    NewLine(indent, std::min(empty, any ? most : first));
    Put(margin_.TextOf(*Next()));
    any = true;
  }
  return any;
}

void LayoutPrinter::Trailing(uint32_t limit, int indent) {
  if (Next() == nullptr || Next()->extent.begin >= limit) return;
  Put("  ");
  Put(margin_.TextOf(*Next()));
  ++next_;
  OwnLines(limit, indent, 0, 0);
}

void LayoutPrinter::Print(const Piece& piece, Place place) {
  if (!place.force && Fits(piece, place.rest)) {
    std::string line;
    AppendFlat(piece, &line);
    return Put(line);
  }
  switch (piece.kind) {
    case PieceKind::kText:
      return Put(piece.text);
    case PieceKind::kSeq:
      return PrintSeq(piece, place);
    case PieceKind::kBracket:
      return PrintBracket(piece, place);
    case PieceKind::kChain:
      return PrintChain(piece, place, /*may_hug=*/true);
  }
}

void LayoutPrinter::PrintSeq(const Piece& seq, Place place) {
  // What must follow each part on its line.
  std::vector<int> rests(seq.parts.size());
  int rest = place.rest;
  for (size_t i = seq.parts.size(); i-- > 0;) {
    rests[i] = rest;
    rest = seq.parts[i]->head + (seq.parts[i]->can_break ? 0 : rest);
  }
  for (size_t i = 0; i < seq.parts.size(); ++i) {
    Place part = place;
    part.rest = rests[i];
    part.force = place.force && i + 1 == seq.parts.size();
    Print(*seq.parts[i], part);
  }
}

// Whether the only item of a bracket may start on the line of the opening
// bracket and end on that of the closing one.
bool LayoutPrinter::MayHug(const Piece& bracket) const {
  if (bracket.items.size() != 1 || bracket.spread || bracket.optional ||
      bracket.separator == Separator::kCommaAlways ||
      bracket.items[0].piece == nullptr) {
    return false;
  }
  const Piece& item = *bracket.items[0].piece;
  if (!item.ends_with_bracket) return false;
  if (item.hard) return true;
  return item.ends_with_data &&
         column_ + static_cast<int>(bracket.text.size()) + item.head <=
             kLineWidth;
}

void LayoutPrinter::PrintBracket(const Piece& bracket, Place place) {
  if (!bracket.can_break) {
    Put(bracket.text);
    return Put(bracket.close);
  }
  if (!MayHug(bracket)) {
    if (BreakingHelps(bracket, place.indent)) {
      return Expand(bracket, place.indent);
    }
    std::string line;
    AppendFlat(bracket, &line);
    return Put(line);
  }
  Put(bracket.text);
  place.rest += static_cast<int>(bracket.close.size());
  place.inside = true;
  Print(*bracket.items[0].piece, place);
  Put(bracket.close);
}

// One thing alone that is too wide for any line stays where it is.
bool LayoutPrinter::BreakingHelps(const Piece& bracket, int indent) const {
  if (bracket.hard || bracket.items.size() != 1) return true;
  const Piece& item = *bracket.items[0].piece;
  return item.can_break || indent + kIndent + item.width < kLineWidth;
}

// What has no commas gets one line of its own if it fits there.
bool LayoutPrinter::PrintInOneLine(const Piece& bracket, int indent) {
  if (bracket.separator != Separator::kNone || bracket.hard) return false;
  const int edge = static_cast<int>(bracket.text.size());
  if (indent + kIndent + bracket.width - 2 * edge > kLineWidth) return false;
  std::string line;
  AppendFlat(bracket, &line);
  Put(bracket.text);
  NewLine(indent + kIndent);
  Put(absl::string_view(line).substr(edge, line.size() - 2 * edge));
  NewLine(indent);
  Put(bracket.close);
  return true;
}

void LayoutPrinter::Expand(const Piece& bracket, int indent) {
  if (PrintInOneLine(bracket, indent)) return;
  const int inner = indent + kIndent;
  Put(bracket.text);
  uint32_t end = bracket.close_at;
  if (!bracket.items.empty() && !bracket.sorted) {
    end = bracket.items.front().from;
  }
  if (bracket.sorted) {
    for (const Item& item : bracket.items) end = std::min(end, item.from);
  }
  Trailing(end, inner);
  uint32_t last = 0;
  for (const Item& item : bracket.items) {
    if (bracket.sorted) Seek(item.from);
    PrintItem(bracket, item, inner);
    last = std::max(last, item.to);
  }
  if (bracket.sorted) Seek(last);
  if (Next() != nullptr && Next()->extent.begin < bracket.close_at) {
    const int empty = bracket.items.empty()
                          ? 0
                          : margin_.EmptyLinesAbove(Next()->extent.begin, 1);
    OwnLines(bracket.close_at, inner, empty, 1);
  }
  NewLine(indent);
  Put(bracket.close);
}

void LayoutPrinter::PrintItem(const Piece& bracket, const Item& item,
                              int indent) {
  const bool first = &item == &bracket.items.front();
  const int blank = item.blank && !first ? 1 : 0;
  const bool comments = OwnLines(item.begin, indent, blank, 1);
  if (item.piece == nullptr) return;
  NewLine(indent, comments ? margin_.EmptyLinesAbove(item.begin, 1) : blank);
  const absl::string_view comma = CommaOf(bracket, item);
  const Place place = {indent, static_cast<int>(comma.size()),
                       /*inside=*/true};
  if (item.piece->kind == PieceKind::kChain && !Fits(*item.piece, place.rest)) {
    PrintChain(*item.piece, place, /*may_hug=*/!bracket.paren);
  } else {
    Print(*item.piece, place);
  }
  Put(comma);
  Trailing(item.to, indent);
}

bool LayoutPrinter::LastMayHug(const Piece& chain) const {
  if (chain.hard || chain.spread) return false;
  const Piece& last = *chain.items.back().piece;
  const int before = chain.width - last.width;
  return last.ends_with_data && column_ + before + last.head <= kLineWidth;
}

void LayoutPrinter::PrintItemsInLine(const Piece& chain, Place place,
                                     bool force) {
  std::vector<int> rests(chain.items.size());
  int rest = place.rest;
  for (size_t i = chain.items.size(); i-- > 0;) {
    const Piece& piece = *chain.items[i].piece;
    rests[i] = rest;
    rest = 1 + piece.head + (piece.can_break ? 0 : rest);
  }
  for (size_t i = 0; i < chain.items.size(); ++i) {
    if (i > 0) Put(" ");
    Place part = place;
    part.rest = rests[i];
    part.force = force && i + 1 == chain.items.size();
    Print(*chain.items[i].piece, part);
  }
}

// It does not fit. Operands that are broken themselves leave the operators on
// their lines; else each operand has a line, within parentheses if there are no
// brackets around.
void LayoutPrinter::PrintChain(const Piece& chain, Place place, bool may_hug) {
  if (chain.hard && !chain.spread) {
    return PrintItemsInLine(chain, place, /*force=*/false);
  }
  if (may_hug && LastMayHug(chain)) {
    return PrintItemsInLine(chain, place, /*force=*/true);
  }
  if (place.inside) return BreakChain(chain, place.rest);
  if (chain.deep) return PrintItemsInLine(chain, place, /*force=*/false);
  Put("(");
  NewLine(place.indent + kIndent);
  if (Fits(chain, 0)) {
    std::string line;
    AppendFlat(chain, &line);
    Put(line);
  } else {
    BreakChain(chain, 0);
  }
  NewLine(place.indent);
  Put(")");
}

void LayoutPrinter::BreakChain(const Piece& chain, int rest) {
  const int indent = column_;
  for (const Item& item : chain.items) {
    const bool last = &item == &chain.items.back();
    if (&item != &chain.items.front()) {
      OwnLines(item.begin, indent, 0, 0);
      NewLine(indent);
    }
    Print(*item.piece, {indent, last ? rest : 0, /*inside=*/true});
    if (!last) Trailing(item.to, indent);
  }
}

}  // namespace dsl
