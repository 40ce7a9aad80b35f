// SPDX-License-Identifier: Apache-2.0

// What is questionable in a file without being wrong.

#ifndef GRAPH_DSL_CHECK_CHECK_H_
#define GRAPH_DSL_CHECK_CHECK_H_

#include <span>

#include "absl/strings/string_view.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

struct CheckInfo {
  absl::string_view name;     // `unused-load`
  absl::string_view summary;  // What it finds, in a few words.
};

// All that Check() does, by name.
std::span<const CheckInfo> Checks();

// Adds a warning for each finding, in the order of the text; its
// Diagnostic::check names the check that made it. Comments silence findings
// (silences.h) and may name `others` too: the checks of an embedder.
// REQUIRES: the file is resolved, without errors.
void Check(const File& file, Diagnostics& diagnostics,
           std::span<const CheckInfo> others = {});

}  // namespace dsl

#endif  // GRAPH_DSL_CHECK_CHECK_H_
