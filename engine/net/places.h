// SPDX-License-Identifier: Apache-2.0
// Where else a URL may be asked for, and with which login: what the user's
// settings `mirror` and `login` say.

#ifndef GRAPH_ENGINE_NET_PLACES_H_
#define GRAPH_ENGINE_NET_PLACES_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// `https://host/prefix/ https://mirror.example/prefix/`: what begins with
// `prefix` is asked for under `replacement` first. A prefix ends where a part
// of the URL does: `https://a.example` is none of `https://a.example.org`. With
// a third word `only` the place itself is not asked at all.
struct HttpMirror {
  std::string prefix;
  std::string replacement;
  bool only = false;

  friend bool operator==(const HttpMirror&, const HttpMirror&) = default;
};

// `host env:NAME` or `host:port file:/path`: requests to that host, and no
// other, carry `Authorization: Bearer` with the secret, which is read when it
// is needed and never shown.
struct HttpLogin {
  std::string host;      // Lower case, as URLs write it: `host` or `host:port`.
  std::string variable;  // One of these two is empty.
  std::string file;      // Its first line counts.

  friend bool operator==(const HttpLogin&, const HttpLogin&) = default;
};

// Fail with kInvalidArgument, whose message is what the text must be.
absl::StatusOr<HttpMirror> ParseHttpMirror(absl::string_view text);
absl::StatusOr<HttpLogin> ParseHttpLogin(absl::string_view text);

// One place to ask.
struct HttpPlace {
  std::string url;
  bool is_mirror = false;

  friend bool operator==(const HttpPlace&, const HttpPlace&) = default;
};

// Each URL behind its mirrors, in the order of `mirrors`, unless one is `only`.
// Mirrors have no mirrors; no place comes twice.
std::vector<HttpPlace> PlacesOf(std::span<const std::string> urls,
                                std::span<const HttpMirror> mirrors);

// The value of `Authorization` for `url`; "" if no login is for its host. Fails
// with kFailedPrecondition if the secret is not there or must not be sent
// because the URL is not https; no message has anything of it.
absl::StatusOr<std::string> AuthorizationFor(absl::string_view url,
                                             std::span<const HttpLogin> logins);

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_PLACES_H_
