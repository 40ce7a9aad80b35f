// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_STDLIB_JSON_DECODE_H_
#define GRAPH_DSL_STDLIB_JSON_DECODE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// The value of a JSON text: strict as to numbers, controls and duplicate keys.
// Numbers with a fraction or an exponent become floats, others ints. Fails
// with the offset of what is wrong.
absl::StatusOr<Value> DecodeJson(Heap& heap, absl::string_view text);

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_JSON_DECODE_H_
