// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_SOURCE_RESOLVER_H_
#define GRAPH_ENGINE_EXEC_SOURCE_RESOLVER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/action/action.h"
#include "engine/action/spawn_input.h"

namespace graph {

// Where the bytes of sources come from. Safe for concurrent use.
class SourceResolver {
 public:
  virtual ~SourceResolver() = default;

  // The source as an input at its own path. Asked once a source and build. Its
  // blobs need not be in the store yet: an action that is found in the cache
  // never reads them. kNotFound if there is no such file: the message is for
  // the user.
  virtual absl::StatusOr<SpawnInput> Resolve(const Artifact& source) = 0;

  // Sees to it that the blobs of what Resolve returned are in the store. Called
  // before the first action that reads them runs, and again if they are found
  // lost. kFailedPrecondition if the source has other bytes by now.
  virtual absl::Status Provide(const Artifact& source,
                               const SpawnInput& resolved) = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SOURCE_RESOLVER_H_
