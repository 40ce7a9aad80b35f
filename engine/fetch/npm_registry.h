// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_NPM_REGISTRY_H_
#define GRAPH_ENGINE_FETCH_NPM_REGISTRY_H_

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/fetch/npm_config.h"
#include "engine/net/http.h"

namespace graph {

// One package in the registry that the user's npm would ask for it, with the
// logins that npm would show. The references outlive it.
class NpmRegistry {
 public:
  static absl::StatusOr<NpmRegistry> Of(const std::string& package,
                                        const FetchContext& context,
                                        const Cancellation& cancellation);

  // What the registry says of all versions: {"dist-tags": {<tag>: <version>},
  // "versions": {<version>: {"dist": {"tarball": …, "integrity": …}}}}. Fails
  // as HttpClient does, saying what to do.
  absl::StatusOr<nlohmann::json> Document() const;

  // Fails with kNotFound, telling some of the versions that there are.
  absl::StatusOr<std::string> TarballUrl(const nlohmann::json& document,
                                         const std::string& version) const;

  // Brings the tarball into the store; as FetchFile.
  absl::StatusOr<Digest> FetchTarball(const std::string& version,
                                      const std::string& sha256,
                                      BlobStore& store) const;
  // What comes now: it must match the SHA-512 that `document` has of it, if it
  // has one (kDataLoss).
  absl::StatusOr<Digest> FetchUnpinnedTarball(const nlohmann::json& document,
                                              const std::string& version,
                                              BlobStore& store) const;

 private:
  NpmRegistry(std::string package, NpmConfig config, std::string url,
              const FetchContext& context, const Cancellation& cancellation)
      : package_(std::move(package)),
        config_(std::move(config)),
        url_(std::move(url)),
        context_(context),
        cancellation_(cancellation) {}

  absl::StatusOr<HttpOptions> OptionsFor(const std::string& url) const;
  absl::Status Denied(long code) const;
  absl::Status NoVersion(const nlohmann::json& document,
                         absl::string_view version) const;

  std::string package_;
  NpmConfig config_;
  std::string url_;  // With a `/` at the end.
  const FetchContext& context_;
  const Cancellation& cancellation_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_NPM_REGISTRY_H_
