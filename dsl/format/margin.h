// SPDX-License-Identifier: Apache-2.0

// What a tree leaves out of a text and its form keeps: comments, empty lines,
// and where lines were broken.

#ifndef GRAPH_DSL_FORMAT_MARGIN_H_
#define GRAPH_DSL_FORMAT_MARGIN_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/comments.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// Asks about the text of one source, which must outlive it.
class Margin {
 public:
  Margin(const Source& source, std::span<const Token> tokens);

  absl::string_view text() const { return text_; }
  size_t comments() const { return comments_.size(); }
  const Comment& comment(size_t i) const { return comments_[i]; }
  // Without blanks at its end.
  absl::string_view TextOf(const Comment& comment) const;

  // The first comment that starts at `offset` or later.
  size_t CommentFrom(uint32_t offset) const;
  bool AnyComment(uint32_t begin, uint32_t end) const;
  // Whether a comment in the range is `directive`, perhaps with more behind it.
  bool Says(absl::string_view directive, uint32_t begin, uint32_t end) const;

  bool AnyLineEnd(uint32_t begin, uint32_t end) const;
  // The end of the line on which `begin` lies, but at most `end`.
  uint32_t LineEnd(uint32_t begin, uint32_t end) const;
  // How many empty lines, up to `most`, stand above what starts at `offset`; 0
  // if it is not the first on its line.
  int EmptyLinesAbove(uint32_t offset, int most) const;
  // From 0.
  uint32_t ColumnOf(uint32_t offset) const;

 private:
  absl::string_view text_;
  std::vector<Comment> comments_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_MARGIN_H_
