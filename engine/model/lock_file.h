// SPDX-License-Identifier: Apache-2.0
// graph.lock: what the moving versions of a workspace are, until somebody asks
// again.
//
// The text is a small part of TOML, so that scripts read it by any library of
// that; each value is on a line of its own, and each entry in a block of its
// own, so that two branches which move different entries merge as text:
//
//     file    = { comment } "format = 1" { entry }
//     entry   = "[" name "]" { key " = " value }
//     name    = letters, digits, "_", "-"; any other one in double quotes
//     key     = "request.source" | "request." parameter | "request.constraint"
//             | "request.prerelease" | "asked" | field
//     value   = a string in double quotes with the escapes of JSON
//             | "true"                        (of request.prerelease only)
//     comment = "#" text
//
// Comments and empty lines may stand between any two lines; they are not kept.
// Entries are written sorted by name, the lines of one in the order above, the
// parameters and the fields sorted, `version` first. What is empty or false is
// left out.

#ifndef GRAPH_ENGINE_MODEL_LOCK_FILE_H_
#define GRAPH_ENGINE_MODEL_LOCK_FILE_H_

#include <cstddef>
#include <map>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "engine/model/locked_version.h"

namespace graph {

// In the top folder of a workspace.
inline constexpr absl::string_view kLockFileName = "graph.lock";

// By name.
using LockEntries = std::map<std::string, LockedVersion, std::less<>>;

// What is wrong with the text of a lock, and where: bytes [begin, end).
struct LockMistake {
  size_t begin = 0;
  size_t end = 0;
  std::string message;
  std::string hint;  // What to do about it; may be empty.
};

// A newer format than this is refused.
inline constexpr int kLockFormat = 1;

// An empty text is not a lock: a file that somebody cut off must not read as
// one without entries.
std::variant<LockEntries, LockMistake> ParseLock(absl::string_view text);

// REQUIRES: CheckVersionName() accepts the names.
std::string FormatLock(const LockEntries& entries);

// `theirs` with what was changed from `base` to `mine`: neither loses what the
// other did; where both changed one entry, mine wins.
LockEntries MergeLocks(const LockEntries& base, const LockEntries& mine,
                       LockEntries theirs);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_LOCK_FILE_H_
