// SPDX-License-Identifier: Apache-2.0
// What is said of each name that files know without loading it: one text for
// `graph docs`, the editor's hover, and the tests that run the examples.

#ifndef GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_
#define GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"

namespace graph {

struct BuiltinDoc {
  std::string name;       // `len`, `string.split`, `attr.label_list`
  std::string signature;  // `split(sep = None, maxsplit = None)`
  std::string text;       // Markdown, without the example.
  std::string example;    // Code that runs.
};

// Of the language and of the rule API, in the order of the reference.
std::span<const BuiltinDoc> BuiltinDocs();
// nullptr if there is none of that name.
const BuiltinDoc* FindBuiltinDoc(absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_
