// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/token_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/lexer.h"
#include "engine/lsp/cursor.h"

namespace graph {

using dsl::TokenType;

TokenText::TokenText(const dsl::Source& source) : source_(source) {
  if (source.text().size() > dsl::Source::kMaxSize) return;
  dsl::Diagnostics ignored;
  tokens_ = dsl::Lex(source, ignored);
  comments_ = dsl::FindComments(source, tokens_);
  for (dsl::Token& token : tokens_) {
    if (token.type == TokenType::BAD_STRING) token.type = TokenType::STRING;
  }
  std::erase_if(tokens_, [](const dsl::Token& token) {
    return token.extent.begin == token.extent.end;
  });
}

size_t TokenText::FirstEndingAt(uint32_t offset) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                       [](const dsl::Token& token, uint32_t wanted) {
                         return token.extent.end < wanted;
                       });
  return static_cast<size_t>(found - tokens_.begin());
}

bool TokenText::IsWord(size_t index) const {
  const dsl::Token& token = tokens_[index];
  if (token.type == TokenType::STRING || token.type == TokenType::FSTRING) {
    return false;
  }
  const char first = source_.text()[token.extent.begin];
  return absl::ascii_isalpha(static_cast<unsigned char>(first)) || first == '_';
}

std::string TokenText::Name(size_t index) const {
  if (index >= tokens_.size() || tokens_[index].type != TokenType::IDENT) {
    return "";
  }
  return std::string(source_.Text(tokens_[index].extent));
}

std::string TokenText::Literal(size_t index) const {
  return std::string(source_.Text(BodyOf(source_, tokens_[index].extent)));
}

std::pair<std::string, size_t> TokenText::DottedBefore(size_t index) const {
  std::string dotted;
  size_t first = index;
  while (first > 0 && tokens_[first - 1].type == TokenType::IDENT) {
    --first;
    const std::string name = Name(first);
    dotted = dotted.empty() ? name : absl::StrCat(name, ".", dotted);
    if (first == 0 || tokens_[first - 1].type != TokenType::DOT) {
      return {dotted, first};
    }
    --first;
  }
  return {"", index};  // Something else stands before the dot.
}

bool TokenText::AtMargin(size_t index) const {
  const uint32_t begin = tokens_[index].extent.begin;
  return begin == 0 || source_.text()[begin - 1] == '\n';
}

bool TokenText::BeginsStatement(size_t index) const {
  if (!AtMargin(index)) return false;
  const TokenType type = tokens_[index].type;
  if (type == TokenType::DEF || type == TokenType::LOAD) return true;
  if (type != TokenType::IDENT || index + 1 >= tokens_.size()) return false;
  const TokenType next = tokens_[index + 1].type;
  return next == TokenType::LPAREN || next == TokenType::ASSIGN ||
         next == TokenType::DOT;
}

}  // namespace graph
