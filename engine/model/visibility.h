// SPDX-License-Identifier: Apache-2.0
// Who may depend on a target.

#ifndef GRAPH_ENGINE_MODEL_VISIBILITY_H_
#define GRAPH_ENGINE_MODEL_VISIBILITY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/label.h"

namespace graph {

// Its own package always may. Beyond that, what was said:
// `//visibility:public`, `//visibility:private`, `//pkg:__pkg__`,
// `//pkg:__subpackages__`.
class Visibility {
 public:
  // Private.
  Visibility() = default;
  // Fails with kInvalidArgument; the message names the wrong entry.
  static absl::StatusOr<Visibility> Parse(
      const std::vector<std::string>& entries, const PackageName& context);

  // The two that most targets have; they live for ever.
  static const Visibility& Private();
  static const Visibility& Public();

  bool is_public() const { return public_; }
  bool Allows(const PackageName& owner, const PackageName& user) const;
  // As written, in full; `//visibility:private` if nothing else.
  std::vector<std::string> ToStrings() const;

 private:
  struct Entry {
    PackageName package;
    bool below = false;  // And the packages below it.
  };
  bool public_ = false;
  std::vector<Entry> entries_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_VISIBILITY_H_
