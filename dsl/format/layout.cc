// SPDX-License-Identifier: Apache-2.0

#include "dsl/format/layout.h"

#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

void AppendBracket(const Piece& piece, std::string* out) {
  if (!piece.optional) absl::StrAppend(out, piece.text);
  const bool commas = piece.separator != Separator::kNone;
  absl::string_view between = "";
  for (const Item& item : piece.items) {
    if (item.piece == nullptr) continue;
    absl::StrAppend(out, between);
    AppendFlat(*item.piece, out);
    between = commas ? ", " : " ";
  }
  if (piece.separator == Separator::kCommaAlways) *out += ',';
  if (!piece.optional) absl::StrAppend(out, piece.close);
}

}  // namespace

void AppendFlat(const Piece& piece, std::string* out) {
  switch (piece.kind) {
    case PieceKind::kText:
      absl::StrAppend(out, piece.text);
      return;
    case PieceKind::kSeq:
      for (const Piece* part : piece.parts) AppendFlat(*part, out);
      return;
    case PieceKind::kBracket:
      return AppendBracket(piece, out);
    case PieceKind::kChain:
      for (const Item& item : piece.items) {
        if (&item != &piece.items.front()) *out += ' ';
        AppendFlat(*item.piece, out);
      }
      return;
  }
}

}  // namespace dsl
