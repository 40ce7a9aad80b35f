// SPDX-License-Identifier: Apache-2.0
// What a command changed in its root filesystem, as a layer.

#ifndef GRAPH_ENGINE_EXEC_ROOT_CHANGES_H_
#define GRAPH_ENGINE_EXEC_ROOT_CHANGES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"

namespace graph {

// The layer that makes of `root` what a command saw in the end, where `upper`
// is what an overlay on `root` kept of it (see SandboxPlaces); taken into the
// store. Nobody has the overlay mounted any more. The modes of what is in
// `upper` may be changed, so that it can be read.
//
// The layer depends on nothing but what was there before and after: what was
// written again with the same bytes and mode is no change, and a folder that
// was replaced is described by what is missing in it. Times and owners are not
// kept. What was made in the folders build, dev, proc, sys and tmp, where the
// sandbox mounts its own, and sockets, is left out.
//
// Fails with kInvalidArgument, in words for the user, for what no layer can
// hold: a pipe, a name that begins with `.wh.`.
absl::StatusOr<Digest> LayerOfChanges(const std::string& root,
                                      const std::string& upper,
                                      BlobStore& store);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ROOT_CHANGES_H_
