// SPDX-License-Identifier: Apache-2.0
#include "engine/net/http.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/mutex.h"
#include "engine/net/body.h"
#include "engine/net/libcurl_api.h"
#include "engine/net/transfer.h"
#include "engine/net/url.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

// False if it was cut short.
bool WaitFor(absl::Duration time, const Cancellation& cancellation) {
  Notification cancelled;
  uint64_t waking = cancellation.OnCancel([&] { cancelled.Notify(); });
  cancelled.WaitForNotificationWithTimeout(time);
  cancellation.Forget(waking);
  return !cancellation.cancelled();
}

constexpr absl::string_view kAuthorization = "Authorization:";

// `options` as they are for one place: its login, and no other's.
absl::StatusOr<HttpOptions> OptionsFor(const HttpPlace& place,
                                       HttpOptions options) {
  const auto is_login = [](absl::string_view header) {
    return absl::StartsWithIgnoreCase(header, kAuthorization);
  };
  if (place.is_mirror) std::erase_if(options.headers, is_login);
  if (std::any_of(options.headers.begin(), options.headers.end(), is_login)) {
    return options;
  }
  ASSIGN_OR_RETURN(const std::string authorization,
                   AuthorizationFor(place.url, options.logins));
  if (!authorization.empty()) {
    options.headers.push_back(absl::StrCat(kAuthorization, " ", authorization));
  }
  return options;
}

// The places of one file and how they have answered so far.
class Places {
 public:
  Places(const HttpOptions& options, std::span<const HttpPlace> places)
      : options_(options),
        random_(static_cast<uint32_t>(MonotonicMicros() ^ ProcessId())) {
    for (const HttpPlace& place : places) places_.emplace_back().at = place;
  }

  absl::StatusOr<std::string> Get(const HttpProgress& progress,
                                  const Cancellation& cancellation, Body& body,
                                  HttpAnswer* answer) {
    for (const Place& place : places_) {
      if (IsHttpUrl(place.at.url)) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "`", UrlForPeople(place.at.url), "` is not an http or https URL"));
    }
    if (places_.empty()) return absl::InvalidArgumentError("no URL is given");
    ASSIGN_OR_RETURN(const LibCurl* curl, LibCurl::Load());
    int64_t most = body.size();
    for (int round = 0; round < options_.attempts; ++round) {
      if (round > 0 && !WaitFor(Pause(round), cancellation)) break;
      for (Place& place : places_) {
        if (place.refused) continue;
        // Only the server that gave the beginning can say if it still holds.
        if (&place != last_) validator_.clear();
        last_ = &place;
        ASSIGN_OR_RETURN(const HttpOptions options,
                         OptionsFor(place.at, options_));
        TransferResult result = Transfer(*curl, options, place.at.url, progress,
                                         cancellation, body, validator_);
        const bool wants_login = result.answer.code == kUnauthorized;
        if (answer != nullptr) Tell(place, result, *answer);
        if (result.status.ok()) return place.at.url;
        if (cancellation.cancelled() || IsOurFailure(result.status)) {
          return result.status;
        }
        place.Note(std::move(result));
        if (answer != nullptr && wants_login && !place.at.is_mirror) {
          return Failure();
        }
      }
      if (AllRefused()) break;
      // What gets on, however haltingly, is not given up.
      if (body.size() > most) round = 0;
      most = std::max(most, body.size());
    }
    if (cancellation.cancelled()) return absl::CancelledError("interrupted");
    return Failure();
  }

 private:
  static constexpr long kUnauthorized = 401;

  struct Place {
    void Note(TransferResult result) {
      status = std::move(result.status);
      refused = !result.passing;
      wait = result.wait;
      ++tries;
    }

    HttpPlace at;
    absl::Status status;   // Of the last try.
    bool refused = false;  // For good.
    absl::Duration wait;
    int tries = 0;
  };

  // An answer of the place itself says more than one of its mirror.
  void Tell(const Place& place, TransferResult& result, HttpAnswer& answer) {
    if (place.at.is_mirror && told_original_ && !result.status.ok()) return;
    told_original_ |= !place.at.is_mirror;
    answer = std::move(result.answer);
  }

  bool AllRefused() const {
    return std::all_of(places_.begin(), places_.end(),
                       [](const Place& place) { return place.refused; });
  }

  // A full disk, an answer too long: no other server will do better.
  static bool IsOurFailure(const absl::Status& status) {
    return !absl::IsUnavailable(status) && !absl::IsNotFound(status) &&
           !absl::IsPermissionDenied(status);
  }

  absl::Duration Pause(int round) {
    absl::Duration pause = options_.back_off * (1 << std::min(round - 1, 16));
    pause += pause * std::uniform_real_distribution<>(0, 0.5)(random_);
    absl::Duration asked = absl::InfiniteDuration();
    for (const Place& place : places_) {
      if (!place.refused) asked = std::min(asked, place.wait);
    }
    return std::min(std::max(pause, asked), options_.max_wait);
  }

  absl::Status Failure() const {
    std::vector<std::string> said;
    absl::StatusCode code = absl::StatusCode::kUnavailable;
    for (const Place& place : places_) {
      if (place.tries > 0) code = place.status.code();
    }
    bool passing = false;
    for (const Place& place : places_) {
      if (place.tries == 0) continue;
      // What a mirror lacks says nothing of the file.
      if (place.status.code() != code && !place.at.is_mirror) {
        code = absl::StatusCode::kUnavailable;
      }
      passing |= !place.refused;
      std::string line = absl::StrCat(UrlForPeople(place.at.url), ": ",
                                      place.status.message());
      if (place.tries > 1) {
        absl::StrAppend(&line, " (tried ", place.tries, " times)");
      }
      said.push_back(std::move(line));
    }
    return absl::Status(
        code, absl::StrCat("cannot get ", absl::StrJoin(said, "; "),
                           passing ? "; is the network up? Try again later"
                                   : "; is the URL right?"));
  }

  const HttpOptions& options_;
  std::vector<Place> places_;
  const Place* last_ = nullptr;
  bool told_original_ = false;
  std::string validator_;
  std::minstd_rand random_;
};

}  // namespace

absl::StatusOr<std::string> HttpClient::Download(
    std::span<const std::string> urls, const std::string& path,
    const Cancellation& cancellation, const HttpProgress& progress,
    HttpAnswer* answer) const {
  return Download(PlacesOf(urls, options_.mirrors), path, cancellation,
                  progress, answer);
}

absl::StatusOr<std::string> HttpClient::Download(
    std::span<const HttpPlace> places, const std::string& path,
    const Cancellation& cancellation, const HttpProgress& progress,
    HttpAnswer* answer) const {
  ASSIGN_OR_RETURN(std::unique_ptr<FileBody> body, FileBody::Open(path));
  absl::StatusOr<std::string> url =
      Places(options_, places).Get(progress, cancellation, *body, answer);
  absl::Status closed = body->Close();
  if (url.ok() && !closed.ok()) return closed;
  return url;
}

absl::StatusOr<std::string> HttpClient::Get(std::span<const std::string> urls,
                                            int64_t max_bytes,
                                            const Cancellation& cancellation,
                                            HttpAnswer* answer) const {
  StringBody body(max_bytes);
  RETURN_IF_ERROR(Places(options_, PlacesOf(urls, options_.mirrors))
                      .Get({}, cancellation, body, answer)
                      .status());
  return body.Take();
}

std::string HttpAnswer::Header(absl::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (known == name) return value;
  }
  return "";
}

std::string UrlForPeople(absl::string_view url) {
  std::string shown(url.substr(0, url.find_first_of("?#")));
  size_t host = shown.find("://");
  if (host == std::string::npos) return shown;
  host += 3;
  size_t end = shown.find('/', host);
  size_t at = shown.rfind('@', end);
  if (at != std::string::npos && at >= host) shown.erase(host, at + 1 - host);
  return shown;
}

}  // namespace graph
