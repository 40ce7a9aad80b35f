// SPDX-License-Identifier: Apache-2.0
// What a docstring says, in parts:
//
//   """One sentence or more.
//
//   Args:
//     name: what it is; further lines are indented more.
//     **kwargs: the rest.
//   Returns:
//     what comes back.
//   """

#ifndef GRAPH_ENGINE_DOCS_DOCSTRING_H_
#define GRAPH_ENGINE_DOCS_DOCSTRING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

struct Docstring {
  std::string text;  // All but the parts below.
  // By the name as written: `name`, `*args`, `**kwargs`.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string returns;
};

// The lines without the indentation that all but the first have in common, and
// without empty ones at both ends.
std::string Dedented(absl::string_view text);

// REQUIRES: nothing; what is not of this form is text.
Docstring ParseDocstring(absl::string_view raw);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_DOCSTRING_H_
