// SPDX-License-Identifier: Apache-2.0
// Getting files by HTTP, over libcurl, which is loaded at the first use.

#ifndef GRAPH_ENGINE_NET_HTTP_H_
#define GRAPH_ENGINE_NET_HTTP_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "engine/base/cancellation.h"
#include "engine/net/places.h"

namespace graph {

struct HttpOptions {
  absl::Duration connect_timeout = absl::Seconds(20);
  // A transfer below 1 KB/s for this long is given up and tried again.
  absl::Duration stall_timeout = absl::Seconds(30);
  // Rounds over the URLs; between them we wait `back_off`, twice as long each
  // time, and up to half as long again by chance; or as Retry-After says, but
  // never more than `max_wait`.
  int attempts = 5;
  absl::Duration back_off = absl::Milliseconds(500);
  absl::Duration max_wait = absl::Seconds(60);
  bool use_netrc = true;
  // "": none. Unless set, the usual variables count.
  std::optional<std::string> proxy;
  // `Name: value` each. `Authorization` goes to the URLs that were asked for:
  // neither to a mirror of one nor, after a redirect, to another host.
  std::vector<std::string> headers;
  std::vector<HttpMirror> mirrors;
  // For places whose `Authorization` is not among the headers.
  std::vector<HttpLogin> logins;
};

// What a server said beside the bytes, also where it said no.
struct HttpAnswer {
  long code = 0;                        // 0: it did not answer.
  std::string url;                      // Whose answer, after redirects.
  std::string content_type;             // As sent, with parameters.
  std::vector<std::string> challenges;  // Each WWW-Authenticate.
  // All headers, with names in lower case, as they came.
  std::vector<std::pair<std::string, std::string>> headers;

  // The first of that name, in lower case; "" if there is none.
  std::string Header(absl::string_view name) const;
};

// How much of how much (-1: not known) has come.
using HttpProgress = std::function<void(int64_t done, int64_t total)>;

// One client for everything that the engine gets by HTTP: asks the mirrors of a
// URL before it, follows redirects, honours the usual proxy variables, ~/.netrc
// and the logins of the settings, resumes what broke off, and tries again what
// failed for a passing reason (no connection, 408, 429, 5xx, a stall). `http`
// and `https` only, also after a redirect.
//
// Several URLs mean the same file, and so do the mirrors of one: each is asked
// once a round until one gives it; one that says no for good (404, 403, …) is
// not asked again.
//
// Failures name each URL (without user and password), what it said, and what
// to do: kNotFound if all say 404 or 410, kPermissionDenied if all say 401,
// 403 or 407, kInvalidArgument if a URL is none of ours, kCancelled,
// kFailedPrecondition without libcurl or without the secret of a login, and
// kUnavailable for the rest.
//
// Safe for concurrent use.
class HttpClient {
 public:
  explicit HttpClient(const HttpOptions& options = {}) : options_(options) {}

  // Gets the file to `path`. Bytes that are there already are taken for its
  // beginning, and are left there on failure so that a later call goes on from
  // them. Returns the URL that gave the last of it. `answer` gets the last one
  // that was not a mirror's, if there was one; who takes it may know what a 401
  // wants, so that then nobody is asked again.
  absl::StatusOr<std::string> Download(std::span<const std::string> urls,
                                       const std::string& path,
                                       const Cancellation& cancellation,
                                       const HttpProgress& progress = {},
                                       HttpAnswer* answer = nullptr) const;

  // The same for places that PlacesOf has told, of which the caller may leave
  // some out.
  absl::StatusOr<std::string> Download(std::span<const HttpPlace> places,
                                       const std::string& path,
                                       const Cancellation& cancellation,
                                       const HttpProgress& progress = {},
                                       HttpAnswer* answer = nullptr) const;

  // For small answers: fails with kInvalidArgument if more than `max_bytes`
  // come.
  absl::StatusOr<std::string> Get(std::span<const std::string> urls,
                                  int64_t max_bytes,
                                  const Cancellation& cancellation,
                                  HttpAnswer* answer = nullptr) const;

 private:
  HttpOptions options_;
};

// `url` as it may be shown: without user, password and query.
std::string UrlForPeople(absl::string_view url);

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_HTTP_H_
