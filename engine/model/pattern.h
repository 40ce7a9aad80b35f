// SPDX-License-Identifier: Apache-2.0
// What a user writes to name targets.
//
//   pattern = [ "-" ] ( label | package ":all" | [ package "/" ] "..." )
//
// `//...` is every target, `//pkg/...` those of pkg and of the packages below
// it, `//pkg:all` those of pkg. Without `//` a pattern is relative to where the
// user stands: `:name`, `...`, `sub/...`, `sub:name`, `sub`. `-` takes away.

#ifndef GRAPH_ENGINE_MODEL_PATTERN_H_
#define GRAPH_ENGINE_MODEL_PATTERN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/label.h"

namespace graph {

struct TargetPattern {
  enum class Kind : uint8_t { kTarget, kPackage, kRecursive };
  Kind kind = Kind::kTarget;
  bool negative = false;
  PackageName package;  // Of the target; the only one; the root of all.
  Label target;         // kTarget.
  std::string text;     // As written.

  // `here` is where the user stands. Fails with kInvalidArgument.
  static absl::StatusOr<TargetPattern> Parse(absl::string_view text,
                                             const PackageName& here);

  // Ignores `negative`.
  bool Matches(const Label& label) const;
  bool MatchesPackage(const PackageName& name) const;
};

// Whether `path` is `root` or a path below it; every path is below "".
bool IsBelow(absl::string_view path, absl::string_view root);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_PATTERN_H_
