// SPDX-License-Identifier: Apache-2.0
// oci_tags: the tags of an image, and the digest that one stands for.
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/oci_manifest.h"
#include "engine/fetch/oci_registry.h"
#include "engine/fetch/oci_source.h"
#include "engine/fetch/version_kinds.h"

namespace graph {
namespace {

constexpr int64_t kMostManifestBytes = 4 << 20;

// `docker.io/library/debian` → registry and repository.
absl::StatusOr<OciSource> ImageOf(const VersionQuestion& question) {
  const std::string image = question.Argument("image");
  OciSource source{.registry = image.substr(0, image.find('/')),
                   .repository = "",
                   .digest = absl::StrCat("sha256:", std::string(64, '0')),
                   .platform = question.Argument("platform")};
  if (source.registry.size() == image.size() ||
      (source.registry != "localhost" &&
       source.registry.find_first_of(".:") == std::string::npos)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`image` takes a registry and a repository, without tag; got `", image,
        "`: is `docker.io/", absl::StrContains(image, '/') ? "" : "library/",
        image, "` meant?"));
  }
  source.repository = image.substr(image.find('/') + 1);
  // The name that people know, and the host that answers for it.
  if (source.registry == "docker.io") source.registry = "registry-1.docker.io";
  RETURN_IF_ERROR(CheckOciSource(source));
  return source;
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  ASSIGN_OR_RETURN(const OciSource image, ImageOf(question));
  OciRegistry registry(image.registry, image.repository, question.context,
                       question.store, question.cancellation);
  ASSIGN_OR_RETURN(const std::vector<std::string> tags, registry.Tags());
  return VersionsOfTags(tags, question.Argument("pattern"),
                        question.Argument("image"));
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  ASSIGN_OR_RETURN(const OciSource image, ImageOf(question));
  OciRegistry registry(image.registry, image.repository, question.context,
                       question.store, question.cancellation);
  ASSIGN_OR_RETURN(Digest digest, registry.FetchTag(version.fields["tag"]));
  if (!image.platform.empty() && digest.size() <= kMostManifestBytes) {
    ASSIGN_OR_RETURN(const std::string bytes, question.store.Get(digest));
    ASSIGN_OR_RETURN(const OciManifest manifest, ParseOciManifest(bytes));
    if (manifest.is_index) {
      ASSIGN_OR_RETURN(const OciDescriptor chosen,
                       ChooseManifest(manifest, image.platform),
                       _ << "in " << question.Argument("image") << ":"
                         << version.fields["tag"]);
      digest = chosen.digest;
    }
  }
  version.fields["digest"] = absl::StrCat("sha256:", digest.hex());
  return absl::OkStatus();
}

}  // namespace

VersionKind OciTagVersions() { return {"oci_tags", List, Complete}; }

}  // namespace graph
