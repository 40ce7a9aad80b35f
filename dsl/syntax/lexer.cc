// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/lexer.h"

#include <cctype>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/grammar/generated/lexer_table.h"
#include "dsl/syntax/file.h"

namespace dsl {
namespace {

// The quote that a typographic one was meant to be.
absl::string_view QuoteMeantBy(absl::string_view character) {
  for (const absl::string_view each :
       {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x9f",
        "\xc2\xab", "\xc2\xbb"}) {
    if (character == each) return "\"";
  }
  for (const absl::string_view each :
       {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9a", "\xe2\x80\x9b",
        "\xc2\xb4"}) {
    if (character == each) return "'";
  }
  return "";
}

std::string HintForCharacter(char character) {
  switch (character) {
    case '\\':
      return "nothing may follow a backslash on its line";
    case '?':
      return "write `x if condition else y` for a choice";
    case '@':
      return "there are no decorators";
    case '$':
      return "use an f-string or format() to put values into a text";
    default:
      return "";
  }
}

class Lexer {
 public:
  Lexer(const Source& source, absl::string_view text, Extent range,
        Diagnostics& diagnostics)
      : source_(source),
        diagnostics_(diagnostics),
        text_(text.data()),
        line_(range.begin),
        at_(range.begin),
        end_(range.end) {
    tokens_.reserve((range.end - range.begin) / 5 + 16);
  }

  std::vector<Token> Lex();
  std::vector<Token> LexEmbedded();

 private:
  // The next match of the table: its type, and at_ moves behind it.
  TokenType Match();
  void Emit(TokenType type, uint32_t begin, uint32_t end) {
    tokens_.push_back({{begin, end}, type});
  }
  // Before a token that no comma needs to stand before.
  void MarkTrailingComma() {
    if (!tokens_.empty() && tokens_.back().type == TokenType::COMMA) {
      tokens_.back().type = TokenType::TCOMMA;
    }
  }
  void LineEnd(uint32_t begin);
  // Before the first token of a line: INDENT and DEDENT.
  void LineStart(uint32_t begin);
  uint32_t ColumnBehindTabs(uint32_t begin);
  void Add(TokenType type, uint32_t begin);
  void AddName(uint32_t begin);
  void AddString(uint32_t begin);
  void Finish();
  void Reject(TokenType type, uint32_t begin);
  void RejectNumber(absl::string_view text, Span span);
  void RejectCharacter(uint32_t begin);

  absl::string_view TextOf(uint32_t begin) const {
    return {text_ + begin, at_ - begin};
  }
  bool IsWord(const Token& token, absl::string_view word) const {
    const Extent extent = token.extent;
    return absl::string_view(text_ + extent.begin, extent.end - extent.begin) ==
           word;
  }

  const Source& source_;
  Diagnostics& diagnostics_;
  const char* const text_;
  uint32_t line_;  // where the current line starts
  uint32_t at_;
  const uint32_t end_;
  int brackets_ = 0;
  bool at_line_start_ = true;
  bool tab_reported_ = false;
  uint32_t bad_line_ = ~uint32_t{0};  // where one was reported
  std::vector<uint32_t> indents_ = {0};
  std::vector<Token> tokens_;
};

TokenType Lexer::Match() {
  const auto* const text = reinterpret_cast<const uint8_t*>(text_);
  uint32_t at = at_;
  uint32_t matched = at;
  uint8_t type = 0;
  uint8_t state = 1;
  while (at < end_) {
    state = kNextState[state][kClassOf[text[at]]];
    if (state == 0) break;
    ++at;
    if (kAccepts[state] != 0) {
      type = kAccepts[state];
      matched = at;
    }
  }
  at_ = matched;
  return static_cast<TokenType>(type);
}

void Lexer::LineEnd(uint32_t begin) {
  line_ = at_;
  if (brackets_ > 0 || at_line_start_) return;
  MarkTrailingComma();
  if (tokens_.back().type == TokenType::SEMI) {
    tokens_.back().type = TokenType::TSEMI;
  }
  Emit(TokenType::NEWLINE, begin, at_);
  at_line_start_ = true;
}

void Lexer::LineStart(uint32_t begin) {
  at_line_start_ = false;
  uint32_t column = begin - line_;
  if (absl::string_view(text_ + line_, column).find('\t') !=
      absl::string_view::npos) {
    column = ColumnBehindTabs(begin);
  }
  if (column > indents_.back()) {
    indents_.push_back(column);
    Emit(TokenType::INDENT, begin, begin);
    if (indents_.size() == File::kMaxBlocks + 2) {
      diagnostics_.Error(source_.At({begin, begin}),
                         "blocks are nested too deeply");
    }
  }
  while (column < indents_.back()) {
    indents_.pop_back();
    Emit(TokenType::DEDENT, begin, begin);
    if (column > indents_.back()) {
      if (!tab_reported_) {
        diagnostics_.Error(source_.At({line_, begin}),
                           "the dedent matches no earlier indentation",
                           absl::StrCat("indent by ", indents_.back(),
                                        " spaces to leave the block"));
      }
      // It is of the block that it did not leave: each INDENT has its DEDENT.
      tokens_.pop_back();
      indents_.push_back(column);
      break;
    }
  }
}

// Says once that tabs do not indent; then they are taken for what most editors
// make of them, so that the rest of the file can be read.
uint32_t Lexer::ColumnBehindTabs(uint32_t begin) {
  uint32_t column = 0;
  for (uint32_t at = line_; at < begin; ++at) {
    column = text_[at] == '\t' ? (column / 8 + 1) * 8 : column + 1;
    if (text_[at] != '\t' || tab_reported_) continue;
    diagnostics_.Error(source_.At({at, at + 1}), "a tab cannot indent a line",
                       "indent with spaces");
    tab_reported_ = true;
  }
  return column;
}

// `type` before a name, where a statement starts, is no name itself.
void Lexer::AddName(uint32_t begin) {
  const size_t count = tokens_.size();
  if (count > 0 && tokens_[count - 1].type == TokenType::IDENT &&
      IsWord(tokens_[count - 1], "type")) {
    const TokenType before =
        count > 1 ? tokens_[count - 2].type : TokenType::NEWLINE;
    if (before == TokenType::NEWLINE || before == TokenType::INDENT ||
        before == TokenType::DEDENT || before == TokenType::SEMI) {
      tokens_[count - 1].type = TokenType::TYPE;
    }
  }
  Emit(TokenType::IDENT, begin, at_);
}

// What the prefix of a literal makes of it.
void Lexer::AddString(uint32_t begin) {
  TokenType type = TokenType::STRING;
  if (text_[begin] != '"' && text_[begin] != '\'') {
    const absl::string_view prefix =
        TextOf(begin).substr(0, TextOf(begin).find_first_of("\"'"));
    const auto has = [&](const char* letters) {
      return prefix.find_first_of(letters) != absl::string_view::npos;
    };
    const Span span = source_.At({begin, begin + uint32_t(prefix.size())});
    if (has("bB")) {
      diagnostics_.Error(span, "there are no bytes literals",
                         "leave out the b: strings are bytes");
    } else if (prefix.size() == 2 && !(has("fF") && has("rR"))) {
      diagnostics_.Error(
          span, absl::StrCat("`", prefix, "` is no prefix of a string"));
    } else if (has("fF")) {
      type = TokenType::FSTRING;
    }
  }
  Emit(type, begin, at_);
}

void Lexer::Add(TokenType type, uint32_t begin) {
  switch (type) {
    case TokenType::IDENT:
      return AddName(begin);
    case TokenType::LPAREN:
    case TokenType::LBRACK:
    case TokenType::LBRACE:
      ++brackets_;
      break;
    case TokenType::RPAREN:
    case TokenType::RBRACK:
    case TokenType::RBRACE:
      if (brackets_ > 0) --brackets_;
      MarkTrailingComma();
      break;
    case TokenType::ASSIGN:
    case TokenType::COLON:
    case TokenType::IN:
      MarkTrailingComma();
      break;
    case TokenType::BAD_NUMBER:
    case TokenType::BAD_STRING:
    case TokenType::BAD:
    case TokenType::END:
      return Reject(type, begin);
    case TokenType::STRING:
      return AddString(begin);
    default:
      break;
  }
  Emit(type, begin, at_);
}

std::vector<Token> Lexer::Lex() {
  while (at_ < end_) {
    // What the table would say, but a quarter of a text are spaces.
    if (text_[at_] == ' ') {
      ++at_;
      continue;
    }
    const uint32_t begin = at_;
    const TokenType type = Match();
    switch (type) {
      case TokenType::SPACE:
      case TokenType::COMMENT:
        break;
      case TokenType::JOIN:
        if (!at_line_start_) line_ = at_;
        break;
      case TokenType::NEWLINE:
        LineEnd(begin);
        break;
      default:
        if (at_line_start_) LineStart(begin);
        Add(type, begin);
    }
  }
  Finish();
  return std::move(tokens_);
}

void Lexer::Finish() {
  if (!at_line_start_) {
    brackets_ = 0;
    LineEnd(end_);
  }
  for (; indents_.size() > 1; indents_.pop_back()) {
    Emit(TokenType::DEDENT, end_, end_);
  }
  Emit(TokenType::END, end_, end_);
}

std::vector<Token> Lexer::LexEmbedded() {
  at_line_start_ = false;
  uint32_t stop = end_;
  while (at_ < end_) {
    const uint32_t begin = at_;
    const TokenType type = Match();
    if (type == TokenType::SPACE || type == TokenType::COMMENT ||
        type == TokenType::JOIN || type == TokenType::NEWLINE) {
      continue;
    }
    if (brackets_ == 0 &&
        (type == TokenType::RBRACE || type == TokenType::COLON ||
         type == TokenType::ASSIGN || text_[begin] == '!')) {
      // `{x!=y}` is a comparison.
      if (type != TokenType::NE) {
        stop = begin;
        break;
      }
    }
    // The colon of a lambda: brackets would keep it.
    Add(type, begin);
  }
  Emit(TokenType::END, stop, stop);
  return std::move(tokens_);
}

void Lexer::Reject(TokenType type, uint32_t begin) {
  if (at_ == begin) ++at_;  // the table matched nothing
  const absl::string_view text = TextOf(begin);
  const Span span = source_.At({begin, at_});
  switch (type) {
    case TokenType::BAD_NUMBER:
      RejectNumber(text, span);
      return Emit(TokenType::INT, begin, at_);
    case TokenType::BAD_STRING: {
      const bool triple =
          absl::StrContains(text, "\"\"\"") || absl::StrContains(text, "'''");
      const size_t first = text.find_first_of("\r\n");
      diagnostics_.Error(
          source_.At(
              {begin, static_cast<uint32_t>(first == absl::string_view::npos
                                                ? at_
                                                : begin + first)}),
          triple ? "the string is not closed before the end of the file"
                 : "the string is not closed before the end of the line");
      return Emit(TokenType::BAD_STRING, begin, at_);
    }
    default:
      return RejectCharacter(begin);
  }
}

void Lexer::RejectNumber(absl::string_view text, Span span) {
  if (absl::StrContains(text, '_')) {
    diagnostics_.Error(span, "a number has no underscores");
  } else if (text.find_first_not_of("0123456789") == absl::string_view::npos) {
    diagnostics_.Error(span, "an octal number starts with 0o",
                       absl::StrCat("write 0o", text.substr(1)));
  } else {
    diagnostics_.Error(
        span, absl::StrCat("`", text.substr(0, 40), "` is not a number"));
  }
}

void Lexer::RejectCharacter(uint32_t begin) {
  const auto first = static_cast<unsigned char>(text_[begin]);
  while (first >= 128 && at_ < end_ &&
         (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80) {
    ++at_;  // the rest of one character
  }
  Emit(TokenType::BAD, begin, at_);
  // One is enough of a line.
  if (bad_line_ == line_) return;
  bad_line_ = line_;
  const Span span = source_.At({begin, at_});
  const absl::string_view text = TextOf(begin);
  const absl::string_view quote = QuoteMeantBy(text);
  if (!quote.empty()) {
    diagnostics_
        .Error(span, absl::StrCat("`", text, "` does not quote a string"),
               absl::StrCat("write ", quote))
        .edit = Edit{span, std::string(quote)};
  } else if (text == "\xc2\xa0") {
    diagnostics_
        .Error(span, "this is a no-break space, which only looks like a space",
               "write a space")
        .edit = Edit{span, " "};
  } else if (first >= 128) {
    diagnostics_.Error(span,
                       absl::StrCat("the character `", text,
                                    "` may stand only in strings and comments"),
                       "names are made of ASCII letters, digits and _");
  } else if (first == '!') {
    diagnostics_.Error(span, "unexpected `!`", "did you mean `not`?").edit =
        Edit{span, "not "};
  } else if (std::isprint(first)) {
    diagnostics_.Error(span, absl::StrCat("unexpected character `", text, "`"),
                       HintForCharacter(static_cast<char>(first)));
  } else {
    constexpr char kHex[] = "0123456789abcdef";
    diagnostics_.Error(span, absl::StrCat("unexpected byte 0x",
                                          std::string(1, kHex[first >> 4]),
                                          std::string(1, kHex[first & 15])));
  }
}

}  // namespace

std::vector<Token> Lex(const Source& source, Diagnostics& diagnostics) {
  return LexText(source, source.text(), diagnostics);
}

std::vector<Token> LexText(const Source& source, absl::string_view text,
                           Diagnostics& diagnostics) {
  const auto size = static_cast<uint32_t>(text.size());
  const uint32_t mark = absl::StartsWith(text, "\xef\xbb\xbf") ? 3 : 0;
  return Lexer(source, text, {mark, size}, diagnostics).Lex();
}

std::vector<Token> LexEmbedded(const Source& source, Extent part,
                               Diagnostics& diagnostics) {
  return Lexer(source, source.text(), part, diagnostics).LexEmbedded();
}

}  // namespace dsl
