// SPDX-License-Identifier: Apache-2.0
// Which names are of versions, and what in them is the version.
//
//   pattern  ::=  glob | regex
//   glob     ::=  text with one `*`: the version is what that stands for, with
//                 the numbers and their dot right before it (`12.*-slim`)
//   regex    ::=  a POSIX extended regular expression, with at least one `(`:
//                 the version is what the one group stands for
//
// Both fit whole names: `release-*`, `v([0-9.]+)-slim`.

#ifndef GRAPH_ENGINE_FETCH_VERSION_PATTERN_H_
#define GRAPH_ENGINE_FETCH_VERSION_PATTERN_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// Movable; safe for concurrent use.
class VersionPattern {
 public:
  // Fails with kInvalidArgument.
  static absl::StatusOr<VersionPattern> Parse(absl::string_view text);

  // The version in `name`; nullopt if it does not fit. A name of more than
  // kLongestName bytes never does.
  std::optional<std::string> Find(absl::string_view name) const;

  static constexpr size_t kLongestName = 1024;

 private:
  struct Regex;
  VersionPattern() = default;

  std::string before_, behind_;  // The `*`.
  size_t start_ = 0;             // Of the version, in a name that fits.
  std::shared_ptr<const Regex> regex_;
};

// Whether the whole name fits a pattern of `*` (any text) and `?` (any byte).
bool FitsGlob(absl::string_view pattern, absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_VERSION_PATTERN_H_
