// SPDX-License-Identifier: Apache-2.0
// libcurl, loaded at the first use.
//
// Linked dynamically it would bring thirty more libraries (ldap, kerberos, …)
// into the start of every command, and Debian's static one needs them all. The
// types are those of its header.

#ifndef GRAPH_ENGINE_NET_LIBCURL_API_H_
#define GRAPH_ENGINE_NET_LIBCURL_API_H_

#include <curl/curl.h>

#include "absl/status/statusor.h"

namespace graph {

// The functions that we call, each named as in libcurl without `curl_`.
struct LibCurl {
  decltype(&::curl_global_init) global_init;
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_multi_init) multi_init;
  decltype(&::curl_multi_cleanup) multi_cleanup;
  decltype(&::curl_multi_add_handle) multi_add_handle;
  decltype(&::curl_multi_remove_handle) multi_remove_handle;
  decltype(&::curl_multi_perform) multi_perform;
  decltype(&::curl_multi_poll) multi_poll;
  decltype(&::curl_multi_wakeup) multi_wakeup;
  decltype(&::curl_multi_info_read) multi_info_read;
  decltype(&::curl_multi_strerror) multi_strerror;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;

  // Initialised, and valid for the life of the process. Fails with
  // kFailedPrecondition.
  static absl::StatusOr<const LibCurl*> Load();
};

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_LIBCURL_API_H_
