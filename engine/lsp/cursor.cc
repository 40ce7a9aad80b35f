// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/cursor.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/lexer.h"
#include "engine/lsp/token_text.h"

namespace graph {
namespace {

using dsl::Token;
using dsl::TokenType;

bool IsComma(TokenType type) {
  return type == TokenType::COMMA || type == TokenType::TCOMMA;
}

char OpenerOf(TokenType type) {
  switch (type) {
    case TokenType::RPAREN:
      return '(';
    case TokenType::RBRACK:
      return '[';
    case TokenType::RBRACE:
      return '{';
    default:
      return 0;
  }
}

// The brackets that are open, while tokens go by.
class Brackets {
 public:
  explicit Brackets(const TokenText& text) : text_(text) {}

  void Take(size_t index) {
    const Token& token = text_.tokens()[index];
    if (!open_.empty() && text_.BeginsStatement(index)) open_.clear();
    switch (token.type) {
      case TokenType::LPAREN:
        return Push('(', index);
      case TokenType::LBRACK:
        return Push('[', index);
      case TokenType::LBRACE:
        return Push('{', index);
      case TokenType::RPAREN:
      case TokenType::RBRACK:
      case TokenType::RBRACE:
        return Close(OpenerOf(token.type));
      case TokenType::COLON:
        if (!open_.empty()) open_.back().is_key = false;
        return;
      case TokenType::ASSIGN:
        if (!open_.empty() && index > 0) {
          open_.back().call.argument = text_.Name(index - 1);
          open_.back().call.given.push_back(text_.Name(index - 1));
        }
        return;
      default:
        if (IsComma(token.type) && !open_.empty()) Comma(open_.back());
    }
  }

  void Clear() { open_.clear(); }
  // Whether names of arguments may stand here: right within a call.
  bool in_call() const { return !open_.empty() && open_.back().bracket == '('; }
  bool is_key() const {
    return !open_.empty() && open_.back().bracket == '{' && open_.back().is_key;
  }

  std::vector<OpenCall> Calls() const {
    std::vector<OpenCall> calls;
    for (const Open& open : open_) {
      if (open.bracket == '(') {
        calls.push_back(open.call);
      } else if (!calls.empty()) {
        calls.back().brackets.push_back(open.bracket);
      }
    }
    return calls;
  }

 private:
  struct Open {
    char bracket;
    bool is_key = true;
    OpenCall call;
  };

  void Push(char bracket, size_t index) {
    Open open{bracket};
    if (bracket == '(') {
      const auto [callee, first] = text_.DottedBefore(index);
      open.call.callee = callee;
      if (!callee.empty()) {
        open.call.callee_extent = {text_.tokens()[first].extent.begin,
                                   text_.tokens()[index - 1].extent.end};
        open.call.is_def =
            first > 0 && text_.tokens()[first - 1].type == TokenType::DEF;
      } else if (index > 0 &&
                 text_.tokens()[index - 1].type == TokenType::LOAD) {
        open.call.callee = "load";
      }
    }
    open_.push_back(std::move(open));
  }

  // What was not closed before is taken for closed.
  void Close(char bracket) {
    const auto found = std::find_if(
        open_.rbegin(), open_.rend(),
        [bracket](const Open& open) { return open.bracket == bracket; });
    if (found != open_.rend()) open_.erase(found.base() - 1, open_.end());
  }

  static void Comma(Open& open) {
    open.is_key = true;
    open.call.argument.clear();
    ++open.call.position;
  }

  const TokenText& text_;
  std::vector<Open> open_;
};

// The names of the arguments that stand behind token `index`.
void AddGivenBehind(const TokenText& text, size_t index, dsl::Extent word,
                    OpenCall& call) {
  size_t depth = call.brackets.size();
  const std::vector<Token>& tokens = text.tokens();
  for (size_t i = index; i < tokens.size(); ++i) {
    if (text.BeginsStatement(i)) return;
    switch (tokens[i].type) {
      case TokenType::LPAREN:
      case TokenType::LBRACK:
      case TokenType::LBRACE:
        ++depth;
        break;
      case TokenType::RPAREN:
      case TokenType::RBRACK:
      case TokenType::RBRACE:
        if (depth == 0) return;
        --depth;
        break;
      case TokenType::ASSIGN:
        if (depth == 0 && i > 0 && !(tokens[i - 1].extent == word)) {
          call.given.push_back(text.Name(i - 1));
        }
        break;
      default:
        break;
    }
  }
}

bool InComment(const TokenText& text, uint32_t offset) {
  for (const dsl::Comment& comment : text.comments()) {
    if (comment.extent.begin < offset && offset <= comment.extent.end) {
      return true;
    }
  }
  return false;
}

// Whether `offset` lies between the quotes of a literal.
bool InLiteral(const TokenText& text, const Token& token, uint32_t offset) {
  const dsl::Extent body = BodyOf(text.source(), token.extent);
  return body.begin <= offset && offset <= body.end;
}

// What the cursor stands on; `*index` is the token of the word, or the first
// behind the cursor.
void Classify(const TokenText& text, uint32_t offset, size_t* index,
              Cursor* cursor) {
  const std::vector<Token>& tokens = text.tokens();
  *index = text.FirstEndingAt(offset);
  cursor->kind = Cursor::Kind::kName;
  cursor->word = {offset, offset};
  if (*index == tokens.size()) return;
  const Token& token = tokens[*index];
  if (token.extent.begin >= offset) return;
  if (token.type == TokenType::STRING || token.type == TokenType::FSTRING) {
    cursor->kind = Cursor::Kind::kNone;
    if (InLiteral(text, token, offset)) {
      if (token.type == TokenType::STRING) cursor->kind = Cursor::Kind::kString;
      cursor->word = BodyOf(text.source(), token.extent);
    } else if (offset == token.extent.end) {
      cursor->kind = Cursor::Kind::kName;
      ++*index;
    }
    return;
  }
  if (text.IsWord(*index)) {
    cursor->word = token.extent;
    return;
  }
  if (token.type == TokenType::INT || token.type == TokenType::FLOAT) {
    cursor->kind = Cursor::Kind::kNone;
    return;
  }
  if (token.extent.end == offset) ++*index;
}

void ClassifyName(const TokenText& text, size_t index, const Brackets& brackets,
                  Cursor* cursor) {
  if (index == 0) return;
  const std::vector<Token>& tokens = text.tokens();
  const TokenType before = tokens[index - 1].type;
  if (before == TokenType::DOT) {
    cursor->kind = Cursor::Kind::kMember;
    cursor->object = text.DottedBefore(index - 1).first;
    if (index > 1 && tokens[index - 2].type == TokenType::STRING) {
      cursor->object = "\"\"";
    }
  } else if (before == TokenType::DEF) {
    cursor->kind = Cursor::Kind::kNone;
  } else if (brackets.in_call() &&
             (before == TokenType::LPAREN || IsComma(before))) {
    cursor->kind = Cursor::Kind::kArgument;
  }
}

}  // namespace

dsl::Extent BodyOf(const dsl::Source& source, dsl::Extent literal) {
  const absl::string_view text = source.Text(literal);
  size_t begin = text.find_first_of("\"'");
  if (begin == absl::string_view::npos) return {literal.end, literal.end};
  const char quote = text[begin];
  const std::string triple(3, quote);
  const bool is_triple = text.substr(begin, 3) == triple;
  const size_t width = is_triple ? 3 : 1;
  begin += width;
  size_t end = text.size();
  if (end >= begin + width &&
      text.substr(end - width) == absl::string_view(triple).substr(0, width)) {
    end -= width;
  } else if (!is_triple) {
    end = std::min(end, text.find_first_of("\r\n", begin));
  }
  return {static_cast<uint32_t>(literal.begin + begin),
          static_cast<uint32_t>(literal.begin + std::max(begin, end))};
}

Cursor FindCursor(const dsl::Source& source, uint32_t offset) {
  const TokenText text(source);
  Cursor cursor;
  if (InComment(text, offset)) return cursor;
  size_t index = 0;
  Classify(text, offset, &index, &cursor);
  Brackets brackets(text);
  for (size_t i = 0; i < index; ++i) brackets.Take(i);
  // Only on its first word: the lines before it are still of the open call.
  if (index < text.tokens().size() && text.BeginsStatement(index) &&
      text.tokens()[index].extent.begin <= offset &&
      cursor.kind != Cursor::Kind::kString) {
    brackets.Clear();
  }
  if (cursor.kind == Cursor::Kind::kName) {
    ClassifyName(text, index, brackets, &cursor);
  }
  cursor.before = std::string(source.text().substr(
      cursor.word.begin, offset - std::min(offset, cursor.word.begin)));
  cursor.is_key = brackets.is_key();
  cursor.calls = brackets.Calls();
  if (!cursor.calls.empty()) {
    AddGivenBehind(text, index, cursor.word, cursor.calls.back());
  }
  return cursor;
}

std::vector<LoadedName> FindLoads(const dsl::Source& source) {
  const TokenText text(source);
  const std::vector<Token>& tokens = text.tokens();
  std::vector<LoadedName> names;
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].type != TokenType::LOAD ||
        tokens[i + 1].type != TokenType::LPAREN ||
        tokens[i + 2].type != TokenType::STRING) {
      continue;
    }
    const std::string path = text.Literal(i + 2);
    for (i += 3; i < tokens.size(); ++i) {
      const TokenType type = tokens[i].type;
      if (type == TokenType::RPAREN || text.BeginsStatement(i)) break;
      if (type != TokenType::STRING) continue;
      LoadedName name{path, text.Literal(i), text.Literal(i)};
      if (tokens[i - 1].type == TokenType::ASSIGN) {
        name.local = text.Name(i - 2);
      }
      names.push_back(std::move(name));
    }
    --i;
  }
  return names;
}

std::string LoadPathAt(const dsl::Source& source, uint32_t offset) {
  const TokenText text(source);
  std::string path;
  for (size_t i = 0; i + 2 < text.tokens().size(); ++i) {
    if (text.tokens()[i].extent.begin >= offset) break;
    if (text.tokens()[i].type == TokenType::LOAD &&
        text.tokens()[i + 2].type == TokenType::STRING) {
      path = text.Literal(i + 2);
    }
  }
  return path;
}

std::vector<std::string> SaidNames(const dsl::Source& source) {
  const TokenText text(source);
  std::vector<std::string> names;
  for (size_t i = 0; i + 2 < text.tokens().size(); ++i) {
    if (text.tokens()[i + 1].type == TokenType::ASSIGN &&
        text.tokens()[i + 2].type == TokenType::STRING &&
        text.Name(i) == "name") {
      names.push_back(text.Literal(i + 2));
    }
  }
  return names;
}

std::vector<std::string> GlobalNames(const dsl::Source& source) {
  const TokenText text(source);
  const std::vector<Token>& tokens = text.tokens();
  std::vector<std::string> names;
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!text.AtMargin(i)) continue;
    const TokenType type = tokens[i].type;
    if (type == TokenType::DEF || type == TokenType::TYPE) {
      names.push_back(text.Name(i + 1));
    } else if (type == TokenType::IDENT &&
               (tokens[i + 1].type == TokenType::ASSIGN ||
                tokens[i + 1].type == TokenType::COLON)) {
      names.push_back(text.Name(i));
    }
  }
  std::erase(names, "");
  return names;
}

std::vector<std::string> LocalNames(const dsl::Source& source,
                                    uint32_t offset) {
  const TokenText text(source);
  const std::vector<Token>& tokens = text.tokens();
  std::vector<std::string> names;
  int depth = 0;
  bool in_def = false;
  bool in_header = false;
  bool in_targets = false;
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].extent.begin >= offset) break;
    const TokenType type = tokens[i].type;
    if (text.AtMargin(i) && OpenerOf(type) == 0) {
      names.clear();
      depth = 0;
      in_def = type == TokenType::DEF;
    }
    if (!in_def) continue;
    const TokenType next = tokens[i + 1].type;
    if (type == TokenType::DEF) {
      in_header = true;
      if (!text.AtMargin(i)) names.push_back(text.Name(i + 1));
    }
    if (type == TokenType::LPAREN || type == TokenType::LBRACK) ++depth;
    if (type == TokenType::RPAREN || type == TokenType::RBRACK) --depth;
    if (type == TokenType::NEWLINE) in_header = false;
    if (type == TokenType::FOR || type == TokenType::IN) {
      in_targets = type == TokenType::FOR;
    }
    if (type != TokenType::IDENT || i == 0) continue;
    const TokenType before = tokens[i - 1].type;
    const bool parameter =
        in_header && depth == 1 &&
        (before == TokenType::LPAREN || IsComma(before) ||
         before == TokenType::STAR || before == TokenType::STAR_STAR);
    const bool annotated =
        next == TokenType::COLON && before == TokenType::NEWLINE;
    const bool bound = !in_header && depth == 0 && before != TokenType::DOT &&
                       (next == TokenType::ASSIGN || annotated);
    if (parameter || bound || in_targets) names.push_back(text.Name(i));
  }
  std::erase(names, "");
  if (!in_def) names.clear();
  return names;
}

}  // namespace graph
