// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LSP_TOKEN_TEXT_H_
#define GRAPH_ENGINE_LSP_TOKEN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dsl/syntax/comments.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace graph {

// The tokens of a text, with questions that need no tree. Indices count
// tokens().
class TokenText {
 public:
  // `source` outlives this.
  explicit TokenText(const dsl::Source& source);

  const dsl::Source& source() const { return source_; }
  // Without empty ones. A string that is not closed is a STRING, too.
  const std::vector<dsl::Token>& tokens() const { return tokens_; }
  const std::vector<dsl::Comment>& comments() const { return comments_; }

  // The first token that ends at or behind `offset`; tokens().size() if there
  // is none. Empty ones do not count.
  size_t FirstEndingAt(uint32_t offset) const;
  // Whether it is a name or a keyword.
  bool IsWord(size_t index) const;
  // The text of a name, or "".
  std::string Name(size_t index) const;
  // What stands between the quotes of a string.
  std::string Literal(size_t index) const;
  // `native.glob` and the index of its first token, if it stands right before
  // the token; "" if there is no name.
  std::pair<std::string, size_t> DottedBefore(size_t index) const;
  // Nothing stands before it on its line, not even a blank.
  bool AtMargin(size_t index) const;
  // Looks like the beginning of a statement at the top level, so that brackets
  // which are open before it were forgotten.
  bool BeginsStatement(size_t index) const;

 private:
  const dsl::Source& source_;
  std::vector<dsl::Token> tokens_;
  std::vector<dsl::Comment> comments_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_TOKEN_TEXT_H_
