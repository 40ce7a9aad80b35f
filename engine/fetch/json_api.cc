// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/json_api.h"

#include <algorithm>
#include <span>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/net/url.h"

namespace graph {
namespace {

// Answers come at once or not: whoever asks waits for them, and a service that
// counts how often it is asked is not asked for minutes.
constexpr int kAttempts = 4;
constexpr absl::Duration kMostWait = absl::Seconds(10);

// ` until 14:05:00 UTC`; "" if the answer does not tell.
std::string UntilWhen(const HttpAnswer& answer) {
  int64_t seconds = 0;
  absl::Time when;
  if (absl::SimpleAtoi(answer.Header("x-ratelimit-reset"), &seconds)) {
    when = absl::FromUnixSeconds(seconds);
  } else if (absl::SimpleAtoi(answer.Header("retry-after"), &seconds)) {
    when = absl::Now() + absl::Seconds(seconds);
  } else {
    return "";
  }
  return absl::StrCat(" until ", absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", when,
                                                  absl::UTCTimeZone()));
}

bool IsLimit(const HttpAnswer& answer) {
  return answer.code == 429 ||
         (answer.code == 403 &&
          (answer.Header("x-ratelimit-remaining") == "0" ||
           !answer.Header("retry-after").empty()));
}

absl::Status LimitReached(const std::string& url, const HttpAnswer& answer) {
  const std::string host(HostOfUrl(url));
  const std::string limit = answer.Header("x-ratelimit-limit");
  return absl::UnavailableError(absl::StrCat(
      host, " limits how often it is asked", limit.empty() ? "" : " (", limit,
      limit.empty() ? "" : " times an hour)", ", and gives no answers",
      UntilWhen(answer), " (HTTP ", answer.code,
      "): try again then, or give a ",
      "token, which raises the limit: `login = ", host,
      " env:NAME` in the settings"));
}

}  // namespace

absl::StatusOr<std::string> GetText(const std::string& url,
                                    const std::vector<std::string>& headers,
                                    const FetchContext& context,
                                    const Cancellation& cancellation,
                                    HttpAnswer* answer) {
  if (context.offline) {
    return absl::UnavailableError(absl::StrCat(
        UrlForPeople(url), " cannot be asked, because we are offline"));
  }
  HttpOptions options = context.http;
  options.attempts = std::min(options.attempts, kAttempts);
  options.max_wait = std::min(options.max_wait, kMostWait);
  options.headers.insert(options.headers.end(), headers.begin(), headers.end());
  HttpAnswer said;
  absl::StatusOr<std::string> text = HttpClient(options).Get(
      std::span(&url, 1), kMostAnswerBytes, cancellation, &said);
  if (!text.ok() && !absl::IsCancelled(text.status()) && IsLimit(said)) {
    return LimitReached(url, said);
  }
  if (answer != nullptr) *answer = std::move(said);
  return text;
}

absl::StatusOr<nlohmann::json> GetJson(const std::string& url,
                                       const std::vector<std::string>& headers,
                                       const FetchContext& context,
                                       const Cancellation& cancellation,
                                       HttpAnswer* answer) {
  ASSIGN_OR_RETURN(const std::string text,
                   GetText(url, headers, context, cancellation, answer));
  nlohmann::json json =
      nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    return OddAnswer(url, text.empty() ? "empty" : "not JSON");
  }
  return json;
}

absl::Status OddAnswer(absl::string_view url, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(
      "the answer of ", UrlForPeople(url), " is ", what,
      ": is that the right place, and does no proxy or mirror answer for it?"));
}

std::string NextPage(absl::string_view link, absl::string_view url) {
  // `<a>; rel="prev", <b>; rel="next"`: no target has a `>` in it.
  while (true) {
    const size_t begin = link.find('<');
    if (begin == link.npos) return "";
    link.remove_prefix(begin + 1);
    const size_t end = link.find('>');
    if (end == link.npos) return "";
    const absl::string_view target = link.substr(0, end);
    link.remove_prefix(end + 1);
    const absl::string_view parameters = link.substr(0, link.find('<'));
    for (absl::string_view parameter :
         absl::StrSplit(parameters, absl::ByAnyChar(";,"))) {
      const std::string bare =
          absl::AsciiStrToLower(absl::StripAsciiWhitespace(parameter));
      if (bare == "rel=next" || bare == "rel=\"next\"") {
        return ResolveUrl(url, target);
      }
    }
  }
}

std::string TextMember(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return "";
  const auto member = object.find(name);
  return member != object.end() && member->is_string()
             ? member->get<std::string>()
             : "";
}

bool BoolMember(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return false;
  const auto member = object.find(name);
  return member != object.end() && member->is_boolean() && member->get<bool>();
}

}  // namespace graph
