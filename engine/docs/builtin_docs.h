// SPDX-License-Identifier: Apache-2.0
// What is said of each name that files know without loading it: one text for
// `graph docs`, the editor's hover, and the tests that run the examples. Of the
// language it is dsl/stdlib/REFERENCE.md, of the rule API REFERENCE.md here.

#ifndef GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_
#define GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_

#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/stdlib/reference.h"

namespace graph {

// name: `len`, `string.split`, `attr.label_list`, `ctx.actions.run`;
// signature: `string.split(sep = None, maxsplit = None)`; text and example.
using BuiltinDoc = dsl::ReferenceEntry;

// Of the language and of the rule API, in the order of the reference.
std::span<const BuiltinDoc> BuiltinDocs();
// nullptr if there is none of that name.
const BuiltinDoc* FindBuiltinDoc(absl::string_view name);
// The name that is nearest to one that there is not, or "".
absl::string_view NearestBuiltinDoc(absl::string_view name);

// All names by their groups, each with its first sentence.
std::string BuiltinList();
// A line of such a list.
std::string ListLine(absl::string_view name, absl::string_view text);
// Up to the first dot that ends a sentence, on one line.
std::string FirstSentence(absl::string_view text);
// One entry: the signature, the text and the example.
std::string BuiltinText(const BuiltinDoc& doc);
// The entries as a JSON array, a line each.
std::string BuiltinJson(std::span<const BuiltinDoc> docs);

// The text of REFERENCE.md.
absl::string_view RuleReference();

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_BUILTIN_DOCS_H_
