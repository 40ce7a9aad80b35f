// SPDX-License-Identifier: Apache-2.0
// Labels that somebody may be about to write, found by reading as little as
// possible: nothing is loaded, and what is wrong with a file does not matter.

#ifndef GRAPH_ENGINE_SESSION_LABEL_COMPLETION_H_
#define GRAPH_ENGINE_SESSION_LABEL_COMPLETION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

struct LabelCandidate {
  std::string text;         // Begins with what was written.
  std::string description;  // What it is, in a few words.
};

// How `word` may go on, for who stands in `directory`, sorted: `//pk` to
// packages, `//pkg:` (if there are targets) and `//pkg/` (if there are packages
// below); `//pkg:na` and `:na` to the targets of one package. Of targets those
// whose name stands in the BUILD.spec as `name = "…"`. Empty outside of a
// workspace.
std::vector<LabelCandidate> CompleteLabel(const std::string& directory,
                                          absl::string_view word);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_LABEL_COMPLETION_H_
