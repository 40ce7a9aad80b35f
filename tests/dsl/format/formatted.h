// SPDX-License-Identifier: Apache-2.0

// Short ways to format a text, for the tests of this room.

#ifndef GRAPH_TESTS_DSL_FORMAT_FORMATTED_H_
#define GRAPH_TESTS_DSL_FORMAT_FORMATTED_H_

#include <optional>
#include <string>

#include "dsl/syntax/source.h"

namespace dsl {

// The canonical form, or nullopt if the text does not parse.
std::optional<std::string> Formatted(const std::string& text, FileKind kind);

// What the form of a text has to have kept, and that its own form is itself;
// "" if all is well, else what is wrong. REQUIRES: the text parses.
std::string BrokenPromise(const std::string& text, FileKind kind);

std::string ReadWhole(const std::string& path);

}  // namespace dsl

#endif  // GRAPH_TESTS_DSL_FORMAT_FORMATTED_H_
