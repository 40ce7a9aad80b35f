// SPDX-License-Identifier: Apache-2.0
// Whether a folder is what a manifest says.

#ifndef GRAPH_ENGINE_EXEC_VERIFY_H_
#define GRAPH_ENGINE_EXEC_VERIFY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"

namespace graph {

struct Mismatch {
  enum class Kind : uint8_t {
    kMissing,
    kWrong,       // Other bytes, another kind of thing, not executable.
    kUnreadable,  // The disk, or its permissions, did not let us look.
    kExtra,
  };
  Kind kind;
  std::string path;
  std::string text;  // What it is instead; empty if `kind` says all.
};

// `missing`, for people and for data.
absl::string_view MismatchName(Mismatch::Kind kind);

struct VerifyOptions {
  // As MatchesPattern; what matches is not looked at.
  std::vector<std::string> ignore;
  // Whether files that nobody listed are all right.
  bool allow_extra = false;
};

struct Verification {
  int64_t checked = 0;               // What was listed and not ignored.
  std::vector<Mismatch> mismatches;  // Sorted by path.
  bool good() const { return mismatches.empty(); }
};

// Compares what is in `folder` with `expected`, which is sorted by path. Reads
// every byte; links are not followed, but to `folder` itself. The file
// `manifest` is not extra, if it is in there. Fails with kInvalidArgument if
// `folder` is no folder or a pattern of `ignore` is none.
absl::StatusOr<Verification> Verify(const std::vector<OutputEntry>& expected,
                                    const std::string& folder,
                                    const std::string& manifest,
                                    const VerifyOptions& options);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_VERIFY_H_
