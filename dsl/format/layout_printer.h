// SPDX-License-Identifier: Apache-2.0

// From pieces to lines of text.

#ifndef GRAPH_DSL_FORMAT_LAYOUT_PRINTER_H_
#define GRAPH_DSL_FORMAT_LAYOUT_PRINTER_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "dsl/format/layout.h"
#include "dsl/format/margin.h"

namespace dsl {

// Writes pieces and, between them, the comments of the text, of which it knows
// the next. Each piece is looked at once: what fits on the rest of the line
// goes there, what does not is broken at its outermost place.
class LayoutPrinter {
 public:
  explicit LayoutPrinter(const Margin& margin) : margin_(margin) {}

  // `indent` is that of the line on which the piece starts; `rest` is how wide
  // what follows on the line of its end is.
  void Print(const Piece& piece, int indent, int rest) {
    Print(piece, {indent, rest});
  }
  void Put(absl::string_view text);
  // Ends the line, and starts one with `empty` lines above it.
  void NewLine(int indent, int empty = 0);

  // Writes the next comments that start before `limit`, each on a line of its
  // own, with up to `most` of the empty lines above each that the text has;
  // above the first `first` instead. True if there were some.
  bool OwnLines(uint32_t limit, int indent, int first, int most);
  // Writes the next comments that start before `limit` behind what stands on
  // the line; what is more than one on lines of its own.
  void Trailing(uint32_t limit, int indent);

  // The next comment is the first that starts at `offset` or later.
  void Seek(uint32_t offset) { next_ = margin_.CommentFrom(offset); }
  // Null if there is no more.
  const Comment* Next() const {
    return next_ < margin_.comments() ? &margin_.comment(next_) : nullptr;
  }

  const std::string& text() const { return out_; }
  std::string Take() { return std::move(out_); }

 private:
  struct Place {
    int indent;
    int rest;
    bool inside = false;  // Of brackets: lines may be broken anywhere.
    bool force = false;   // The last bracket is to be broken.
  };

  void Print(const Piece& piece, Place place);
  void PrintSeq(const Piece& seq, Place place);
  void PrintBracket(const Piece& bracket, Place place);
  void Expand(const Piece& bracket, int indent);
  bool PrintInOneLine(const Piece& bracket, int indent);
  bool BreakingHelps(const Piece& bracket, int indent) const;
  void PrintItem(const Piece& bracket, const Item& item, int indent);
  void PrintChain(const Piece& chain, Place place, bool may_hug);
  void BreakChain(const Piece& chain, int rest);
  void PrintItemsInLine(const Piece& chain, Place place, bool force);
  bool Fits(const Piece& piece, int rest) const {
    return !piece.hard && column_ + piece.width + rest <= kLineWidth;
  }
  bool MayHug(const Piece& bracket) const;
  bool LastMayHug(const Piece& chain) const;

  const Margin& margin_;
  size_t next_ = 0;  // Of the comments.
  std::string out_;
  int column_ = 0;
};

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_LAYOUT_PRINTER_H_
