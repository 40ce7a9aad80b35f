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
#include "engine/os/clock.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

bool IsOurs(absl::string_view url) {
  return absl::StartsWithIgnoreCase(url, "http://") ||
         absl::StartsWithIgnoreCase(url, "https://");
}

// False if it was cut short.
bool WaitFor(absl::Duration time, const Cancellation& cancellation) {
  Notification cancelled;
  uint64_t waking = cancellation.OnCancel([&] { cancelled.Notify(); });
  cancelled.WaitForNotificationWithTimeout(time);
  cancellation.Forget(waking);
  return !cancellation.cancelled();
}

// The URLs of one file and how they have answered so far.
class Mirrors {
 public:
  Mirrors(const HttpOptions& options, std::span<const std::string> urls)
      : options_(options),
        mirrors_(urls.begin(), urls.end()),
        random_(static_cast<uint32_t>(MonotonicMicros() ^ ProcessId())) {}

  absl::StatusOr<std::string> Get(const HttpProgress& progress,
                                  const Cancellation& cancellation, Body& body,
                                  HttpAnswer* answer) {
    for (const Mirror& mirror : mirrors_) {
      if (IsOurs(mirror.url)) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "`", UrlForPeople(mirror.url), "` is not an http or https URL"));
    }
    if (mirrors_.empty()) return absl::InvalidArgumentError("no URL is given");
    ASSIGN_OR_RETURN(const LibCurl* curl, LibCurl::Load());
    int64_t most = body.size();
    for (int round = 0; round < options_.attempts; ++round) {
      if (round > 0 && !WaitFor(Pause(round), cancellation)) break;
      for (Mirror& mirror : mirrors_) {
        if (mirror.refused) continue;
        // Only the server that gave the beginning can say if it still holds.
        if (&mirror != last_) validator_.clear();
        last_ = &mirror;
        TransferResult result = Transfer(*curl, options_, mirror.url, progress,
                                         cancellation, body, validator_);
        if (answer != nullptr) *answer = std::move(result.answer);
        if (result.status.ok()) return mirror.url;
        if (cancellation.cancelled() || IsOurFailure(result.status)) {
          return result.status;
        }
        mirror.Note(std::move(result));
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
  struct Mirror {
    // NOLINTNEXTLINE(google-explicit-constructor): for the range above.
    Mirror(const std::string& u) : url(u) {}
    void Note(TransferResult result) {
      status = std::move(result.status);
      refused = !result.passing;
      wait = result.wait;
      ++tries;
    }

    std::string url;
    absl::Status status;   // Of the last try.
    bool refused = false;  // For good.
    absl::Duration wait;
    int tries = 0;
  };

  bool AllRefused() const {
    return std::all_of(mirrors_.begin(), mirrors_.end(),
                       [](const Mirror& mirror) { return mirror.refused; });
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
    for (const Mirror& mirror : mirrors_) {
      if (!mirror.refused) asked = std::min(asked, mirror.wait);
    }
    return std::min(std::max(pause, asked), options_.max_wait);
  }

  absl::Status Failure() const {
    std::vector<std::string> said;
    absl::StatusCode code = mirrors_.front().status.code();
    bool passing = false;
    for (const Mirror& mirror : mirrors_) {
      if (mirror.status.code() != code) code = absl::StatusCode::kUnavailable;
      passing |= !mirror.refused;
      std::string line =
          absl::StrCat(UrlForPeople(mirror.url), ": ", mirror.status.message());
      if (mirror.tries > 1) {
        absl::StrAppend(&line, " (tried ", mirror.tries, " times)");
      }
      said.push_back(std::move(line));
    }
    return absl::Status(
        code, absl::StrCat("cannot get ", absl::StrJoin(said, "; "),
                           passing ? "; is the network up? Try again later"
                                   : "; is the URL right?"));
  }

  const HttpOptions& options_;
  std::vector<Mirror> mirrors_;
  const Mirror* last_ = nullptr;
  std::string validator_;
  std::minstd_rand random_;
};

}  // namespace

absl::StatusOr<std::string> HttpClient::Download(
    std::span<const std::string> urls, const std::string& path,
    const Cancellation& cancellation, const HttpProgress& progress,
    HttpAnswer* answer) const {
  ASSIGN_OR_RETURN(std::unique_ptr<FileBody> body, FileBody::Open(path));
  absl::StatusOr<std::string> url =
      Mirrors(options_, urls).Get(progress, cancellation, *body, answer);
  absl::Status closed = body->Close();
  if (url.ok() && !closed.ok()) return closed;
  return url;
}

absl::StatusOr<std::string> HttpClient::Get(std::span<const std::string> urls,
                                            int64_t max_bytes,
                                            const Cancellation& cancellation,
                                            HttpAnswer* answer) const {
  StringBody body(max_bytes);
  RETURN_IF_ERROR(
      Mirrors(options_, urls).Get({}, cancellation, body, answer).status());
  return body.Take();
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
