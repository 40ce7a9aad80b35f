// SPDX-License-Identifier: Apache-2.0
#include "engine/session/verify.h"

#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {

absl::StatusOr<Verification> VerifyFiles(const VerifyRequest& request) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(request.manifest));
  const absl::StatusOr<std::vector<OutputEntry>> expected =
      ReadManifest(text, request.view);
  if (!expected.ok()) {
    const absl::string_view what = expected.status().message();
    // `LINE:COL: …` or a sentence.
    const bool has_place = !what.empty() && absl::ascii_isdigit(what[0]);
    return absl::InvalidArgumentError(
        absl::StrCat(request.manifest, has_place ? ":" : ": ", what));
  }
  return Verify(*expected, request.folder, request.manifest, request.options);
}

}  // namespace graph
