// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/npm_registry.h"

#include <span>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/sha512.h"
#include "engine/fetch/http_source.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

using Json = nlohmann::json;

// The longest list of versions there is has some 20 MB.
constexpr int64_t kMostDocumentBytes = 256 << 20;
constexpr size_t kMostVersionsShown = 10;

// What registries of others answer for packages that they have from there.
constexpr absl::string_view kPublicRegistry = "https://registry.npmjs.org/";

// The member, or null.
const Json& Member(const Json& json, const std::string& name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  auto member = json.find(name);
  return member == json.end() ? kNull : *member;
}

// The SHA-512 in `integrity`, which may have several hashes; "" if none is one.
std::string Sha512In(absl::string_view integrity) {
  std::string bytes;
  for (absl::string_view hash :
       absl::StrSplit(integrity, ' ', absl::SkipEmpty())) {
    if (absl::ConsumePrefix(&hash, "sha512-") &&
        absl::Base64Unescape(hash.substr(0, hash.find('?')), &bytes)) {
      return bytes;
    }
  }
  return "";
}

}  // namespace

absl::StatusOr<NpmRegistry> NpmRegistry::Of(const std::string& package,
                                            const FetchContext& context,
                                            const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(NpmConfig config,
                   NpmConfig::Load(HostEnvironment::FromProcess()));
  ASSIGN_OR_RETURN(std::string url, config.RegistryOf(package));
  return NpmRegistry(package, std::move(config), std::move(url), context,
                     cancellation);
}

// The logins are npm's alone.
absl::StatusOr<HttpOptions> NpmRegistry::OptionsFor(
    const std::string& url) const {
  HttpOptions options = context_.http;
  options.use_netrc = false;
  ASSIGN_OR_RETURN(const std::string login, config_.AuthorizationFor(url));
  if (!login.empty()) options.headers.push_back("Authorization: " + login);
  return options;
}

absl::Status NpmRegistry::Denied(long code) const {
  return absl::PermissionDeniedError(absl::StrCat(
      UrlForPeople(url_), " does not let us read ", package_, " (HTTP ", code,
      "): log in there with `npm login --registry=", UrlForPeople(url_),
      "`, or write its _authToken into ~/.npmrc"));
}

absl::StatusOr<Json> NpmRegistry::Document() const {
  // A scope's `/` is not one of the path.
  std::string name = package_;
  if (const size_t slash = name.find('/'); slash != std::string::npos) {
    name.replace(slash, 1, "%2f");
  }
  const std::string url = url_ + name;
  ASSIGN_OR_RETURN(HttpOptions options, OptionsFor(url));
  options.headers.push_back(
      "Accept: application/vnd.npm.install-v1+json; q=1.0, "
      "application/json; q=0.8, */*");
  HttpAnswer answer;
  absl::StatusOr<std::string> text = HttpClient(options).Get(
      std::span(&url, 1), kMostDocumentBytes, cancellation_, &answer);
  if (absl::IsPermissionDenied(text.status())) return Denied(answer.code);
  if (absl::IsNotFound(text.status())) {
    return absl::NotFoundError(absl::StrCat(
        UrlForPeople(url_), " has no package ", package_, " (HTTP ",
        answer.code, "), or not for you: is the name right, and does your ",
        "npm configuration name the registry that has it?"));
  }
  RETURN_IF_ERROR(text.status()) << "which npm packages come from";
  Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (json.is_object()) return json;
  return absl::UnavailableError(absl::StrCat(
      UrlForPeople(url), " answers with something that is no JSON object: ",
      "is it an npm registry?"));
}

absl::StatusOr<std::string> NpmRegistry::TarballUrl(
    const Json& document, const std::string& wanted) const {
  const Json& versions = Member(document, "versions");
  const Json& version = Member(versions, wanted);
  if (version.is_null()) return NoVersion(document, wanted);
  const Json& tarball = Member(Member(version, "dist"), "tarball");
  absl::string_view url = tarball.is_string()
                              ? tarball.get_ref<const std::string&>()
                              : absl::string_view();
  if (url.empty()) {
    return absl::UnavailableError(
        absl::StrCat(UrlForPeople(url_), " does not tell where the tarball of ",
                     package_, " ", wanted, " is"));
  }
  // As npm does: a mirror of the public registry is asked for it, too.
  if (absl::ConsumePrefix(&url, kPublicRegistry)) {
    return absl::StrCat(url_, url);
  }
  return std::string(url);
}

absl::Status NpmRegistry::NoVersion(const Json& document,
                                    absl::string_view wanted) const {
  std::vector<std::string> has;
  for (const auto& [tag, version] : Member(document, "dist-tags").items()) {
    if (has.size() == kMostVersionsShown) break;
    if (version.is_string()) {
      has.push_back(absl::StrCat(version.get<std::string>(), " (", tag, ")"));
    }
  }
  const size_t count = Member(document, "versions").size();
  return absl::NotFoundError(
      absl::StrCat(UrlForPeople(url_), " has no version ", wanted, " of ",
                   package_, ", but ", count, count == 1 ? " other" : " others",
                   has.empty() ? "" : ", among them ", absl::StrJoin(has, ", "),
                   "; `version` takes a whole version, no range and no tag"));
}

absl::StatusOr<Digest> NpmRegistry::FetchTarball(const std::string& version,
                                                 const std::string& sha256,
                                                 BlobStore& store) const {
  ASSIGN_OR_RETURN(const Json document, Document());
  ASSIGN_OR_RETURN(const std::string url, TarballUrl(document, version));
  FetchContext context = context_;
  ASSIGN_OR_RETURN(context.http, OptionsFor(url));
  HttpAnswer answer;
  absl::StatusOr<Digest> digest =
      FetchFile({.urls = {url}, .sha256 = sha256}, context, store,
                cancellation_, &answer);
  if (absl::IsPermissionDenied(digest.status())) return Denied(answer.code);
  return digest;
}

absl::StatusOr<Digest> NpmRegistry::FetchUnpinnedTarball(
    const Json& document, const std::string& version, BlobStore& store) const {
  ASSIGN_OR_RETURN(const std::string url, TarballUrl(document, version));
  FetchContext context = context_;
  ASSIGN_OR_RETURN(context.http, OptionsFor(url));
  ASSIGN_OR_RETURN(const Digest digest,
                   FetchUnpinned({url}, context, store, cancellation_));
  const Json& integrity =
      Member(Member(Member(Member(document, "versions"), version), "dist"),
             "integrity");
  const std::string expected =
      integrity.is_string() ? Sha512In(integrity.get<std::string>()) : "";
  if (expected.empty()) return digest;
  ASSIGN_OR_RETURN(const std::string bytes, store.Get(digest));
  if (Sha512(bytes) == expected) return digest;
  return absl::DataLossError(absl::StrCat(
      "the file at ", UrlForPeople(url), " has not the SHA-512 that the ",
      "registry tells of ", package_, " ", version,
      ": has a mirror or proxy replaced it?"));
}

}  // namespace graph
