// SPDX-License-Identifier: Apache-2.0
// Diagnostics that travel as a Status: its message is their rendered text,
// whole, one after the other, to be printed as it is.

#ifndef GRAPH_ENGINE_LOAD_DIAGNOSED_H_
#define GRAPH_ENGINE_LOAD_DIAGNOSED_H_

#include <span>
#include <string>

#include "absl/status/status.h"
#include "dsl/syntax/diagnostic.h"

namespace graph {

// REQUIRES: `diagnostics` is not empty. In the given order; equal ones once.
absl::Status Diagnosed(
    std::span<const dsl::Diagnostic> diagnostics,
    absl::StatusCode code = absl::StatusCode::kInvalidArgument);
// `text` is rendered already.
absl::Status Diagnosed(
    std::string text,
    absl::StatusCode code = absl::StatusCode::kInvalidArgument);

bool IsDiagnosed(const absl::Status& status);

// Several failures as one; diagnostics of the same text once. Takes the code of
// the first. REQUIRES: none is OK, and there is one.
absl::Status JoinErrors(std::span<const absl::Status> errors);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_DIAGNOSED_H_
