// SPDX-License-Identifier: Apache-2.0

#include "dsl/check/silences.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "dsl/syntax/comments.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

constexpr absl::string_view kDisable = "disable";

bool IsLayout(const Token& token) {
  return token.type == TokenType::NEWLINE || token.type == TokenType::INDENT ||
         token.type == TokenType::DEDENT || token.type == TokenType::END;
}

// Where the first statement begins.
uint32_t FirstStatement(std::span<const Token> tokens) {
  for (const Token& token : tokens) {
    if (!IsLayout(token)) return token.extent.begin;
  }
  return tokens.back().extent.begin;
}

// The next line from `line` on that holds more than a comment.
int NextLine(const Source& source, int line, int last) {
  for (; line < last; ++line) {
    const absl::string_view text =
        absl::StripAsciiWhitespace(source.Line(line));
    if (!text.empty() && text.front() != '#') break;
  }
  return line;
}

}  // namespace

Silences::Silences(const Source& source) : source_(source) {
  if (source.text().find("check:") == absl::string_view::npos) return;
  Diagnostics ignored;
  const std::vector<Token> tokens = Lex(source, ignored);
  const uint32_t first = FirstStatement(tokens);
  const int last =
      source.PositionOf(static_cast<uint32_t>(source.text().size())).line;
  for (const Comment& comment : FindComments(source, tokens)) {
    const int line = source.PositionOf(comment.extent.begin).line;
    if (!comment.own_line) {
      Read(comment.extent, line);
    } else {
      Read(comment.extent,
           comment.extent.begin < first ? 0 : NextLine(source, line + 1, last));
    }
  }
}

void Silences::Read(Extent comment, int line) {
  const absl::string_view all = source_.text();
  absl::string_view text = source_.Text(comment).substr(1);
  const auto extent_of = [&](absl::string_view part) {
    const auto begin = static_cast<uint32_t>(part.data() - all.data());
    return Extent{begin, begin + static_cast<uint32_t>(part.size())};
  };
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "check:")) return;
  text = absl::StripLeadingAsciiWhitespace(text);
  const size_t equals = text.find('=');
  if (equals == absl::string_view::npos) return;
  const absl::string_view verb =
      absl::StripTrailingAsciiWhitespace(text.substr(0, equals));
  if (verb != kDisable) {
    if (!NearestName(verb, std::array{kDisable}).empty()) {
      misspelt_.push_back(extent_of(verb));
    }
    return;
  }
  text.remove_prefix(equals + 1);
  for (bool more = true; more;) {
    text = absl::StripLeadingAsciiWhitespace(text);
    const absl::string_view name = text.substr(0, text.find_first_of(", \t"));
    mentions_.push_back({extent_of(name), std::string(name), line});
    text.remove_prefix(name.size());
    text = absl::StripLeadingAsciiWhitespace(text);
    more = absl::ConsumePrefix(&text, ",");
  }
}

bool Silences::Cover(absl::string_view check, uint32_t begin) const {
  for (const Mention& mention : mentions_) {
    if (mention.name != check) continue;
    if (mention.line == 0) return true;
    if (mention.line == source_.PositionOf(begin).line) return true;
  }
  return false;
}

}  // namespace dsl
