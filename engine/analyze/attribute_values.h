// SPDX-License-Identifier: Apache-2.0
// Attributes of a target as values for its rule's implementation.

#ifndef GRAPH_ENGINE_ANALYZE_ATTRIBUTE_VALUES_H_
#define GRAPH_ENGINE_ANALYZE_ATTRIBUTE_VALUES_H_

#include "absl/status/statusor.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"
#include "engine/analyze/rule_context.h"

namespace graph {

// As `ctx.attr` shows it: labels as targets, outputs as labels.
absl::StatusOr<dsl::Value> AttributeToValue(const DecidedAttribute& attribute,
                                            dsl::Heap& heap);

// As `ctx.files` shows it: a list of the files of all targets, each once.
absl::StatusOr<dsl::Value> FilesOfAttribute(const DecidedAttribute& attribute,
                                            dsl::Heap& heap);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_ATTRIBUTE_VALUES_H_
