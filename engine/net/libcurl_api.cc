// SPDX-License-Identifier: Apache-2.0
#include "engine/net/libcurl_api.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "engine/os/shared_library.h"

namespace graph {
namespace {

// Either flavour will do; which one a machine has depends on what else it has.
absl::StatusOr<SharedLibrary> LoadLibrary() {
  absl::StatusOr<SharedLibrary> openssl =
      SharedLibrary::Load("libcurl.so.4", "libcurl4");
  if (openssl.ok()) return openssl;
  absl::StatusOr<SharedLibrary> gnutls =
      SharedLibrary::Load("libcurl-gnutls.so.4", "libcurl3-gnutls");
  return gnutls.ok() ? std::move(gnutls) : std::move(openssl);
}

absl::StatusOr<LibCurl> LoadFunctions() {
  ASSIGN_OR_RETURN(SharedLibrary library, LoadLibrary());
  LibCurl api;
#define GRAPH_LOAD(name)     \
  ASSIGN_OR_RETURN(api.name, \
                   library.Function<decltype(&::curl_##name)>("curl_" #name))
  GRAPH_LOAD(global_init);
  GRAPH_LOAD(easy_init);
  GRAPH_LOAD(easy_cleanup);
  GRAPH_LOAD(easy_setopt);
  GRAPH_LOAD(easy_getinfo);
  GRAPH_LOAD(easy_strerror);
  GRAPH_LOAD(multi_init);
  GRAPH_LOAD(multi_cleanup);
  GRAPH_LOAD(multi_add_handle);
  GRAPH_LOAD(multi_remove_handle);
  GRAPH_LOAD(multi_perform);
  GRAPH_LOAD(multi_poll);
  GRAPH_LOAD(multi_wakeup);
  GRAPH_LOAD(multi_info_read);
  GRAPH_LOAD(multi_strerror);
  GRAPH_LOAD(slist_append);
  GRAPH_LOAD(slist_free_all);
#undef GRAPH_LOAD
  if (api.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return absl::FailedPreconditionError("libcurl does not start");
  }
  return api;
}

}  // namespace

absl::StatusOr<const LibCurl*> LibCurl::Load() {
  static const absl::StatusOr<LibCurl> functions = LoadFunctions();
  if (!functions.ok()) return functions.status();
  return &*functions;
}

}  // namespace graph
