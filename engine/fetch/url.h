// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_URL_H_
#define GRAPH_ENGINE_FETCH_URL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// All but letters, digits and `-._~` as %XX: for one part of a path or query.
std::string EscapedForUrl(absl::string_view text);

// `host` or `host:port`; "" if `url` is none.
absl::string_view HostOfUrl(absl::string_view url);

// Whether `host` (or `host:port`) is this machine by its name alone, where
// plain HTTP is no danger.
bool IsLocalHost(absl::string_view host);

// Whether a login may be sent there.
bool MayCarryLogin(absl::string_view url);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_URL_H_
