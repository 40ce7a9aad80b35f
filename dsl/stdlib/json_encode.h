// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_STDLIB_JSON_ENCODE_H_
#define GRAPH_DSL_STDLIB_JSON_ENCODE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"

namespace dsl {

// Appends the value as JSON without white space; keys of dicts and fields of
// structs in order. Fails for what JSON cannot say, naming where it stands.
absl::Status EncodeJson(Thread& thread, Value value, std::string* out);

// JSON text laid out: one element a line, indented. Fails if it were longer
// than a string. REQUIRES: it is valid.
absl::StatusOr<std::string> IndentJson(absl::string_view json,
                                       absl::string_view prefix,
                                       absl::string_view indent);

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_JSON_ENCODE_H_
