// SPDX-License-Identifier: Apache-2.0
// `$(…)` in the texts of attributes, as Bazel writes it.

#ifndef GRAPH_ENGINE_ANALYZE_EXPAND_H_
#define GRAPH_ENGINE_ANALYZE_EXPAND_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// Answers `$(location x)` (`all` is false: exactly one file is wanted) and
// `$(locations x)`.
using LocationLookup = std::function<absl::StatusOr<std::string>(
    absl::string_view label, bool all)>;

// Replaces `$(location x)` and its kin (`execpath`, `rootpath`; the same with
// an `s`). Paths are the same for all three: what runs, runs where they hold.
// Everything else stays, `$$` too. Fails with kInvalidArgument, or as `lookup`.
absl::StatusOr<std::string> ExpandLocations(absl::string_view text,
                                            const LocationLookup& lookup);

// Nothing if there is no variable of that name.
using VariableLookup =
    std::function<std::optional<std::string>(absl::string_view name)>;

// Replaces `$(NAME)` and `$x`; `$$` becomes `$`. Fails with kInvalidArgument
// if a variable is unknown or a reference does not end.
absl::StatusOr<std::string> ExpandVariables(absl::string_view text,
                                            const VariableLookup& lookup);

// `path` as one word of a POSIX shell command.
std::string ShellWord(absl::string_view path);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_EXPAND_H_
