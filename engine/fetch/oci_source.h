// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_OCI_SOURCE_H_
#define GRAPH_ENGINE_FETCH_OCI_SOURCE_H_

#include <string>

#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

// An image in a registry, fixed by its digest.
struct OciSource {
  std::string registry;    // `host` or `host:port`.
  std::string repository;  // `library/base`.
  std::string digest;      // `sha256:…` of a manifest or an index.
  std::string platform;    // `os/architecture[/variant]`; "": none.
};

// Whether the texts can be what they say. Fails with kInvalidArgument.
absl::Status CheckOciSource(const OciSource& source);

// Brings an image into the store as an OCI image layout:
//
//   oci-layout         the version of the layout
//   index.json         names the one manifest
//   blobs/sha256/<hex> the manifest, its configuration, its layers
//
// and returns the digest of its root Directory. Of an index the image for
// `platform` is taken. Every blob has the size and digest that its descriptor
// says, nothing is written anew, so the layout depends on the manifest alone.
//
// Fails with kInvalidArgument if there is no one image for `platform` or the
// documents are of no use, and as OciRegistry does.
absl::StatusOr<Digest> FetchOci(const OciSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_OCI_SOURCE_H_
