// SPDX-License-Identifier: Apache-2.0

// What the canonical form sorts, and how.

#ifndef GRAPH_DSL_FORMAT_SORTING_H_
#define GRAPH_DSL_FORMAT_SORTING_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/format/layout.h"
#include "dsl/format/margin.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Whether lists of strings in an attribute may be sorted.
enum class Sorts : uint8_t {
  kNever,
  kFiles,  // If no element is a label.
  kAlways,
};
Sorts SortsOf(const File& file, const CallExpr& call, const Argument& argument);
// REQUIRES: all elements are strings.
bool MaySort(Sorts sorts, const ListExpr& list);

// Files, then `:name`, `//name`, `@name`; within these by name, a `:` or `.`
// before all else.
bool LabelBefore(absl::string_view a, absl::string_view b);
// `@name`, then `//name`, then `:name`.
bool LoadBefore(absl::string_view a, absl::string_view b);

// Sorts by the keys, equal ones in the order of the text. An empty line stays
// where it is and parts what is sorted. So do comments with an empty line below
// them; they become items of their own. True if the order is another now.
bool SortItems(
    const Margin& margin,
    const std::function<bool(absl::string_view, absl::string_view)>& before,
    std::vector<Item>* items);

}  // namespace dsl

#endif  // GRAPH_DSL_FORMAT_SORTING_H_
