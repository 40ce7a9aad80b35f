// SPDX-License-Identifier: Apache-2.0
#include "engine/net/transfer.h"

#include <algorithm>
#include <array>
#include <memory>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

constexpr long kSlowBytesPerSecond = 1024;
constexpr int kPollMs = 1000;

absl::Status StatusOfCode(long code, const HttpOptions& options) {
  const std::string said = absl::StrCat("HTTP ", code);
  switch (code) {
    case 404:
    case 410:
      return absl::NotFoundError(absl::StrCat(said, ", not found"));
    case 401:
    case 403:
    case 407:
      return absl::PermissionDeniedError(absl::StrCat(
          said, ", no access",
          options.use_netrc ? ": does it need a login in ~/.netrc?" : ""));
    case 429:
      return absl::UnavailableError(absl::StrCat(said, ", too many requests"));
    default:
      return absl::UnavailableError(said);
  }
}

bool IsPassing(long code) {
  return code == 408 || code == 425 || code == 429 || code >= 500;
}

bool IsPassing(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_OUT_OF_MEMORY:
      return false;
    default:
      return true;
  }
}

// `bytes 100-199/200` → 100; -1 if it is anything else.
int64_t RangeStart(absl::string_view content_range) {
  int64_t start;
  if (!absl::ConsumePrefix(&content_range, "bytes ") ||
      !absl::SimpleAtoi(content_range.substr(0, content_range.find('-')),
                        &start)) {
    return -1;
  }
  return start;
}

class OneTransfer {
 public:
  OneTransfer(const LibCurl& curl, const HttpOptions& options,
              const HttpProgress& progress, const Cancellation& cancellation,
              Body& body, std::string& validator)
      : curl_(curl),
        options_(options),
        progress_(progress),
        cancellation_(cancellation),
        body_(body),
        validator_(validator),
        offset_(body.size()),
        easy_(curl.easy_init(), curl.easy_cleanup),
        headers_(nullptr, curl.slist_free_all) {}

  TransferResult Run(const std::string& url) {
    if (easy_ == nullptr) {
      return {absl::InternalError("libcurl gave no handle")};
    }
    SetOptions(url);
    absl::StatusOr<CURLcode> code = Perform();
    if (!code.ok()) return {code.status()};
    TransferResult result = Judge(*code);
    answer_.code = ResponseCode();
    const char* last = nullptr;
    curl_.easy_getinfo(easy_.get(), CURLINFO_EFFECTIVE_URL, &last);
    if (last != nullptr) answer_.url = last;
    result.answer = std::move(answer_);
    return result;
  }

 private:
  template <typename T>
  void Set(CURLoption option, T value) {
    curl_.easy_setopt(easy_.get(), option, value);
  }

  void SetOptions(const std::string& url) {
    Set(CURLOPT_URL, url.c_str());
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_USERAGENT, "graph");
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_FOLLOWLOCATION, 1L);
    Set(CURLOPT_MAXREDIRS, 20L);
    Set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(absl::ToInt64Milliseconds(options_.connect_timeout)));
    Set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    Set(CURLOPT_LOW_SPEED_TIME,
        std::max(1L, static_cast<long>(
                         absl::ToInt64Seconds(options_.stall_timeout))));
    if (options_.use_netrc) {
      Set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
    }
    if (options_.proxy) Set(CURLOPT_PROXY, options_.proxy->c_str());
    Set(CURLOPT_ERRORBUFFER, error_.data());
    Set(CURLOPT_HEADERFUNCTION, &OneTransfer::OnHeader);
    Set(CURLOPT_HEADERDATA, this);
    Set(CURLOPT_WRITEFUNCTION, &OneTransfer::OnBytes);
    Set(CURLOPT_WRITEDATA, this);
    Set(CURLOPT_NOPROGRESS, progress_ ? 0L : 1L);
    Set(CURLOPT_XFERINFOFUNCTION, &OneTransfer::OnProgress);
    Set(CURLOPT_XFERINFODATA, this);
    for (const std::string& header : options_.headers) AddHeader(header);
    if (offset_ > 0) {
      Set(CURLOPT_RANGE, absl::StrCat(offset_, "-").c_str());
      if (!validator_.empty()) AddHeader("If-Range: " + validator_);
    }
    if (headers_ != nullptr) Set(CURLOPT_HTTPHEADER, headers_.get());
  }

  void AddHeader(const std::string& header) {
    curl_slist* longer = curl_.slist_append(headers_.get(), header.c_str());
    if (longer == nullptr) return;
    (void)headers_.release();
    headers_.reset(longer);
  }

  // Until it has ended or is told to. A multi handle because it can be woken.
  absl::StatusOr<CURLcode> Perform() {
    std::unique_ptr<CURLM, decltype(LibCurl::multi_cleanup)> multi(
        curl_.multi_init(), curl_.multi_cleanup);
    if (multi == nullptr) return absl::InternalError("libcurl gave no handle");
    curl_.multi_add_handle(multi.get(), easy_.get());
    const uint64_t waking = cancellation_.OnCancel(
        [this, handle = multi.get()] { curl_.multi_wakeup(handle); });
    absl::StatusOr<CURLcode> code = Loop(multi.get());
    cancellation_.Forget(waking);
    curl_.multi_remove_handle(multi.get(), easy_.get());
    return code;
  }

  absl::StatusOr<CURLcode> Loop(CURLM* multi) {
    int running = 1;
    while (running > 0) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      CURLMcode code = curl_.multi_perform(multi, &running);
      if (code == CURLM_OK && running > 0) {
        code = curl_.multi_poll(multi, nullptr, 0, kPollMs, nullptr);
      }
      if (code != CURLM_OK) {
        return absl::InternalError(curl_.multi_strerror(code));
      }
    }
    int left = 0;
    CURLMsg* message = curl_.multi_info_read(multi, &left);
    if (message == nullptr)
      return absl::InternalError("libcurl lost a transfer");
    return message->data.result;
  }

  TransferResult Judge(CURLcode code) {
    if (!failure_.ok()) return {failure_, misplaced_};
    const long status = ResponseCode();
    if (status >= 300 && code == CURLE_OK) {
      if (status == 416 && offset_ > 0) {
        // Nothing follows on what we have: it was not the file's beginning.
        absl::Status restarted = body_.Restart();
        if (!restarted.ok()) return {restarted};
        return {StatusOfCode(status, options_), /*passing=*/true};
      }
      curl_off_t wait = 0;
      curl_.easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &wait);
      return {StatusOfCode(status, options_), IsPassing(status),
              absl::Seconds(wait)};
    }
    if (code == CURLE_OK) {
      // An empty answer does not come to OnBytes.
      return {began_ ? absl::OkStatus() : Begin()};
    }
    const char* why =
        error_[0] != '\0' ? error_.data() : curl_.easy_strerror(code);
    return {code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT
                ? absl::InvalidArgumentError(why)
                : absl::UnavailableError(why),
            IsPassing(code)};
  }

  long ResponseCode() const {
    long code = 0;
    curl_.easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

  // Before the first byte of the answer: does it follow on what we have?
  absl::Status Begin() {
    began_ = true;
    if (ResponseCode() != 206)
      return offset_ > 0 ? body_.Restart() : absl::OkStatus();
    if (range_start_ == offset_) return absl::OkStatus();
    misplaced_ = true;
    RETURN_IF_ERROR(body_.Restart());
    return absl::UnavailableError("the answer is another part than asked for");
  }

  absl::Status Take(absl::string_view bytes) {
    if (ResponseCode() >= 300) return absl::OkStatus();  // An error's page.
    if (!began_) {
      RETURN_IF_ERROR(Begin());
    }
    return body_.Append(bytes);
  }

  static size_t OnBytes(char* data, size_t size, size_t count, void* self) {
    auto* transfer = static_cast<OneTransfer*>(self);
    absl::Status status = transfer->Take({data, size * count});
    if (status.ok()) return size * count;
    transfer->failure_ = status;
    return 0;
  }

  static size_t OnHeader(char* data, size_t size, size_t count, void* self) {
    auto* transfer = static_cast<OneTransfer*>(self);
    transfer->TakeHeader({data, size * count});
    return size * count;
  }

  void TakeHeader(absl::string_view line) {
    if (absl::StartsWith(line, "HTTP/")) {  // Of the next redirect, or try.
      range_start_ = -1;
      answer_ = {};
      if (offset_ == 0) validator_.clear();
      return;
    }
    std::pair<absl::string_view, absl::string_view> field =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    absl::string_view value = absl::StripAsciiWhitespace(field.second);
    if (absl::StrContains(line, ':')) {
      answer_.headers.emplace_back(absl::AsciiStrToLower(field.first), value);
    }
    if (absl::EqualsIgnoreCase(field.first, "content-range")) {
      range_start_ = RangeStart(value);
    } else if (absl::EqualsIgnoreCase(field.first, "content-type")) {
      answer_.content_type = std::string(value);
    } else if (absl::EqualsIgnoreCase(field.first, "www-authenticate")) {
      answer_.challenges.emplace_back(value);
    } else if (absl::EqualsIgnoreCase(field.first, "etag") &&
               !absl::StartsWith(value, "W/")) {
      validator_ = std::string(value);
    }
  }

  static int OnProgress(void* self, curl_off_t total, curl_off_t now,
                        curl_off_t, curl_off_t) {
    auto* transfer = static_cast<OneTransfer*>(self);
    const int64_t before = transfer->body_.size() - now;
    if (now > 0 && before >= 0) {
      transfer->progress_(before + now, total > 0 ? before + total : -1);
    }
    return 0;
  }

  const LibCurl& curl_;
  const HttpOptions& options_;
  const HttpProgress& progress_;
  const Cancellation& cancellation_;
  Body& body_;
  std::string& validator_;
  const int64_t offset_;
  std::unique_ptr<CURL, decltype(LibCurl::easy_cleanup)> easy_;
  std::unique_ptr<curl_slist, decltype(LibCurl::slist_free_all)> headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  bool began_ = false;
  bool misplaced_ = false;
  int64_t range_start_ = -1;
  HttpAnswer answer_;
  absl::Status failure_;  // Of `body_`.
};

}  // namespace

TransferResult Transfer(const LibCurl& curl, const HttpOptions& options,
                        const std::string& url, const HttpProgress& progress,
                        const Cancellation& cancellation, Body& body,
                        std::string& validator) {
  return OneTransfer(curl, options, progress, cancellation, body, validator)
      .Run(url);
}

}  // namespace graph
