// SPDX-License-Identifier: Apache-2.0

// What each name of a file refers to, and all that can be found wrong without
// running it.

#ifndef GRAPH_DSL_SYNTAX_RESOLVER_H_
#define GRAPH_DSL_SYNTAX_RESOLVER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

// The names that a file knows without binding them. Asked from one thread.
class PredeclaredNames {
 public:
  virtual ~PredeclaredNames() = default;
  virtual bool Contains(absl::string_view name) const = 0;
  // All of them, for "did you mean ...?".
  virtual std::vector<std::string> All() const = 0;
};

// Writes into the tree what each name refers to (NameExpr::scope and slot, the
// FunctionScope of each function and of the file, the file's tables of
// globals, loaded and predeclared names), and reports all static errors, in
// the order of the text. The tree may be evaluated only if it returns true.
bool Resolve(File& file, const PredeclaredNames& predeclared,
             Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_RESOLVER_H_
