// SPDX-License-Identifier: Apache-2.0

#include "dsl/format/margin.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace dsl {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

// To the lexer a comment ends with its line, and a lone \r ends no line.
Margin::Margin(const Source& source, std::span<const Token> tokens)
    : text_(source.text()) {
  uint32_t end = 0;
  for (Comment comment : FindComments(source, tokens)) {
    if (comment.extent.begin < end) continue;
    end = static_cast<uint32_t>(
        std::min(text_.find('\n', comment.extent.begin), text_.size()));
    comment.extent.end = end;
    comments_.push_back(comment);
  }
}

absl::string_view Margin::TextOf(const Comment& comment) const {
  return absl::StripTrailingAsciiWhitespace(text_.substr(
      comment.extent.begin, comment.extent.end - comment.extent.begin));
}

size_t Margin::CommentFrom(uint32_t offset) const {
  const auto at = std::lower_bound(
      comments_.begin(), comments_.end(), offset,
      [](const Comment& c, uint32_t o) { return c.extent.begin < o; });
  return at - comments_.begin();
}

bool Margin::AnyComment(uint32_t begin, uint32_t end) const {
  const size_t first = CommentFrom(begin);
  return first < comments_.size() && comments_[first].extent.begin < end;
}

bool Margin::Says(absl::string_view directive, uint32_t begin,
                  uint32_t end) const {
  for (size_t i = CommentFrom(begin);
       i < comments_.size() && comments_[i].extent.begin < end; ++i) {
    absl::string_view said = TextOf(comments_[i]).substr(1);
    said = absl::StripLeadingAsciiWhitespace(said);
    if (absl::StartsWithIgnoreCase(said, directive)) return true;
  }
  return false;
}

bool Margin::AnyLineEnd(uint32_t begin, uint32_t end) const {
  return LineEnd(begin, end) < end;
}

uint32_t Margin::LineEnd(uint32_t begin, uint32_t end) const {
  const size_t found = text_.substr(0, end).find('\n', begin);
  return found == absl::string_view::npos ? end : static_cast<uint32_t>(found);
}

int Margin::EmptyLinesAbove(uint32_t offset, int most) const {
  size_t at = offset;
  int ends = 0;
  while (at > 0 && ends <= most) {
    const char before = text_[at - 1];
    if (before == '\n') {
      ++ends;
    } else if (!IsBlank(before)) {
      break;
    }
    --at;
  }
  return std::max(0, ends - 1);
}

uint32_t Margin::ColumnOf(uint32_t offset) const {
  uint32_t begin = offset;
  while (begin > 0 && text_[begin - 1] != '\n') --begin;
  return offset - begin;
}

}  // namespace dsl
