// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_SYNTAX_ERROR_H_
#define GRAPH_DSL_SYNTAX_SYNTAX_ERROR_H_

#include <cstddef>
#include <set>
#include <vector>

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace dsl {

// Reports that tokens[at] cannot stand where it stands, in the words of what
// its writer probably did: forgot a comma, a colon or a closing bracket, used a
// word of Python. `expected` are the tokens that the grammar would take.
void ReportSyntaxError(const Source& source, const std::vector<Token>& tokens,
                       size_t at, const std::set<TokenType>& expected,
                       Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_SYNTAX_ERROR_H_
