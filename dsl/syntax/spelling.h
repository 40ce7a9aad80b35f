// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_SPELLING_H_
#define GRAPH_DSL_SYNTAX_SPELLING_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"

namespace dsl {

// The name that `word` probably was meant to be: the one fewest edits away
// (letters inserted, removed, replaced, or two neighbours swapped; case counts
// less), the first of equals. Empty if none is near. The result points into
// `known`.
absl::string_view NearestName(absl::string_view word,
                              std::span<const std::string> known);
absl::string_view NearestName(absl::string_view word,
                              std::span<const absl::string_view> known);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_SPELLING_H_
