// SPDX-License-Identifier: Apache-2.0
// The folder rules/, compiled in, so that the tool is one file to install.

#ifndef GRAPH_ENGINE_SESSION_EMBEDDED_RULES_H_
#define GRAPH_ENGINE_SESSION_EMBEDDED_RULES_H_

#include <span>

#include "absl/strings/string_view.h"

namespace graph {

struct EmbeddedFile {
  absl::string_view path;  // Relative to rules/: `core/defs.spec`.
  absl::string_view text;
};

// Sorted by path.
std::span<const EmbeddedFile> EmbeddedRules();

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_EMBEDDED_RULES_H_
