// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/oci_manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

using Json = nlohmann::json;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("it is no image manifest: ", what));
}

std::string Text(const Json& json, const char* name) {
  auto member = json.find(name);
  return member != json.end() && member->is_string()
             ? member->get<std::string>()
             : "";
}

absl::StatusOr<OciDescriptor> ParseDescriptor(const Json& json) {
  if (!json.is_object()) return Wrong("a descriptor is not an object");
  auto size = json.find("size");
  if (size == json.end() || !size->is_number_unsigned()) {
    return Wrong("a descriptor has no `size`");
  }
  ASSIGN_OR_RETURN(std::string hex, ParseOciDigest(Text(json, "digest")));
  OciDescriptor descriptor{.media_type = Text(json, "mediaType")};
  ASSIGN_OR_RETURN(descriptor.digest,
                   Digest::FromHex(hex, size->get<int64_t>()));
  auto platform = json.find("platform");
  if (platform != json.end() && platform->is_object()) {
    descriptor.platform = {.os = Text(*platform, "os"),
                           .architecture = Text(*platform, "architecture"),
                           .variant = Text(*platform, "variant")};
  }
  return descriptor;
}

absl::Status AddAll(const Json& json, const char* name, OciManifest& manifest) {
  auto member = json.find(name);
  if (member == json.end() || !member->is_array()) {
    return Wrong(absl::StrCat("`", name, "` is not a list"));
  }
  for (const Json& element : *member) {
    ASSIGN_OR_RETURN(OciDescriptor descriptor, ParseDescriptor(element));
    manifest.descriptors.push_back(std::move(descriptor));
  }
  return absl::OkStatus();
}

// Those that every processor of the architecture is.
bool IsBaseVariant(const OciPlatform& platform) {
  return platform.variant.empty() ||
         (platform.architecture == "arm64" && platform.variant == "v8") ||
         (platform.architecture == "amd64" && platform.variant == "v1");
}

bool IsFor(const OciPlatform& there, const OciPlatform& wanted) {
  return there.os == wanted.os && there.architecture == wanted.architecture &&
         (wanted.variant.empty() || there.variant == wanted.variant ||
          (IsBaseVariant(there) && IsBaseVariant(wanted)));
}

std::string PlatformsOf(const std::vector<OciDescriptor>& descriptors) {
  std::vector<std::string> platforms;
  for (const OciDescriptor& descriptor : descriptors) {
    // Attestations say `unknown`.
    if (descriptor.platform.os.empty() || descriptor.platform.os == "unknown") {
      continue;
    }
    std::string platform = descriptor.platform.ToString();
    if (std::find(platforms.begin(), platforms.end(), platform) ==
        platforms.end()) {
      platforms.push_back(std::move(platform));
    }
  }
  return platforms.empty() ? "none that has a name"
                           : absl::StrJoin(platforms, ", ");
}

}  // namespace

absl::StatusOr<OciPlatform> OciPlatform::Parse(absl::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  const bool whole =
      std::none_of(parts.begin(), parts.end(),
                   [](const auto& part) { return part.empty(); });
  if (parts.size() < 2 || parts.size() > 3 || !whole) {
    return absl::InvalidArgumentError(
        absl::StrCat("`platform` takes os/architecture or "
                     "os/architecture/variant, like linux/amd64 or "
                     "linux/arm/v7; got `",
                     text, "`"));
  }
  return OciPlatform{.os = parts[0],
                     .architecture = parts[1],
                     .variant = parts.size() == 3 ? parts[2] : ""};
}

std::string OciPlatform::ToString() const {
  return absl::StrCat(os, "/", architecture, variant.empty() ? "" : "/",
                      variant);
}

absl::StatusOr<std::string> ParseOciDigest(absl::string_view text) {
  absl::string_view hex = text;
  if (!absl::ConsumePrefix(&hex, "sha256:") || hex.size() != 64 ||
      !std::all_of(hex.begin(), hex.end(), [](char c) {
        return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
      })) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a digest is sha256: and 64 lowercase hexadecimal digits; got `", text,
        "`"));
  }
  return std::string(hex);
}

absl::Status OldSchema() {
  return absl::InvalidArgumentError(
      "the image is of Docker's schema 1, which tools no longer write: push it "
      "anew with one of today");
}

absl::StatusOr<OciManifest> ParseOciManifest(absl::string_view bytes) {
  const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr,
                                /*allow_exceptions=*/false);
  if (!json.is_object()) return Wrong("not a JSON object");
  auto version = json.find("schemaVersion");
  if (version != json.end() && *version == 1) {
    return OldSchema();
  }
  if (version == json.end() || *version != 2) {
    return Wrong("`schemaVersion` is not 2");
  }
  OciManifest manifest{.media_type = Text(json, "mediaType"),
                       .is_index = json.contains("manifests")};
  if (manifest.is_index) {
    RETURN_IF_ERROR(AddAll(json, "manifests", manifest));
  } else {
    if (!json.contains("config")) return Wrong("it has no `config`");
    ASSIGN_OR_RETURN(OciDescriptor config, ParseDescriptor(json["config"]));
    manifest.descriptors.push_back(std::move(config));
    RETURN_IF_ERROR(AddAll(json, "layers", manifest));
  }
  // OCI lets it be absent, Docker does not.
  if (manifest.media_type.empty()) {
    manifest.media_type = manifest.is_index
                              ? "application/vnd.oci.image.index.v1+json"
                              : "application/vnd.oci.image.manifest.v1+json";
  }
  return manifest;
}

absl::StatusOr<OciDescriptor> ChooseManifest(const OciManifest& index,
                                             absl::string_view platform) {
  const std::string there = PlatformsOf(index.descriptors);
  if (platform.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the digest is that of an index: `platform` must say "
                     "which image of it is meant; it has ",
                     there));
  }
  ASSIGN_OR_RETURN(OciPlatform wanted, OciPlatform::Parse(platform));
  std::vector<OciDescriptor> found;
  for (const OciDescriptor& descriptor : index.descriptors) {
    if (IsFor(descriptor.platform, wanted)) found.push_back(descriptor);
  }
  if (found.size() > 1) {  // Then the one that runs everywhere.
    std::erase_if(found, [](const OciDescriptor& descriptor) {
      return !IsBaseVariant(descriptor.platform);
    });
  }
  if (found.size() == 1) return found.front();
  return absl::InvalidArgumentError(
      absl::StrCat("the index does not have exactly one image for ", platform,
                   "; it has ", there));
}

std::string OciLayoutFile() { return R"({"imageLayoutVersion":"1.0.0"})"; }

std::string OciIndexFile(const OciDescriptor& manifest) {
  return absl::StrCat(
      R"({"schemaVersion":2,)"
      R"("mediaType":"application/vnd.oci.image.index.v1+json",)"
      R"("manifests":[{"mediaType":)",
      JsonString(manifest.media_type), R"(,"digest":"sha256:)",
      manifest.digest.hex(), R"(","size":)", manifest.digest.size(), "}]}");
}

}  // namespace graph
