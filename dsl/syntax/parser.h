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
// the diagnostics, and returns nullptr if there was an error. What nests too
// deeply to be worked on by recursion is an error too. Safe to call from many
// threads at once.
std::unique_ptr<File> Parse(std::shared_ptr<const Source> source, FileKind kind,
                            Diagnostics& diagnostics);

// The same, but never null: statements with errors are left out, as a whole at
// the top of the file, as a `pass` within a block. Reading goes on behind each,
// up to Diagnostics::kMaxPerFile errors, with care that none is reported that
// only follows from another. File::unsure() are the names that what is left out
// may have bound. The file can be resolved, to find more errors, but if there
// was an error it is not to be evaluated.
std::unique_ptr<File> ParsePartly(std::shared_ptr<const Source> source,
                                  FileKind kind, Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_PARSER_H_
