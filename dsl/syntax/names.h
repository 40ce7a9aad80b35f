// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_NAMES_H_
#define GRAPH_DSL_SYNTAX_NAMES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace dsl {

// Gives equal names equal small numbers, 0, 1, 2, … The texts are not copied:
// they lie in the source or the arena of the file. Not thread-safe while names
// are added.
class Names {
 public:
  Names();
  uint32_t Intern(absl::string_view name);
  absl::string_view operator[](uint32_t id) const { return texts_[id]; }
  size_t size() const { return texts_.size(); }

 private:
  void Grow();

  // Open addressing; 0 is empty, otherwise the hash's upper half beside id + 1.
  std::vector<uint64_t> slots_;
  std::vector<absl::string_view> texts_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_NAMES_H_
