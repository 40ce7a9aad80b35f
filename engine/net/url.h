// SPDX-License-Identifier: Apache-2.0
// The parts of http and https URLs, as far as the engine looks at them.

#ifndef GRAPH_ENGINE_NET_URL_H_
#define GRAPH_ENGINE_NET_URL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace graph {

bool IsHttpUrl(absl::string_view url);

// `host` or `host:port` as written, without user and password; "" if there is
// none.
absl::string_view HostOfUrl(absl::string_view url);

// Whether `host` or `host:port` is this machine by its name alone.
bool IsLocalHost(absl::string_view host);

// Whether a login may be sent there: by https, or to this machine.
bool IsSafeForLogin(absl::string_view url);

// For one part of a path or a query: what RFC 3986 does not leave unreserved is
// written as `%XX`.
std::string PercentEncoded(absl::string_view text);
// The bytes that each `%XX` stands for.
std::string PercentDecoded(absl::string_view text);

// What `reference` means on the page `base`, an absolute URL (RFC 3986, 5.2).
// Without a fragment.
std::string ResolveUrl(absl::string_view base, absl::string_view reference);

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_URL_H_
