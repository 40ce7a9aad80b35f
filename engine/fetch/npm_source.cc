// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/npm_source.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/fetch/archive_tree.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/npm_config.h"
#include "engine/net/http.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

using Json = nlohmann::json;

// The longest list of versions there is has some 20 MB.
constexpr int64_t kMostDocumentBytes = 256 << 20;
constexpr size_t kMostVersionsShown = 10;

// What registries of others answer for packages that they have from there.
constexpr absl::string_view kPublicRegistry = "https://registry.npmjs.org/";

bool IsName(absl::string_view text, absl::string_view more) {
  return !text.empty() && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

// The member, or null.
const Json& Member(const Json& json, const std::string& name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  auto member = json.find(name);
  return member == json.end() ? kNull : *member;
}

// One package in its registry.
class NpmRegistry {
 public:
  static absl::StatusOr<NpmRegistry> Of(const NpmSource& source,
                                        const FetchContext& context,
                                        const Cancellation& cancellation) {
    ASSIGN_OR_RETURN(NpmConfig config,
                     NpmConfig::Load(HostEnvironment::FromProcess()));
    ASSIGN_OR_RETURN(std::string url, config.RegistryOf(source.package));
    return NpmRegistry(source, std::move(config), std::move(url), context,
                       cancellation);
  }

  absl::StatusOr<Digest> FetchTarball(BlobStore& store) const {
    ASSIGN_OR_RETURN(const std::string url, TarballUrl());
    FetchContext context = context_;
    ASSIGN_OR_RETURN(context.http, OptionsFor(url));
    HttpAnswer answer;
    absl::StatusOr<Digest> digest =
        FetchFile({.urls = {url}, .sha256 = source_.sha256}, context, store,
                  cancellation_, &answer);
    if (absl::IsPermissionDenied(digest.status())) return Denied(answer.code);
    return digest;
  }

 private:
  NpmRegistry(const NpmSource& source, NpmConfig config, std::string url,
              const FetchContext& context, const Cancellation& cancellation)
      : source_(source),
        config_(std::move(config)),
        url_(std::move(url)),
        context_(context),
        cancellation_(cancellation) {}

  // The logins are npm's alone.
  absl::StatusOr<HttpOptions> OptionsFor(const std::string& url) const {
    HttpOptions options = context_.http;
    options.use_netrc = false;
    ASSIGN_OR_RETURN(const std::string login, config_.AuthorizationFor(url));
    if (!login.empty()) options.headers.push_back("Authorization: " + login);
    return options;
  }

  absl::Status Denied(long code) const {
    return absl::PermissionDeniedError(absl::StrCat(
        UrlForPeople(url_), " does not let us read ", source_.package,
        " (HTTP ", code, "): log in there with `npm login --registry=",
        UrlForPeople(url_), "`, or write its _authToken into ~/.npmrc"));
  }

  absl::StatusOr<Json> Document() const {
    // A scope's `/` is not one of the path.
    std::string name = source_.package;
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
          UrlForPeople(url_), " has no package ", source_.package, " (HTTP ",
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

  absl::StatusOr<std::string> TarballUrl() const {
    ASSIGN_OR_RETURN(const Json document, Document());
    const Json& versions = Member(document, "versions");
    const Json& version = Member(versions, source_.version);
    if (version.is_null()) return NoVersion(document);
    const Json& tarball = Member(Member(version, "dist"), "tarball");
    absl::string_view url = tarball.is_string()
                                ? tarball.get_ref<const std::string&>()
                                : absl::string_view();
    if (url.empty()) {
      return absl::UnavailableError(absl::StrCat(
          UrlForPeople(url_), " does not tell where the tarball of ",
          source_.package, " ", source_.version, " is"));
    }
    // As npm does: a mirror of the public registry is asked for it, too.
    if (absl::ConsumePrefix(&url, kPublicRegistry)) {
      return absl::StrCat(url_, url);
    }
    return std::string(url);
  }

  absl::Status NoVersion(const Json& document) const {
    std::vector<std::string> has;
    for (const auto& [tag, version] : Member(document, "dist-tags").items()) {
      if (has.size() == kMostVersionsShown) break;
      if (version.is_string()) {
        has.push_back(absl::StrCat(version.get<std::string>(), " (", tag, ")"));
      }
    }
    const size_t count = Member(document, "versions").size();
    return absl::NotFoundError(absl::StrCat(
        UrlForPeople(url_), " has no version ", source_.version, " of ",
        source_.package, ", but ", count, count == 1 ? " other" : " others",
        has.empty() ? "" : ", among them ", absl::StrJoin(has, ", "),
        "; `version` takes a whole version, no range and no tag"));
  }

  const NpmSource& source_;
  NpmConfig config_;
  std::string url_;  // With a `/` at the end.
  const FetchContext& context_;
  const Cancellation& cancellation_;
};

// `./bin/x.js` or `/bin/x.js` → `bin/x.js`.
std::string PathInPackage(absl::string_view path) {
  while (absl::ConsumePrefix(&path, "./") || absl::ConsumePrefix(&path, "/")) {
  }
  return std::string(path);
}

absl::StatusOr<Digest> Installed(TreeEntries tree, BlobStore& store) {
  auto description = tree.find("package.json");
  if (description == tree.end() ||
      description->second.kind != TreeEntry::Kind::kFile) {
    return absl::InvalidArgumentError(
        "it has no package.json: is it an npm package?");
  }
  ASSIGN_OR_RETURN(const std::string text,
                   store.Get(description->second.digest));
  RETURN_IF_ERROR(MarkPrograms(text, tree));
  return PutTree(tree, store);
}

absl::StatusOr<Digest> FetchTarball(const NpmSource& source,
                                    const FetchContext& context,
                                    BlobStore& store,
                                    const Cancellation& cancellation) {
  if (!source.sha256.empty()) {
    ASSIGN_OR_RETURN(std::optional<Digest> known,
                     FindFetched(source.sha256, context, store));
    if (known) return *known;
  }
  if (context.offline) {
    return absl::UnavailableError(
        absl::StrCat("npm package ", source.package, " ", source.version,
                     " was not fetched before, and we are offline"));
  }
  ASSIGN_OR_RETURN(const NpmRegistry registry,
                   NpmRegistry::Of(source, context, cancellation));
  return registry.FetchTarball(store);
}

}  // namespace

absl::Status CheckNpmSource(const NpmSource& source) {
  absl::string_view name = source.package;
  bool is_name = true;
  if (absl::ConsumePrefix(&name, "@")) {
    const size_t slash = std::min(name.find('/'), name.size());
    is_name = IsName(name.substr(0, slash), "-._~");
    name.remove_prefix(std::min(slash + 1, name.size()));
  }
  if (!is_name || !IsName(name, "-._~")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`package` takes the name of an npm package, `name` or `@scope/name`; ",
        "got `", source.package, "`"));
  }
  if (!IsName(source.version, "-.+")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`version` takes a whole version of an npm package, like 1.2.3; got `",
        source.version, "`"));
  }
  return absl::OkStatus();
}

absl::Status MarkPrograms(absl::string_view text, TreeEntries& tree) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  const Json json = Json::parse(text.begin(), text.end(), nullptr,
                                /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return absl::InvalidArgumentError("its package.json is no JSON object");
  }
  auto mark = [&](const std::string& path) {
    auto file = tree.find(path);
    if (file != tree.end() && file->second.kind == TreeEntry::Kind::kFile) {
      file->second.executable = true;
    }
  };
  const Json& bin = Member(json, "bin");
  if (bin.is_string()) mark(PathInPackage(bin.get<std::string>()));
  if (bin.is_object()) {
    for (const Json& program : bin) {
      if (program.is_string()) mark(PathInPackage(program.get<std::string>()));
    }
  }
  const Json& folder = Member(Member(json, "directories"), "bin");
  if (bin.is_null() && folder.is_string()) {
    std::string prefix = PathInPackage(folder.get<std::string>());
    if (!absl::EndsWith(prefix, "/")) prefix += "/";
    for (const auto& [path, entry] : tree) {
      if (absl::StartsWith(path, prefix)) mark(path);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Digest> FetchNpm(const NpmSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckNpmSource(source));
  ASSIGN_OR_RETURN(const Digest tarball,
                   FetchTarball(source, context, store, cancellation));
  const std::string name =
      absl::StrCat("npm package ", source.package, " ", source.version);
  ASSIGN_OR_RETURN(
      TreeEntries tree,
      TreeOfArchive(tarball, kTopFolder, context, store, cancellation),
      _ << name);
  ASSIGN_OR_RETURN(Digest root, Installed(std::move(tree), store), _ << name);
  return root;
}

}  // namespace graph
