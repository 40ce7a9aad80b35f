// SPDX-License-Identifier: Apache-2.0

// Of any text that parses: its form keeps the tree and the comments, and is its
// own form.

#include "tests/dsl/format/formatted.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = dsl::TextOf(data, size);
  const dsl::FileKind kind =
      size % 2 == 0 ? dsl::FileKind::kModule : dsl::FileKind::kBuildFile;
  if (!dsl::Formatted(text, kind).has_value()) return 0;
  const std::string broken = dsl::BrokenPromise(text, kind);
  dsl::Require(broken.empty(), broken.c_str());
  return 0;
}
