// SPDX-License-Identifier: Apache-2.0
// Questions to services that answer in JSON.

#ifndef GRAPH_ENGINE_FETCH_JSON_API_H_
#define GRAPH_ENGINE_FETCH_JSON_API_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/fetch/fetch_context.h"
#include "engine/net/http.h"

namespace graph {

inline constexpr int64_t kMostAnswerBytes = 64 << 20;

// The bytes at `url`. Fails as HttpClient does, with words for limits: how many
// may be asked in a time, when that is over, and how to give a token; and with
// kUnavailable if we are offline. `headers` are added to those of `context`.
absl::StatusOr<std::string> GetText(const std::string& url,
                                    const std::vector<std::string>& headers,
                                    const FetchContext& context,
                                    const Cancellation& cancellation,
                                    HttpAnswer* answer = nullptr);

// The same, as JSON; kDataLoss if it is none.
absl::StatusOr<nlohmann::json> GetJson(const std::string& url,
                                       const std::vector<std::string>& headers,
                                       const FetchContext& context,
                                       const Cancellation& cancellation,
                                       HttpAnswer* answer = nullptr);

// kDataLoss, saying what of the answer of `url` cannot be right.
absl::Status OddAnswer(absl::string_view url, absl::string_view what);

// Of the header `Link` (RFC 8288), the target with rel=next as it means on the
// page `url`; "" if there is none.
std::string NextPage(absl::string_view link, absl::string_view url);

// Members of an object; "" or false if it has no such one of that type.
std::string TextMember(const nlohmann::json& object, const char* name);
bool BoolMember(const nlohmann::json& object, const char* name);

// Where lists end, so that a server cannot keep us for ever.
inline constexpr int kMostPages = 200;

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_JSON_API_H_
