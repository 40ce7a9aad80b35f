// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_OCI_REGISTRY_H_
#define GRAPH_ENGINE_FETCH_OCI_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/net/challenge.h"
#include "engine/net/http.h"

namespace graph {

// One repository of one registry, as the OCI distribution specification lets it
// be read. Shows the login of the user's configuration (registry_login.h) or a
// token got with it when the registry asks for one, and to nobody else. Speaks
// https, but http with a registry on this machine (`localhost`, 127.…).
//
// One thread at a time. The references outlive it.
class OciRegistry {
 public:
  OciRegistry(std::string registry, std::string repository,
              const FetchContext& context, BlobStore& store,
              const Cancellation& cancellation);

  // Brings a manifest or index, known by its sha256, into the store. Fails as
  // FetchFile does, saying which image and what to do, never what was shown.
  absl::StatusOr<Digest> FetchManifest(const std::string& sha256);

  // A blob that a manifest names; one that the store has is not asked for.
  absl::StatusOr<Digest> FetchBlob(const Digest& digest);

 private:
  absl::StatusOr<Digest> Fetch(absl::string_view kind,
                               const std::string& sha256);
  // Sets authorization_ as one of the challenges wants it.
  absl::Status Authorize(const std::vector<std::string>& challenges);
  absl::StatusOr<std::string> Token(const HttpChallenge& challenge,
                                    const std::string& basic) const;
  absl::Status Explain(const absl::Status& status, const HttpAnswer& answer,
                       absl::string_view kind, absl::string_view sha256) const;
  absl::Status Denied(long code) const;

  const std::string registry_;
  const std::string repository_;
  const std::string url_;  // `https://host/v2/`.
  const FetchContext& context_;
  BlobStore& store_;
  const Cancellation& cancellation_;
  std::string authorization_;  // The header's value; "" as long as none is
                               // asked for.
  bool has_login_ = false;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_OCI_REGISTRY_H_
