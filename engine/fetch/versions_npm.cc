// SPDX-License-Identifier: Apache-2.0
// npm: the versions of a package, by the registry that npm would ask:
//
//   <package>   {"dist-tags": {"latest": "1.2.3", …}, "versions": {"1.2.3":
//               {"deprecated": "<why>", "dist": {"tarball": "…", "integrity":
//               "sha512-<base64>"}}, …}}
//
// Where nothing is said of the version, `latest` is what npm installs, and what
// is taken here: it is the maintainers' word for which is the newest release.
// With a constraint or prereleases it is the order of versions that counts. No
// other tag is looked at. A deprecated version is withdrawn.
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/npm_registry.h"
#include "engine/fetch/npm_source.h"
#include "engine/fetch/version_kinds.h"

namespace graph {
namespace {

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  const std::string package = question.Argument("package");
  RETURN_IF_ERROR(CheckNpmPackage(package));
  ASSIGN_OR_RETURN(
      const NpmRegistry registry,
      NpmRegistry::Of(package, question.context, question.cancellation));
  ASSIGN_OR_RETURN(nlohmann::json document, registry.Document());
  if (!document.is_object() || !document["versions"].is_object()) {
    return OddAnswer(package, "not one of npm's registries");
  }
  const std::string latest = TextMember(document["dist-tags"], "latest");
  const bool only_latest = question.request.constraint.empty() &&
                           !question.request.prerelease && !latest.empty();
  std::vector<FoundVersion> found;
  for (const auto& [text, release] : document["versions"].items()) {
    std::optional<Version> version =
        Version::Parse(VersionScheme::kSemver, text);
    if (!version || (only_latest && text != latest)) continue;
    FoundVersion& one =
        found.emplace_back(FoundVersion{.version = *std::move(version)});
    one.is_prerelease = one.version.is_prerelease();
    one.fields["version"] = text;
    nlohmann::json alone;
    alone["versions"][text] = release;
    one.details = alone.dump();
    if (const auto why = release.find("deprecated"); why != release.end()) {
      const std::string words = TextMember(release, "deprecated");
      // An empty text takes a deprecation back.
      if (!words.empty() || BoolMember(release, "deprecated")) {
        one.withdrawn = words;
      }
    }
  }
  return found;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  ASSIGN_OR_RETURN(const NpmRegistry registry,
                   NpmRegistry::Of(question.Argument("package"),
                                   question.context, question.cancellation));
  const nlohmann::json document = nlohmann::json::parse(
      version.details, nullptr, /*allow_exceptions=*/false);
  const std::string text = version.version.text();
  ASSIGN_OR_RETURN(const std::string url, registry.TarballUrl(document, text));
  ASSIGN_OR_RETURN(const Digest digest, registry.FetchUnpinnedTarball(
                                            document, text, question.store));
  version.fields["file"] = url.substr(url.rfind('/') + 1);
  version.fields["url"] = url;
  version.fields["sha256"] = digest.hex();
  return absl::OkStatus();
}

}  // namespace

VersionKind NpmVersions() { return {"npm", List, Complete}; }

}  // namespace graph
