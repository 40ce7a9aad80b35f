// SPDX-License-Identifier: Apache-2.0

// From text to a syntax tree.

#ifndef GRAPH_DSL_SYNTAX_PARSER_H_
#define GRAPH_DSL_SYNTAX_PARSER_H_

#include <memory>

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/source.h"

namespace dsl {

// Parses a file by the grammar of dsl/grammar. Adds what is wrong with it to
// the diagnostics (lexical errors all, then the first error of syntax), and
// returns nullptr if there was an error. What nests too deeply to be worked on
// by recursion is an error too. Safe to call from many threads at once.
std::unique_ptr<File> Parse(std::shared_ptr<const Source> source, FileKind kind,
                            Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_PARSER_H_
