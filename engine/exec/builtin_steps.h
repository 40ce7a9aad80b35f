// SPDX-License-Identifier: Apache-2.0
// The steps that the engine does itself, by name: those of this room (write,
// copy, merge_tree, archive, expand_template) and those of `fetch`, which
// `session` adds (fetch_git, fetch_http, …, unpack).

#ifndef GRAPH_ENGINE_EXEC_BUILTIN_STEPS_H_
#define GRAPH_ENGINE_EXEC_BUILTIN_STEPS_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/base/cancellation.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/runner.h"

namespace graph {

// What a step is given. All of it outlives the call.
struct BuiltinRequest {
  const Action& action;
  std::span<const SpawnInput> inputs;    // Sorted by path; not expanded.
  std::span<const SpawnOutput> outputs;  // In the order declared.
  BlobStore& store;
  const Cancellation& cancellation;
};

// Returns one entry for each output, or why there is none, in words for the
// user. Runs on any thread, several at once.
using BuiltinStep = std::function<absl::StatusOr<std::vector<OutputEntry>>(
    const BuiltinRequest&)>;

using BuiltinSteps = absl::flat_hash_map<std::string, BuiltinStep>;

// The steps of this room.
BuiltinSteps CoreSteps();

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_BUILTIN_STEPS_H_
