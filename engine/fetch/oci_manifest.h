// SPDX-License-Identifier: Apache-2.0
// The documents of an image, as the OCI image specification and Docker's
// schema 2 have them: a manifest names a configuration and layers, an index
// (Docker: manifest list) names manifests by platform.

#ifndef GRAPH_ENGINE_FETCH_OCI_MANIFEST_H_
#define GRAPH_ENGINE_FETCH_OCI_MANIFEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// What `Accept` has to say so that a registry gives a manifest as it is.
inline constexpr absl::string_view kOciManifestTypes =
    "application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.oci.image.index.v1+json, "
    "application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json";

// `os/architecture`, with `/variant` if there is one.
struct OciPlatform {
  std::string os;
  std::string architecture;
  std::string variant;

  // Fails with kInvalidArgument.
  static absl::StatusOr<OciPlatform> Parse(absl::string_view text);
  std::string ToString() const;
};

// One blob that a document names.
struct OciDescriptor {
  std::string media_type;
  Digest digest;
  OciPlatform platform;  // In an index; empty where it says none.
};

struct OciManifest {
  std::string media_type;
  bool is_index = false;
  // Of an index the manifests, of a manifest the configuration and the layers.
  std::vector<OciDescriptor> descriptors;
};

// `sha256:<64 lowercase hex digits>` → the digits. Fails with kInvalidArgument.
absl::StatusOr<std::string> ParseOciDigest(absl::string_view text);

// Why an image of Docker's schema 1 is refused.
absl::Status OldSchema();

// Fails with kInvalidArgument, also for Docker's schema 1.
absl::StatusOr<OciManifest> ParseOciManifest(absl::string_view bytes);

// The one of `index` for `platform` ("": none was asked for). Fails with
// kInvalidArgument, telling what there is.
absl::StatusOr<OciDescriptor> ChooseManifest(const OciManifest& index,
                                             absl::string_view platform);

// The two files that an image layout has beside its blobs.
std::string OciLayoutFile();
std::string OciIndexFile(const OciDescriptor& manifest);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_OCI_MANIFEST_H_
