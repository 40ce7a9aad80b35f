// SPDX-License-Identifier: Apache-2.0
// The steps of this room. See builtin_steps.h for how they are called; what
// each takes (argv[0] is its name, argv[1] the version of its format, `1`):
//
//   write            argv[2] `x` or `-`: executable or not; content: the bytes
//   copy             one input, whatever it is
//   expand_template  argv[2] as for write; one input; content: {"from": "to"}.
//                    One pass; at each place the longest `from` that matches.
//   merge_tree       content: {"layers": [{"input", "strip", "prefix",
//                    "as_file", "remove"}], "remove", "discard"}; see
//                    merge_tree.h.
//                    In the `prefix` of what goes as_file, `%{sha256}` is its
//                    digest.
//   archive          content: {"format", "entries": [{"input", "as"}],
//                    "level"}; see archive/archive.h
//
// layer, compress and digests: see layer_steps.h.

#ifndef GRAPH_ENGINE_EXEC_CORE_STEPS_H_
#define GRAPH_ENGINE_EXEC_CORE_STEPS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/exec/builtin_steps.h"
#include "engine/exec/step_parameters.h"

namespace graph {

absl::StatusOr<std::vector<OutputEntry>> WriteStep(const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> CopyStep(const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> ExpandTemplateStep(
    const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> MergeTreeStep(const BuiltinRequest&);
absl::StatusOr<std::vector<OutputEntry>> ArchiveStep(const BuiltinRequest&);

// `text` with every `from` replaced.
std::string Substituted(absl::string_view text,
                        const Substitutions& substitutions);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_CORE_STEPS_H_
