// SPDX-License-Identifier: Apache-2.0

// Of any text: tokens stand in their order and within the text, blocks are
// balanced, and what is bad is said.

#include "dsl/syntax/lexer.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto source = dsl::Source::Make("f.spec", dsl::TextOf(data, size));
  dsl::Diagnostics diagnostics;
  const std::vector<dsl::Token> tokens = dsl::Lex(*source, diagnostics);
  uint32_t end = 0;
  int depth = 0;
  bool bad = false;
  for (const dsl::Token& token : tokens) {
    dsl::Require(token.extent.begin >= end, "tokens stand in their order");
    dsl::Require(token.extent.end >= token.extent.begin, "a token has an end");
    end = token.extent.end;
    depth += token.type == dsl::TokenType::INDENT;
    depth -= token.type == dsl::TokenType::DEDENT;
    dsl::Require(depth >= 0, "no block ends before it begins");
    bad |= token.type == dsl::TokenType::BAD ||
           token.type == dsl::TokenType::BAD_STRING;
  }
  dsl::Require(end <= size, "tokens stand within the text");
  dsl::Require(depth == 0, "every block ends");
  dsl::Require(!tokens.empty() && tokens.back().type == dsl::TokenType::END,
               "END comes last");
  dsl::Require(!bad || diagnostics.has_errors(), "what is bad is said");
  diagnostics.Rendered();
  return 0;
}
