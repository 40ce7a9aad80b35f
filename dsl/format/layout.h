// SPDX-License-Identifier: Apache-2.0

// An expression as pieces of text and the places where lines may be broken:
// what lies between the tree (layout_builder.h) and the text
// (layout_printer.h).

#ifndef GRAPH_DSL_FORMAT_LAYOUT_H_
#define GRAPH_DSL_FORMAT_LAYOUT_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/strings/string_view.h"

namespace dsl {

struct Stmt;

inline constexpr int kLineWidth = 80;
inline constexpr int kIndent = 4;

enum class PieceKind : uint8_t {
  kText,     // Never broken.
  kSeq,      // One after the other; broken only within its parts.
  kBracket,  // On one line, or each item on a line of its own.
  kChain,    // Operands, each with its operator: the same, aligned.
};

// What stands between items of a bracket, and behind the last.
enum class Separator : uint8_t {
  kComma,         // `,`; behind the last if each has a line of its own.
  kCommaAlways,   // As kComma, and always behind the last: (x,)
  kCommaBetween,  // Never behind the last: x[i, j]
  kNone,          // [x for x in y], (x)
};

struct Piece;

// A part of a list-like thing, with the comments that belong to it.
struct Item {
  Piece* piece = nullptr;           // Null if only comments stand here, or
  const Stmt* statement = nullptr;  // a statement does.
  uint32_t begin = 0;
  // Comments from `from` to `begin` stand before it, those up to `to` on its
  // last line or somewhere within it.
  uint32_t from = 0;
  uint32_t to = 0;
  bool blank = false;          // An empty line is above it and its comments.
  absl::string_view key = {};  // What it is sorted by.
};

// Lies in an arena.
struct Piece {
  PieceKind kind;
  Separator separator;  // Of kBracket.
  bool hard;            // Cannot stand on one line.
  bool can_break;
  // kBracket: something of its own was on several lines, or a comma stood
  // behind the last. kChain: a line ended at an operator.
  bool spread;
  bool paren;     // kBracket: just grouping.
  bool optional;  // kBracket: without brackets if on one line.
  bool sorted;    // kBracket: its items are not in the order of the text.
  bool deep;      // kChain: too deep in the tree for parentheses around it.
  bool ends_with_bracket;  // One that holds something.
  bool ends_with_data;     // A list or dict, or a bracket around one alone.
  int width;               // On one line.
  int head;  // Of that, up to the first place where it may be broken.
  absl::string_view text;         // kText; the opening bracket.
  absl::string_view close;        // The closing bracket.
  std::span<Piece* const> parts;  // kSeq
  std::span<const Item> items;    // kBracket, kChain
  uint32_t close_at;              // Where the closing bracket was.
};

// Appends the piece on one line, without its comments.
void AppendFlat(const Piece& piece, std::string* out);

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_LAYOUT_H_
