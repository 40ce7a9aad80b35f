// SPDX-License-Identifier: Apache-2.0

// From text to tokens, by the table that is generated from
// dsl/grammar/SpecLexer.g4, and by what that file says no table can do.

#ifndef GRAPH_DSL_SYNTAX_LEXER_H_
#define GRAPH_DSL_SYNTAX_LEXER_H_

#include <vector>

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// The tokens of the whole text, END last. What is no token is reported and left
// out.
std::vector<Token> Lex(const Source& source, Diagnostics& diagnostics);

// The tokens of an expression within an f-string: from `part.begin` up to a
// `}`, `!`, `:` or `=` outside of brackets, or to `part.end`. END last, which
// is empty and stands where the expression stops.
std::vector<Token> LexEmbedded(const Source& source, Extent part,
                               Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_LEXER_H_
