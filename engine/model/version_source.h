// SPDX-License-Identifier: Apache-2.0
// The kinds of places that versions come from: what each is asked with, and
// what it can tell. One table, for the builtins that make such a source, for
// those who read what is locked, and for the documentation.

#ifndef GRAPH_ENGINE_MODEL_VERSION_SOURCE_H_
#define GRAPH_ENGINE_MODEL_VERSION_SOURCE_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/model/locked_version.h"

namespace graph {

struct VersionSourceKind {
  absl::string_view name;  // `git_tags`
  // In the order of positional arguments. One that need not be given ends in
  // `?`.
  std::vector<absl::string_view> parameters;
  // That an entry of it may have, sorted; `version` is one of them.
  std::vector<absl::string_view> fields;

  bool HasField(absl::string_view field) const;
};

// Sorted by name; lives for ever.
std::span<const VersionSourceKind> VersionSourceKinds();
// nullptr if there is none of that name.
const VersionSourceKind* FindVersionSourceKind(absl::string_view name);

// Every field that an entry of some kind may have, sorted.
std::span<const absl::string_view> VersionFields();

// `git_tags("https://…", pattern = "v*")`: the required ones by position.
std::string SourceText(const VersionSource& source);

// In what `now` differs from `then`, for people: `constraint was ">=1", now is
// ">=2"`. Empty if it does not; names are not looked at.
std::string RequestChange(const VersionRequest& then,
                          const VersionRequest& now);

// Fails with kInvalidArgument unless `name` can be one in the lock: letters,
// digits, `.`, `_`, `+`, `-`, beginning with a letter or a digit.
absl::Status CheckVersionName(absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_VERSION_SOURCE_H_
