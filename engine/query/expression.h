// SPDX-License-Identifier: Apache-2.0
// The expressions of `graph query`:
//
//   expression := term {operator term}         left to right, one precedence
//               | `let` word `=` expression `in` expression
//   operator   := `+` | `union` | `^` | `intersect` | `-` | `except`
//   term       := word | `$` word | `(` expression `)`
//               | `set` `(` {word} `)`
//               | function `(` argument {`,` argument} `)`
//   argument   := expression | word | number   as the function has it
//   word       := `"` … `"` | `'` … `'` | a run of letters, digits and
//                 `*/@.-_:$~[]`, not beginning with `-` or `*`
//
// A word that stands for targets is a pattern: `//pkg:name`, `//pkg/...`.

#ifndef GRAPH_ENGINE_QUERY_EXPRESSION_H_
#define GRAPH_ENGINE_QUERY_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

struct Expression {
  enum class Kind : uint8_t {
    kWord,      // `text`: a pattern, or what a function takes as it stands.
    kVariable,  // `text`: its name.
    kSet,       // `operands`: words.
    kCall,      // `text`: the function; `operands`: its arguments.
    kBinary,    // `operands` joined by `operators`, left to right.
    kLet,       // `text`: the name; `operands`: its value, and the body.
  };
  Kind kind;
  size_t offset;  // In the text that was parsed; for messages.
  std::string text;
  std::vector<std::unique_ptr<Expression>> operands;
  std::string operators;  // `+`, `^` and `-`, one less than operands.
};

struct QueryFunction {
  enum class Parameter : uint8_t { kTargets, kText, kDepth };
  absl::string_view name;
  std::span<const Parameter> parameters;  // kDepth, always last, may be absent.
  absl::string_view synopsis;
};

// All but `set`, sorted by name.
std::span<const QueryFunction> QueryFunctions();
// nullptr if there is none.
const QueryFunction* FindQueryFunction(absl::string_view name);

// Whether a word may hold `c` without quotes.
bool IsQueryWordByte(char c);

// Fails with kInvalidArgument and a whole diagnostic, see QueryError.
absl::StatusOr<std::unique_ptr<Expression>> ParseExpression(
    absl::string_view text);

// The short form: `deps //x //y 2` means `deps(//x + //y, 2)`, `kind genrule
// //...` means `kind(genrule, //...)`; the last parameter for targets takes all
// that is left. `rdeps //x` asks the whole workspace. One operand, or a first
// one that is no function's name, is an expression written over several words.
std::string ExpressionFromOperands(std::span<const std::string> operands);

// What the words of an expression that stand for targets say, in order, each
// once.
std::vector<std::string> PatternsOf(const Expression& expression);

// Whether the expression calls `function` anywhere.
bool Calls(const Expression& expression, absl::string_view function);

// A diagnostic about `length` bytes of a query's text at `offset`, rendered:
//
//   query:1:1: error: no function named `dep`
//     1 | dep(//x)
//       | ^^^ did you mean `deps`?
absl::Status QueryError(absl::string_view text, size_t offset, size_t length,
                        absl::string_view message, absl::string_view hint = "");

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_EXPRESSION_H_
