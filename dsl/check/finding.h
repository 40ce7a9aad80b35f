// SPDX-License-Identifier: Apache-2.0

// The single checks of this room, for check.cc. Each adds warnings to `found`,
// in any order, whether or not they are silenced.

#ifndef GRAPH_DSL_CHECK_FINDING_H_
#define GRAPH_DSL_CHECK_FINDING_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

inline constexpr absl::string_view kUnusedLoad = "unused-load";
inline constexpr absl::string_view kUnusedVariable = "unused-variable";
inline constexpr absl::string_view kUnusedDefinition = "unused-definition";
inline constexpr absl::string_view kShadowedName = "shadowed-name";
inline constexpr absl::string_view kDuplicateLoad = "duplicate-load";
inline constexpr absl::string_view kDuplicateKey = "duplicate-key";
inline constexpr absl::string_view kUnreachableCode = "unreachable-code";
inline constexpr absl::string_view kInconsistentReturn = "inconsistent-return";
inline constexpr absl::string_view kConstantCondition = "constant-condition";
inline constexpr absl::string_view kNoEffect = "no-effect";
inline constexpr absl::string_view kMissingDocstring = "missing-docstring";
inline constexpr absl::string_view kUnknownCheck = "unknown-check";

struct Findings {
  const File& file;
  Diagnostics& found;

  // Valid until the next is added, for notes.
  Diagnostic& Add(absl::string_view check, Extent extent, std::string message,
                  std::string hint = "") {
    return found.Add({.severity = Severity::kWarning,
                      .span = file.At(extent),
                      .message = std::move(message),
                      .hint = std::move(hint),
                      .check = std::string(check)});
  }
};

// unused-*, shadowed-name
void CheckBindings(Findings& findings);
// duplicate-*
void CheckDuplicates(Findings& findings);
// unreachable-code, inconsistent-return
void CheckFlow(Findings& findings);
// constant-condition
void CheckConditions(Findings& findings);
// no-effect
void CheckEffects(Findings& findings);
// missing-docstring
void CheckDocstrings(Findings& findings);

}  // namespace dsl

#endif  // GRAPH_DSL_CHECK_FINDING_H_
