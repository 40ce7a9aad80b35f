// SPDX-License-Identifier: Apache-2.0
// What a server wants before it gives something: WWW-Authenticate of RFC 9110.

#ifndef GRAPH_ENGINE_NET_CHALLENGE_H_
#define GRAPH_ENGINE_NET_CHALLENGE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

// `Bearer realm="https://a/token",service="a"`.
struct HttpChallenge {
  std::string scheme;                             // In lower case.
  std::map<std::string, std::string> parameters;  // Names in lower case.

  // "" if it is not there.
  std::string Parameter(const std::string& name) const;
};

// All challenges of one header, of which there may be several in turn. What
// cannot be read is left out.
std::vector<HttpChallenge> ParseChallenges(absl::string_view header);

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_CHALLENGE_H_
