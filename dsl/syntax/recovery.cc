// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/recovery.h"

#include <algorithm>

#include "dsl/syntax/lexer.h"

namespace dsl {
namespace {

using Type = TokenType;

bool IsLayout(Type type) {
  return type == Type::NEWLINE || type == Type::INDENT || type == Type::DEDENT;
}

bool IsOpening(Type type) {
  return type == Type::LPAREN || type == Type::LBRACK || type == Type::LBRACE;
}

bool IsClosing(Type type) {
  return type == Type::RPAREN || type == Type::RBRACK || type == Type::RBRACE;
}

bool ContinuesIf(Type type) { return type == Type::ELIF || type == Type::ELSE; }

// Whether each bracket from `from` up to `to` is closed by one of its kind.
bool Balanced(const std::vector<Token>& tokens, size_t from, size_t to) {
  std::vector<Type> open;
  for (size_t i = from; i < to; ++i) {
    const Type type = tokens[i].type;
    if (IsOpening(type)) open.push_back(type);
    if (!IsClosing(type)) continue;
    const Type opener = type == Type::RPAREN   ? Type::LPAREN
                        : type == Type::RBRACK ? Type::LBRACK
                                               : Type::LBRACE;
    if (open.empty() || open.back() != opener) return false;
    open.pop_back();
  }
  return open.empty();
}

size_t StatementStart(const std::vector<Token>& tokens, size_t at) {
  while (at > 0 && !IsLayout(tokens[at - 1].type)) --at;
  return at;
}

// The NEWLINE, or END, that ends the line of the token.
size_t LineEnd(const std::vector<Token>& tokens, size_t at) {
  while (tokens[at].type != Type::NEWLINE && tokens[at].type != Type::END) ++at;
  return at;
}

// Behind the block that the INDENT opens.
size_t SkipBlock(const std::vector<Token>& tokens, size_t indent) {
  int depth = 0;
  for (size_t i = indent; i < tokens.size(); ++i) {
    depth += tokens[i].type == Type::INDENT;
    depth -= tokens[i].type == Type::DEDENT;
    if (depth == 0) return i + 1;
  }
  return tokens.size() - 1;
}

// Behind the statement, but for what continues it: a line, and its block.
size_t SkipClause(const std::vector<Token>& tokens, size_t start) {
  const size_t end = LineEnd(tokens, start);
  if (tokens[end].type == Type::END) return end;
  return tokens[end + 1].type == Type::INDENT ? SkipBlock(tokens, end + 1)
                                              : end + 1;
}

bool BeginsStatement(Type type) {
  switch (type) {
    case Type::IDENT:
    case Type::RESERVED:
    case Type::TYPE:
    case Type::BREAK:
    case Type::CONTINUE:
    case Type::DEF:
    case Type::ELIF:
    case Type::ELSE:
    case Type::FOR:
    case Type::IF:
    case Type::LOAD:
    case Type::PASS:
    case Type::RETURN:
      return true;
    default:
      return false;
  }
}

bool BeginsLine(absl::string_view text, const std::vector<Token>& tokens,
                size_t at) {
  const uint32_t before = tokens[at - 1].extent.end;
  return text.substr(before, tokens[at].extent.begin - before).find('\n') !=
         absl::string_view::npos;
}

// Whether the line that the token begins looks like `name = value,` within
// brackets.
bool IsElement(absl::string_view text, const std::vector<Token>& tokens,
               size_t at, size_t to) {
  size_t end = at + 1;
  while (end < to && !BeginsLine(text, tokens, end)) ++end;
  const Type last = tokens[end - 1].type;
  return (last == Type::COMMA || last == Type::TCOMMA) &&
         Balanced(tokens, at, end);
}

// The `if` that an `elif` or `else` continues.
size_t FindIf(const std::vector<Token>& tokens, size_t at) {
  int depth = 0;
  for (size_t i = at; i-- > 0;) {
    depth += tokens[i].type == Type::DEDENT;
    depth -= tokens[i].type == Type::INDENT;
    if (depth < 0) break;
    if (depth == 0 && tokens[i].type == Type::IF &&
        StatementStart(tokens, i) == i) {
      return i;
    }
  }
  return at;
}

}  // namespace

size_t NextStatement(const Source& source, const std::vector<Token>& tokens,
                     size_t from, size_t to) {
  const absl::string_view text = source.text();
  const auto line_start = [&](uint32_t offset) -> size_t {
    const size_t end =
        offset == 0 ? absl::string_view::npos : text.rfind('\n', offset - 1);
    return end == absl::string_view::npos ? 0 : end + 1;
  };
  const size_t opened = line_start(tokens[from].extent.begin);
  const size_t indentation =
      std::min(text.find_first_not_of(" \t", opened), text.size()) - opened;
  for (size_t i = from + 1; i < to; ++i) {
    if (!BeginsLine(text, tokens, i) || !BeginsStatement(tokens[i].type)) {
      continue;
    }
    const uint32_t begin = tokens[i].extent.begin;
    if (begin - line_start(begin) > indentation) continue;
    if (!IsElement(text, tokens, i, to)) return i;
  }
  return to;
}

Recovery::Recovery(const Source& source)
    : source_(source), text_(source.text()) {}

std::vector<Token> Recovery::Lex(Diagnostics& diagnostics) const {
  const std::vector<Token> lexed = LexText(source_, text_, diagnostics);
  std::vector<Token> tokens;
  tokens.reserve(lexed.size() + 4 * marks_.size());
  std::vector<bool> levelled;  // of each open block
  for (const Token& token : lexed) {
    if (token.type == Type::INDENT) {
      levelled.push_back(levelled_.contains(token.extent.begin));
      if (levelled.back()) continue;
    } else if (token.type == Type::DEDENT && !levelled.empty()) {
      const bool left_out = levelled.back();
      levelled.pop_back();
      if (left_out) continue;
    } else if (token.type == Type::INT) {
      const auto mark = marks_.find(token.extent.begin);
      if (mark != marks_.end()) {
        EmitMark(mark->second, token.extent, &tokens);
        continue;
      }
    }
    tokens.push_back(token);
  }
  return tokens;
}

void Recovery::EmitMark(Mark mark, Extent extent,
                        std::vector<Token>* tokens) const {
  if (mark != Mark::kPass) {
    const bool elif = mark == Mark::kElif || mark == Mark::kElifPass;
    tokens->push_back({extent, elif ? Type::ELIF : Type::IF});
    tokens->push_back({extent, Type::IDENT});
    tokens->push_back({extent, Type::COLON});
  }
  if (mark == Mark::kPass || mark == Mark::kIfPass || mark == Mark::kElifPass) {
    tokens->push_back({extent, Type::PASS});
  }
}

void Recovery::Blank(uint32_t begin, uint32_t end, Mark mark) {
  for (uint32_t i = begin; i < end; ++i) {
    if (text_[i] != '\n') text_[i] = ' ';
  }
  text_[begin] = '0';
  marks_[begin] = mark;
}

// What may bind a name: the name itself, or a string of a load.
void Recovery::CollectNames(const std::vector<Token>& tokens, size_t from,
                            uint32_t end) {
  for (size_t i = from; i < tokens.size(); ++i) {
    if (tokens[i].extent.begin >= end) return;
    const absl::string_view text = source_.Text(tokens[i].extent);
    if (tokens[i].type == Type::IDENT || tokens[i].type == Type::RESERVED) {
      names_.insert(text);
    } else if (tokens[i].type == Type::STRING && text.size() > 2) {
      names_.insert(text.substr(1, text.size() - 2));
    }
  }
}

bool Recovery::Drop(const std::vector<Token>& tokens, size_t at,
                    bool block_missing) {
  if (!block_missing && tokens[at].type == Type::INDENT) {
    return levelled_.insert(tokens[at].extent.begin).second;
  }
  if (block_missing) {
    do {
      if (at == 0) return false;
      --at;
    } while (tokens[at].type != Type::NEWLINE);
  }
  const size_t start = StatementStart(tokens, at);
  const Token& first = tokens[start];
  if (first.type == Type::END || IsLayout(first.type) ||
      marks_.contains(first.extent.begin)) {
    return false;
  }
  const size_t line_end = LineEnd(tokens, at);
  // Behind a bracket that is not closed the lexer saw no end of the line.
  const size_t next = Balanced(tokens, start, line_end)
                          ? line_end
                          : NextStatement(source_, tokens, start, line_end);
  const uint32_t end = next == line_end ? tokens[line_end].extent.end
                                        : tokens[next].extent.begin;
  CollectNames(tokens, start, end);
  const bool continues = ContinuesIf(first.type) && at > start;
  const bool has_block = next == line_end && line_end + 1 < tokens.size() &&
                         tokens[line_end + 1].type == Type::INDENT;
  const bool is_continued = next == line_end && line_end + 1 < tokens.size() &&
                            ContinuesIf(tokens[line_end + 1].type);
  const absl::string_view word = source_.Text(first.extent);
  if (has_block) {
    Blank(first.extent.begin, end, continues ? Mark::kElif : Mark::kIf);
    if (word == "try") BlankHandlers(tokens, line_end + 1);
  } else if (continues) {
    Blank(first.extent.begin, end, Mark::kElifPass);
  } else {
    Blank(first.extent.begin, end, is_continued ? Mark::kIfPass : Mark::kPass);
  }
  return true;
}

// The lines that continue a `try`, which was reported: not once more for each.
void Recovery::BlankHandlers(const std::vector<Token>& tokens, size_t block) {
  for (size_t at = SkipBlock(tokens, block); at < tokens.size();) {
    const absl::string_view word = source_.Text(tokens[at].extent);
    if (word != "except" && word != "finally" && word != "else") return;
    const size_t end = LineEnd(tokens, at);
    if (end + 1 >= tokens.size() || tokens[end + 1].type != Type::INDENT) {
      return;
    }
    CollectNames(tokens, at, tokens[end].extent.end);
    Blank(tokens[at].extent.begin, tokens[end].extent.end, Mark::kElif);
    at = SkipBlock(tokens, end + 1);
  }
}

void Recovery::DropRest(const std::vector<Token>& tokens, size_t at) {
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i <= at; ++i) {
    depth += tokens[i].type == Type::INDENT;
    depth -= tokens[i].type == Type::DEDENT;
    if (depth == 0 && !ContinuesIf(tokens[i].type) &&
        !IsLayout(tokens[i].type) && StatementStart(tokens, i) == i) {
      start = i;
    }
  }
  const auto end = static_cast<uint32_t>(text_.size());
  CollectNames(tokens, start, end);
  for (uint32_t i = tokens[start].extent.begin; i < end; ++i) text_[i] = ' ';
}

bool Recovery::Finish(const std::vector<Token>& tokens) {
  bool any = false;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool continues = tokens[i].type == Type::ELIF;
    if (!continues && tokens[i].type != Type::IF) continue;
    const auto mark = marks_.find(tokens[i].extent.begin);
    if (mark == marks_.end() || mark->second == Mark::kPass) continue;
    const size_t start = continues ? FindIf(tokens, i) : i;
    size_t end = SkipClause(tokens, start);
    while (ContinuesIf(tokens[end].type)) end = SkipClause(tokens, end);
    const uint32_t stop = tokens[end].extent.begin;
    CollectNames(tokens, start, stop);
    Blank(tokens[start].extent.begin, stop, Mark::kPass);
    any = true;
    i = end - 1;
  }
  return any;
}

}  // namespace dsl
