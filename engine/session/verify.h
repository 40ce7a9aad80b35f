// SPDX-License-Identifier: Apache-2.0
// A manifest held against files. Needs no workspace.

#ifndef GRAPH_ENGINE_SESSION_VERIFY_H_
#define GRAPH_ENGINE_SESSION_VERIFY_H_

#include <string>

#include "absl/status/statusor.h"
#include "engine/exec/manifest_reader.h"
#include "engine/exec/verify.h"

namespace graph {

struct VerifyRequest {
  std::string manifest;  // Paths, absolute.
  std::string folder;
  ManifestView view;
  VerifyOptions options;
};

// Fails with kInvalidArgument if the manifest is none or `folder` is no folder,
// and as ReadFile does.
absl::StatusOr<Verification> VerifyFiles(const VerifyRequest& request);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_VERIFY_H_
