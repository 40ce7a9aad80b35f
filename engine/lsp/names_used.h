// SPDX-License-Identifier: Apache-2.0
// Which names of a file mean the same thing.

#ifndef GRAPH_ENGINE_LSP_NAMES_USED_H_
#define GRAPH_ENGINE_LSP_NAMES_USED_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/syntax/file.h"

namespace graph {

// One name in the text. Those of equal `binding` mean the same; it is where
// the name is bound, and empty for what the file does not bind itself.
struct NameUse {
  enum class Kind : uint8_t { kLocal, kGlobal, kLoaded, kPredeclared };

  dsl::Extent extent;
  dsl::Extent binding;
  Kind kind = Kind::kLocal;
  dsl::NameId name = 0;
};

// In the order of the text: names in expressions, bindings, parameters. What
// the resolver could not resolve is left out.
std::vector<NameUse> NamesUsed(const dsl::File& file);

// The one at (or that ends right before) `offset`.
std::optional<NameUse> NameAt(const dsl::File& file, uint32_t offset);

inline bool Touches(dsl::Extent extent, uint32_t offset) {
  return extent.begin <= offset && offset <= extent.end;
}

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_NAMES_USED_H_
