// SPDX-License-Identifier: Apache-2.0

// What literals mean.

#ifndef GRAPH_DSL_SYNTAX_LITERALS_H_
#define GRAPH_DSL_SYNTAX_LITERALS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "dsl/syntax/arena.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"

namespace dsl {

// The parts of a string's literal.
struct Quoted {
  bool raw = false;
  Extent body;  // between the quotes
};
Quoted SplitQuoted(const Source& source, Extent literal);

// The bytes that (a part of) a body stands for: escapes replaced, line ends
// made \n. In the text itself if nothing changes, else in the arena. A wrong
// escape is reported.
absl::string_view Unquote(const Source& source, Extent body, bool raw,
                          Arena& arena, Diagnostics& diagnostics);

// Fill in the value of a number; too large a float is reported.
void ReadInt(absl::string_view text, IntExpr* number);
void ReadFloat(const Source& source, FloatExpr* number,
               Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_LITERALS_H_
