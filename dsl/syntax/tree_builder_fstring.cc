// SPDX-License-Identifier: Apache-2.0

// f-strings: text and expressions in turn.

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dsl/syntax/literals.h"
#include "dsl/syntax/tree_builder.h"
#include "dsl/syntax/tree_builder_inl.h"

namespace dsl {

void TreeBuilder::FString() {
  const Extent literal = Last();
  const Quoted quoted = SplitQuoted(*file_.source(), literal);
  std::vector<FStringPart> parts;
  uint32_t depth = 0;
  Extent rest = quoted.body;
  while (rest.begin < rest.end) {
    rest.begin = TextPart(rest, quoted.raw, &parts);
    if (rest.begin < rest.end) rest.begin = ExprPart(rest, &parts, &depth);
  }
  auto* expr = Make<FStringExpr>(literal.begin, literal.end);
  expr->parts = arena_.Copy(parts.data(), parts.size());
  PushAbove(expr, depth);
}

// Adds the text up to the next `{` that is not doubled; returns where that is,
// or the end.
uint32_t TreeBuilder::TextPart(Extent part, bool raw,
                               std::vector<FStringPart>* parts) {
  const absl::string_view text = file_.source()->text();
  const auto add = [&](uint32_t begin, uint32_t end) {
    if (begin == end) return;
    FStringPart piece{};
    piece.text =
        Unquote(*file_.source(), {begin, end}, raw, arena_, diagnostics_);
    parts->push_back(piece);
  };
  uint32_t begin = part.begin;
  uint32_t at = begin;
  while (at < part.end) {
    const char c = text[at];
    if (c == '\\' && !raw && at + 1 < part.end && text[at + 1] != '{') {
      at += 2;
    } else if (c != '{' && c != '}') {
      ++at;
    } else if (at + 1 < part.end && text[at + 1] == c) {
      add(begin, at + 1);  // one of the two braces
      at += 2;
      begin = at;
    } else if (c == '{') {
      break;
    } else {
      Error({at, at + 1}, "a `}` without a `{` in an f-string",
            "write }} for a brace");
      ++at;
    }
  }
  at = std::min(at, part.end);
  add(begin, at);
  return at;
}

// Adds the expression in the braces that open at `part.begin`; returns what
// stands behind them, or the end if they are wrong.
uint32_t TreeBuilder::ExprPart(Extent part, std::vector<FStringPart>* parts,
                               uint32_t* depth) {
  const absl::string_view text = file_.source()->text();
  FStringPart piece{};
  uint32_t at = part.begin;
  piece.expr = embedded_({part.begin + 1, part.end}, &at);
  if (piece.expr == nullptr) return part.end;
  *depth = std::max<uint32_t>(*depth, piece.expr->depth);
  if (at + 1 < part.end && text[at] == '!') {
    const char conversion = text[at + 1];
    if (conversion != 's' && conversion != 'r') {
      Error({at, at + 2}, "after `!` in an f-string stands `s` or `r`");
      return part.end;
    }
    if (conversion == 'r') piece.conversion = FStringPart::Conversion::kRepr;
    at += 2;
  }
  if (at >= part.end) {
    Error({part.begin, part.begin + 1}, "the `{` is never closed");
    return part.end;
  }
  if (text[at] == ':' || text[at] == '=') {
    Error({at, at + 1},
          text[at] == ':' ? "f-strings have no format specifications"
                          : "f-strings have no `=`",
          "use str.format or %, or an expression");
    return part.end;
  }
  if (text[at] != '}') {
    Error({at, at + 1},
          absl::StrCat("expected `}`, not `", text.substr(at, 1), "`"));
    return part.end;
  }
  parts->push_back(piece);
  return at + 1;
}

}  // namespace dsl
