// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_OCI_REGISTRY_H_
#define GRAPH_ENGINE_FETCH_OCI_REGISTRY_H_

#include <functional>
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

  // The same for whatever a tag stands for now.
  absl::StatusOr<Digest> FetchTag(const std::string& tag);

  // All tags, in the registry's order, page by page. Fails with kNotFound if
  // there is no such repository, and with kDataLoss for an odd answer.
  absl::StatusOr<std::vector<std::string>> Tags();

  // A blob that a manifest names; one that the store has is not asked for.
  absl::StatusOr<Digest> FetchBlob(const Digest& digest);

 private:
  absl::StatusOr<Digest> Fetch(absl::string_view kind,
                               const std::string& sha256);
  // A small answer; the headers are those of the question and the answer.
  absl::StatusOr<std::string> Get(const std::string& url,
                                  const std::string& accept,
                                  HttpAnswer& answer);
  // Asks by `ask`, with what is shown to the registry, which may want to be
  // asked again with a login.
  template <typename T>
  absl::StatusOr<T> Ask(
      const std::string& accept, HttpAnswer& answer,
      const std::function<absl::StatusOr<T>(const FetchContext&, HttpAnswer*)>&
          ask);
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
