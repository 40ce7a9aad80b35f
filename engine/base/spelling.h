// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_BASE_SPELLING_H_
#define GRAPH_ENGINE_BASE_SPELLING_H_

#include <span>

#include "absl/strings/string_view.h"

namespace graph {

// Which of `known` somebody who wrote `word` probably meant: the one fewest
// edits away, the first of equals; empty if none is near (more than a third of
// the letters would have to change).
absl::string_view NearestName(absl::string_view word,
                              std::span<const absl::string_view> known);

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_SPELLING_H_
