// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_TOKEN_H_
#define GRAPH_DSL_SYNTAX_TOKEN_H_

#include <cstdint>

#include "dsl/grammar/generated/token_types.h"
#include "dsl/syntax/source.h"

namespace dsl {

// One word of a text. NEWLINE, INDENT, DEDENT and END may be empty.
struct Token {
  Extent extent;
  TokenType type;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_TOKEN_H_
