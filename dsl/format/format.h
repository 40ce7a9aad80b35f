// SPDX-License-Identifier: Apache-2.0

// The one canonical form of a file.

#ifndef GRAPH_DSL_FORMAT_FORMAT_H_
#define GRAPH_DSL_FORMAT_FORMAT_H_

#include <memory>
#include <optional>
#include <string>

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"

namespace dsl {

// The text in its canonical form; comments stay, the tree stays equal but for
// the order of what is safe to sort, and the form of the form is itself.
// nullopt, with the errors in the sink, if the text does not parse. Safe to
// call from many threads at once.
std::optional<std::string> Format(const std::shared_ptr<const Source>& source,
                                  FileKind kind, Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_FORMAT_H_
