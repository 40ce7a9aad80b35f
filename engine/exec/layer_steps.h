// SPDX-License-Identifier: Apache-2.0
// Steps that make layers, and what is said of them. As core_steps.h:
//
//   layer     content: {"entries": [{"input", "as"}], "archives": [path],
//             "owner": [uid, gid], "symlinks": [[path, target]],
//             "directories": [[path, mode]], "exclude": [pattern],
//             "modes": [[pattern, mode]], "owners": [[pattern, [uid, gid]]],
//             "remove": [path]}; see layer_tree.h and archive/layer_writer.h.
//             In this order: symlinks, directories, archives, entries; then
//             exclude, modes, owners, remove.
//   compress  content: {"format": "gzip" | "zstd", "level"}; one input, a file;
//             see archive/compress.h
//   digests   content: {"inputs": [path]}: a line `SHA256 SIZE PATH` each

#ifndef GRAPH_ENGINE_EXEC_LAYER_STEPS_H_
#define GRAPH_ENGINE_EXEC_LAYER_STEPS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/cas/action_cache.h"
#include "engine/exec/builtin_steps.h"

namespace graph {

absl::StatusOr<std::vector<OutputEntry>> LayerStep(const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> CompressStep(const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> DigestsStep(const BuiltinRequest&);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_LAYER_STEPS_H_
