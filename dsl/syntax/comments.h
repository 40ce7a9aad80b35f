// SPDX-License-Identifier: Apache-2.0

// The comments of a text, which the tree leaves out.

#ifndef GRAPH_DSL_SYNTAX_COMMENTS_H_
#define GRAPH_DSL_SYNTAX_COMMENTS_H_

#include <span>
#include <vector>

#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// From its `#` up to the end of its line.
struct Comment {
  Extent extent;
  bool own_line = false;  // Nothing but blanks stands before it on its line.
};

// In the order of the text. `tokens` are those that Lex gave for the source:
// comments stand between them.
std::vector<Comment> FindComments(const Source& source,
                                  std::span<const Token> tokens);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_COMMENTS_H_
