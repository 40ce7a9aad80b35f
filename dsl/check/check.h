// SPDX-License-Identifier: Apache-2.0

// What is questionable in a file without being wrong.

#ifndef GRAPH_DSL_CHECK_CHECK_H_
#define GRAPH_DSL_CHECK_CHECK_H_

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Adds a warning for each finding, in the order of the text; its
// Diagnostic::check names the check that made it, and a comment
// `# check: disable=NAME` silences that one on its line, or on the next if the
// comment stands alone.
// REQUIRES: the file is resolved, without errors.
void Check(const File& file, Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_CHECK_CHECK_H_
