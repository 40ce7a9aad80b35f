// SPDX-License-Identifier: Apache-2.0

// How reading goes on behind a syntax error.

#ifndef GRAPH_DSL_SYNTAX_RECOVERY_H_
#define GRAPH_DSL_SYNTAX_RECOVERY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// A text in which wrong statements are blanked out, one after the other, until
// what is left can be parsed. Places stay what they were: a blanked statement
// is as long as before, and its first letter stands for a `pass`. Of a wrong
// first line with a block below it, the first line is blanked at first, so that
// errors in the block are found too; Finish() blanks the block.
//
// Everything here is linear in the text, and happens only to wrong texts.
class Recovery {
 public:
  explicit Recovery(const Source& source);

  // The tokens of what is left.
  std::vector<Token> Lex(Diagnostics& diagnostics) const;

  // Blanks the statement that tokens[at], the token that the parser refused, is
  // part of. `block_missing`: the token should have begun a block. False if
  // nothing is left to blank there.
  bool Drop(const std::vector<Token>& tokens, size_t at, bool block_missing);
  // Blanks everything from the statement of the file on that holds tokens[at].
  void DropRest(const std::vector<Token>& tokens, size_t at);
  // Blanks the blocks whose first lines are blanked: `tokens` are those of the
  // last Lex(), which the parser took. True if there were any.
  bool Finish(const std::vector<Token>& tokens);

  // Whether a statement that begins here is none of the text's.
  bool Blanked(uint32_t begin) const { return marks_.contains(begin); }
  // All names in what is blanked: they may be bound there.
  const absl::flat_hash_set<absl::string_view>& names() const { return names_; }

 private:
  // What the first letter of what is blanked stands for.
  enum class Mark {
    kPass,      // pass
    kIf,        // if x:
    kElif,      // elif x:
    kIfPass,    // if x: pass
    kElifPass,  // elif x: pass
  };

  void Blank(uint32_t begin, uint32_t end, Mark mark);
  void CollectNames(const std::vector<Token>& tokens, size_t from,
                    uint32_t end);
  void BlankHandlers(const std::vector<Token>& tokens, size_t block);
  void EmitMark(Mark mark, Extent extent, std::vector<Token>* tokens) const;

  const Source& source_;
  std::string text_;
  absl::flat_hash_map<uint32_t, Mark> marks_;
  // Where an INDENT is left out, with its DEDENT.
  absl::flat_hash_set<uint32_t> levelled_;
  absl::flat_hash_set<absl::string_view> names_;
};

// The first token behind tokens[from], up to tokens[to], that begins a line
// indented no more than the line of tokens[from], and that may begin a
// statement; `to` if there is none. For brackets that are never closed.
size_t NextStatement(const Source& source, const std::vector<Token>& tokens,
                     size_t from, size_t to);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_RECOVERY_H_
