// SPDX-License-Identifier: Apache-2.0
// The answer of a query as text. Equal answers give equal bytes.

#ifndef GRAPH_ENGINE_QUERY_OUTPUT_H_
#define GRAPH_ENGINE_QUERY_OUTPUT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/query/query_graph.h"

namespace graph {

enum class QueryOutput : uint8_t {
  kLabel,      // One label a line.
  kLabelKind,  // `genrule rule //pkg:name`.
  kLocation,   // `pkg/BUILD.spec:3:1: genrule rule //pkg:name`.
  kJson,       // An array of objects, one a line.
  kDot,        // For Graphviz: the targets, and the edges between them.
  kTree,       // For people; what was shown before is marked `(*)`.
};

// `label`, `label_kind`, `location`, `json`, `dot`, `tree`.
std::span<const absl::string_view> QueryOutputNames();
std::optional<QueryOutput> QueryOutputNamed(absl::string_view name);

// `nodes` in the order in which they are to be shown.
std::string FormatQuery(QueryOutput output, const QueryGraph& graph,
                        std::span<const NodeId> nodes);

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_OUTPUT_H_
