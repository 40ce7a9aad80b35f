// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LOAD_LOCK_TEXT_H_
#define GRAPH_ENGINE_LOAD_LOCK_TEXT_H_

#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/load/source_tree.h"
#include "engine/model/lock_file.h"

namespace graph {

// The entries of a lock, or what is wrong with its text, at its place.
std::variant<LockEntries, dsl::Diagnostic> ReadLockText(std::string text);

// graph.lock of a workspace; no entries if it is not there. Fails with
// kInvalidArgument and diagnostics (diagnosed.h) if it is wrong.
absl::StatusOr<LockEntries> LoadLock(const SourceTree& tree);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_LOCK_TEXT_H_
