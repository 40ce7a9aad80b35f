// SPDX-License-Identifier: Apache-2.0
// Images as folders: the image layout of the OCI image specification 1.1, as
// far as running something in one needs it.

#ifndef GRAPH_ENGINE_EXEC_OCI_LAYOUT_H_
#define GRAPH_ENGINE_EXEC_OCI_LAYOUT_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"

namespace graph {

// The layers of the one image in the tree at `root`, the lowest first, as blobs
// of the store. Fails with kInvalidArgument if it is no layout, lacks
// something, or has several images.
absl::StatusOr<std::vector<Digest>> LayersOfLayout(const Digest& root,
                                                   BlobStore& store);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_OCI_LAYOUT_H_
