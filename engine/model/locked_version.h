// SPDX-License-Identifier: Apache-2.0
// Moving things by name: what `version(...)` asks for, and what graph.lock says
// it is.

#ifndef GRAPH_ENGINE_MODEL_LOCKED_VERSION_H_
#define GRAPH_ENGINE_MODEL_LOCKED_VERSION_H_

#include <map>
#include <string>

namespace graph {

// Where versions of something come from: `git_branch("https://…", branch =
// "main")` has the kind `git_branch` and the arguments remote and branch. Plain
// value.
struct VersionSource {
  std::string kind;
  std::map<std::string, std::string> arguments;  // By parameter; none empty.

  friend bool operator==(const VersionSource&, const VersionSource&) = default;
};

// One call of `version`. Plain value.
struct VersionRequest {
  std::string name;  // Of the entry in the lock; one a workspace.
  VersionSource source;
  std::string constraint;   // `>=3.14,<3.15`; empty: any.
  bool prerelease = false;  // Whether one may be taken.

  friend bool operator==(const VersionRequest&,
                         const VersionRequest&) = default;
};

// One entry of graph.lock. Plain value.
struct LockedVersion {
  VersionRequest request;  // That it answers.
  std::string asked;       // The day, UTC, of the answer: `2026-11-21`.
  // What was found: always `version`, and what the source has of `url`,
  // `sha256` (of what is at `url`), `tag`, `commit`, `digest` and `file` (the
  // name).
  std::map<std::string, std::string> fields;

  friend bool operator==(const LockedVersion&, const LockedVersion&) = default;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_LOCKED_VERSION_H_
