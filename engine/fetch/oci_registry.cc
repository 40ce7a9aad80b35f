// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/oci_registry.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/oci_manifest.h"
#include "engine/fetch/registry_login.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

constexpr int64_t kMostTokenBytes = 1 << 20;

bool IsPrintable(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isgraph(c);
  });
}

}  // namespace

OciRegistry::OciRegistry(std::string registry, std::string repository,
                         const FetchContext& context, BlobStore& store,
                         const Cancellation& cancellation)
    : registry_(std::move(registry)),
      repository_(std::move(repository)),
      url_(absl::StrCat(IsLocalHost(registry_) ? "http" : "https", "://",
                        registry_, "/v2/")),
      context_(context),
      store_(store),
      cancellation_(cancellation) {}

absl::StatusOr<Digest> OciRegistry::FetchManifest(const std::string& sha256) {
  return Fetch("manifests", sha256);
}

absl::StatusOr<Digest> OciRegistry::FetchBlob(const Digest& digest) {
  ASSIGN_OR_RETURN(std::vector<Digest> missing,
                   store_.Missing(std::array{digest}));
  if (missing.empty()) return digest;
  ASSIGN_OR_RETURN(Digest got, Fetch("blobs", digest.hex()));
  if (got == digest) return got;
  return absl::DataLossError(absl::StrCat(
      "blob sha256:", digest.hex(), " of ", registry_, "/", repository_,
      " has ", got.size(), " bytes, but the manifest says ", digest.size()));
}

template <typename T>
absl::StatusOr<T> OciRegistry::Ask(
    const std::string& accept, HttpAnswer& answer,
    const std::function<absl::StatusOr<T>(const FetchContext&, HttpAnswer*)>&
        ask) {
  FetchContext context = context_;
  context.http.use_netrc = false;
  for (int tries = 0;; ++tries) {
    context.http.headers.clear();
    if (!accept.empty()) context.http.headers.push_back("Accept: " + accept);
    if (!authorization_.empty()) {
      context.http.headers.push_back("Authorization: " + authorization_);
    }
    answer = {};
    absl::StatusOr<T> result = ask(context, &answer);
    // A second time, because a token may have become old on the way. Whoever
    // was redirected to has nothing to ask for.
    if (result.ok() || answer.code != 401 || tries == 2 ||
        !absl::StartsWith(answer.url, url_)) {
      return result;
    }
    RETURN_IF_ERROR(Authorize(answer.challenges));
  }
}

absl::StatusOr<Digest> OciRegistry::Fetch(absl::string_view kind,
                                          const std::string& sha256) {
  const HttpSource source{
      .urls = {absl::StrCat(url_, repository_, "/", kind, "/sha256:", sha256)},
      .sha256 = sha256};
  HttpAnswer answer;
  absl::StatusOr<Digest> digest = Ask<Digest>(
      kind == "manifests" ? std::string(kOciManifestTypes) : "", answer,
      [&](const FetchContext& context, HttpAnswer* said) {
        return FetchFile(source, context, store_, cancellation_, said);
      });
  if (digest.ok()) return digest;
  return Explain(digest.status(), answer, kind, sha256);
}

absl::StatusOr<std::string> OciRegistry::Get(const std::string& url,
                                             const std::string& accept,
                                             HttpAnswer& answer) {
  absl::StatusOr<std::string> text = Ask<std::string>(
      accept, answer, [&](const FetchContext& context, HttpAnswer* said) {
        return GetText(url, {}, context, cancellation_, said);
      });
  if (absl::IsPermissionDenied(text.status())) return Denied(answer.code);
  return text;
}

absl::StatusOr<Digest> OciRegistry::FetchTag(const std::string& tag) {
  HttpAnswer answer;
  absl::StatusOr<std::string> manifest =
      Get(absl::StrCat(url_, repository_, "/manifests/", tag),
          std::string(kOciManifestTypes), answer);
  if (absl::IsNotFound(manifest.status())) {
    return absl::NotFoundError(absl::StrCat(registry_, "/", repository_,
                                            " has no tag ", tag, " any more"));
  }
  RETURN_IF_ERROR(manifest.status());
  RETURN_IF_ERROR(ParseOciManifest(*manifest).status())
      << "in " << registry_ << "/" << repository_ << ":" << tag;
  ASSIGN_OR_RETURN(const Digest digest, store_.Put(*manifest));
  const std::string told = answer.Header("docker-content-digest");
  if (told.empty() || told == "sha256:" + digest.hex()) return digest;
  return absl::DataLossError(absl::StrCat(
      registry_, "/", repository_, ":", tag, " is sha256:", digest.hex(),
      ", but the registry says ", told, ": has a proxy changed it?"));
}

absl::StatusOr<std::vector<std::string>> OciRegistry::Tags() {
  std::vector<std::string> tags;
  std::string url = absl::StrCat(url_, repository_, "/tags/list?n=1000");
  for (int page = 0; !url.empty(); ++page) {
    if (page == kMostPages) return OddAnswer(url, "a list without an end");
    HttpAnswer answer;
    absl::StatusOr<std::string> text = Get(url, "", answer);
    if (absl::IsNotFound(text.status())) {
      return absl::NotFoundError(
          absl::StrCat(registry_, " has no repository ", repository_, " (HTTP ",
                       answer.code, "): is the name right?"));
    }
    RETURN_IF_ERROR(text.status());
    const nlohmann::json list =
        nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
    // Of a repository without tags some registries say null.
    const auto member = list.is_object() ? list.find("tags") : list.end();
    if (!list.is_object() || member == list.end() ||
        !(member->is_array() || member->is_null())) {
      return OddAnswer(url, "no list of tags");
    }
    for (const nlohmann::json& tag : *member) {
      if (!tag.is_string()) return OddAnswer(url, "no list of tags");
      tags.push_back(tag.get<std::string>());
    }
    url = NextPage(answer.Header("link"), url);
    // What is shown to this registry is for nobody else.
    if (!url.empty() && !absl::StartsWith(url, url_)) {
      return OddAnswer(url, "asked for elsewhere than at the registry");
    }
  }
  return tags;
}

absl::Status OciRegistry::Authorize(
    const std::vector<std::string>& challenges) {
  std::vector<HttpChallenge> all;
  for (const std::string& header : challenges) {
    for (HttpChallenge& challenge : ParseChallenges(header)) {
      all.push_back(std::move(challenge));
    }
  }
  auto find = [&](absl::string_view scheme) {
    return std::find_if(all.begin(), all.end(), [&](const auto& challenge) {
      return challenge.scheme == scheme;
    });
  };
  ASSIGN_OR_RETURN(std::optional<RegistryLogin> login,
                   FindRegistryLogin(registry_, HostEnvironment::FromProcess(),
                                     cancellation_));
  has_login_ = login.has_value();
  const std::string basic =
      login ? "Basic " + absl::Base64Escape(
                             absl::StrCat(login->user, ":", login->password))
            : "";
  if (auto bearer = find("bearer"); bearer != all.end()) {
    ASSIGN_OR_RETURN(std::string token, Token(*bearer, basic));
    authorization_ = "Bearer " + token;
    return absl::OkStatus();
  }
  // Shown before, and not enough.
  if (basic.empty() || basic == authorization_) return Denied(401);
  if (find("basic") == all.end()) {
    return absl::FailedPreconditionError(absl::StrCat(
        registry_, " asks for a login in a way that we do not know: only ",
        "Bearer and Basic"));
  }
  authorization_ = basic;
  return absl::OkStatus();
}

absl::StatusOr<std::string> OciRegistry::Token(const HttpChallenge& challenge,
                                               const std::string& basic) const {
  const std::string realm = challenge.Parameter("realm");
  if (!IsSafeForLogin(realm)) {
    return absl::FailedPreconditionError(
        absl::StrCat(registry_, " wants a token from `", UrlForPeople(realm),
                     "`, which is not https"));
  }
  std::string scope = challenge.Parameter("scope");
  if (scope.empty()) scope = absl::StrCat("repository:", repository_, ":pull");
  const std::string url =
      absl::StrCat(realm, absl::StrContains(realm, '?') ? "&" : "?",
                   "service=", PercentEncoded(challenge.Parameter("service")),
                   "&scope=", PercentEncoded(scope));
  HttpOptions options = context_.http;
  options.use_netrc = false;
  if (!basic.empty()) options.headers = {"Authorization: " + basic};
  HttpAnswer answer;
  absl::StatusOr<std::string> text = HttpClient(options).Get(
      std::span(&url, 1), kMostTokenBytes, cancellation_, &answer);
  if (answer.code == 401 || answer.code == 403) return Denied(answer.code);
  RETURN_IF_ERROR(text.status()) << "which gives the tokens for " << registry_;
  const nlohmann::json json =
      nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  for (const char* name : {"token", "access_token"}) {
    auto member = json.is_object() ? json.find(name) : json.end();
    if (member == json.end() || !member->is_string()) continue;
    std::string token = member->get<std::string>();
    if (IsPrintable(token)) return token;
  }
  return absl::UnavailableError(absl::StrCat(UrlForPeople(realm),
                                             ", which gives the tokens for ",
                                             registry_, ", gave none"));
}

absl::Status OciRegistry::Denied(long code) const {
  const std::string config = RegistryConfigPath(HostEnvironment::FromProcess());
  return absl::PermissionDeniedError(absl::StrCat(
      registry_, " does not let us read ", repository_, " (HTTP ", code,
      "), or has no such repository: ",
      has_login_ ? "the login that " : "there is no login in ", config,
      has_login_ ? absl::StrCat(" gives for ", registry_,
                                " is old or has no right to it; ")
                 : absl::StrCat(" for ", registry_, "; "),
      "`docker login ", registry_, "` makes one"));
}

absl::Status OciRegistry::Explain(const absl::Status& status,
                                  const HttpAnswer& answer,
                                  absl::string_view kind,
                                  absl::string_view sha256) const {
  const std::string image = absl::StrCat(registry_, "/", repository_);
  if (absl::IsNotFound(status) && kind == "manifests") {
    return absl::NotFoundError(absl::StrCat(
        image, " has no image with the digest sha256:", sha256, " (HTTP ",
        answer.code, "): is it the digest of a manifest or index (not an ",
        "image's id) of this very repository, and is it not deleted there?"));
  }
  if (absl::IsNotFound(status)) {
    return absl::NotFoundError(absl::StrCat(
        image, " has lost blob sha256:", sha256, " of the image (HTTP ",
        answer.code, "): push the image there again"));
  }
  if (absl::IsPermissionDenied(status)) return Denied(answer.code);
  if (answer.code == 429) {
    return absl::UnavailableError(absl::StrCat(
        registry_, " limits how much is pulled in a time, and that of ",
        repository_, " is used up (HTTP 429): try again later",
        has_login_ ? "" : ", or log in, which mostly raises the limit"));
  }
  if (absl::IsDataLoss(status) &&
      absl::StrContains(answer.content_type, "manifest.v1+")) {
    return OldSchema();
  }
  absl::StatusBuilder noted(status);
  return noted << "for the image " << image;
}

}  // namespace graph
