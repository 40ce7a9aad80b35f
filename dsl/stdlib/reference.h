// SPDX-License-Identifier: Apache-2.0

// What is said of each builtin: REFERENCE.md, and how such a file is read.
//
//   # Title
//   ## Group            then words about the group
//   ### `len(x)`        an entry; its name ends before the parenthesis
//   Sentences.
//   ```python
//   len([1, 2])  # 2    its example
//   ```
//
// `reference_test.cc` says how examples are written.

#ifndef GRAPH_DSL_STDLIB_REFERENCE_H_
#define GRAPH_DSL_STDLIB_REFERENCE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace dsl {

struct ReferenceEntry {
  std::string group;      // `Functions`
  std::string name;       // `len`, `string.split`
  std::string signature;  // `string.split(sep = None, maxsplit = None)`
  std::string text;       // Markdown, without the example.
  std::string example;    // Code; each line ends with `\n`.
  int example_line = 0;   // Of the first line of the example.
};

// The entries in the order of the text. What is not of this form is left out.
std::vector<ReferenceEntry> ParseReference(absl::string_view markdown);

// The text of REFERENCE.md.
absl::string_view LanguageReference();

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_REFERENCE_H_
