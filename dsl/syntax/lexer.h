// SPDX-License-Identifier: Apache-2.0

// From text to tokens, by the table that is generated from
// dsl/grammar/SpecLexer.g4, and by what that file says no table can do.

#ifndef GRAPH_DSL_SYNTAX_LEXER_H_
#define GRAPH_DSL_SYNTAX_LEXER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// The tokens of the whole text, END last. What is no token is reported, and is
// a BAD one, or a BAD_STRING.
std::vector<Token> Lex(const Source& source, Diagnostics& diagnostics);

// The same of a text of the same length, with the same lines, that stands for
// the source's.
std::vector<Token> LexText(const Source& source, absl::string_view text,
                           Diagnostics& diagnostics);

// The tokens of an expression within an f-string: from `part.begin` up to a
// `}`, `!`, `:` or `=` outside of brackets, or to `part.end`. END last, which
// is empty and stands where the expression stops.
std::vector<Token> LexEmbedded(const Source& source, Extent part,
                               Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_LEXER_H_
