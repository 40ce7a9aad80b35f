// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/oci_source.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/cas/tree.h"
#include "engine/fetch/oci_manifest.h"
#include "engine/fetch/oci_registry.h"

namespace graph {
namespace {

// As much as registries have to take.
constexpr int64_t kMostManifestBytes = 4 << 20;
// An index may name another one.
constexpr int kDeepestIndex = 3;

bool AreAll(absl::string_view text, absl::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains(more, c);
  });
}

class ImageFetch {
 public:
  ImageFetch(const OciSource& source, const FetchContext& context,
             BlobStore& store, const Cancellation& cancellation)
      : source_(source),
        store_(store),
        registry_(source.registry, source.repository, context, store,
                  cancellation) {}

  absl::StatusOr<Digest> Run() {
    ASSIGN_OR_RETURN(std::string sha256, ParseOciDigest(source_.digest));
    OciManifest manifest;
    OciDescriptor self;
    std::optional<Digest> chosen;  // As an index describes it.
    for (int depth = 0;; ++depth) {
      ASSIGN_OR_RETURN(manifest, Manifest(sha256, self));
      if (chosen && *chosen != self.digest) {
        return absl::DataLossError(
            absl::StrCat("sha256:", sha256, " has ", self.digest.size(),
                         " bytes, but the index says ", chosen->size()));
      }
      if (!manifest.is_index) break;
      if (depth == kDeepestIndex) {
        return absl::InvalidArgumentError("indexes are nested too deep");
      }
      ASSIGN_OR_RETURN(OciDescriptor next,
                       ChooseManifest(manifest, source_.platform));
      sha256 = next.digest.hex();
      chosen = next.digest;
    }
    AddBlob(self.digest);
    for (const OciDescriptor& blob : manifest.descriptors) {
      ASSIGN_OR_RETURN(Digest digest, registry_.FetchBlob(blob.digest));
      AddBlob(digest);
      if (&blob == &manifest.descriptors.front() && !chosen) {
        RETURN_IF_ERROR(CheckPlatform(digest));
      }
    }
    RETURN_IF_ERROR(AddFile("oci-layout", OciLayoutFile()));
    RETURN_IF_ERROR(AddFile("index.json", OciIndexFile(self)));
    return PutTree(entries_, store_);
  }

 private:
  absl::StatusOr<OciManifest> Manifest(const std::string& sha256,
                                       OciDescriptor& self) {
    ASSIGN_OR_RETURN(self.digest, registry_.FetchManifest(sha256));
    if (self.digest.size() > kMostManifestBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("sha256:", sha256, " has ", self.digest.size(),
                       " bytes: that is no manifest"));
    }
    ASSIGN_OR_RETURN(std::string bytes, store_.Get(self.digest));
    ASSIGN_OR_RETURN(OciManifest manifest, ParseOciManifest(bytes),
                     _ << "in sha256:" << sha256 << " of " << source_.registry
                       << "/" << source_.repository);
    self.media_type = manifest.media_type;
    return manifest;
  }

  // An image for one platform, which may not be the one that was asked for.
  absl::Status CheckPlatform(const Digest& config) {
    if (source_.platform.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(OciPlatform wanted, OciPlatform::Parse(source_.platform));
    if (config.size() > kMostManifestBytes) return absl::OkStatus();
    ASSIGN_OR_RETURN(std::string bytes, store_.Get(config));
    const nlohmann::json json =
        nlohmann::json::parse(bytes, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return absl::OkStatus();
    auto text = [&](const char* name) {
      auto member = json.find(name);
      return member != json.end() && member->is_string()
                 ? member->get<std::string>()
                 : "";
    };
    const OciPlatform is{.os = text("os"),
                         .architecture = text("architecture")};
    if (is.os == wanted.os && is.architecture == wanted.architecture) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(absl::StrCat(
        source_.digest, " is an image for ", is.ToString(), ", and not for ",
        source_.platform, ": take the digest of the index instead"));
  }

  void AddBlob(const Digest& digest) {
    entries_[absl::StrCat("blobs/sha256/", digest.hex())] = {.digest = digest};
  }

  absl::Status AddFile(const std::string& path, const std::string& text) {
    ASSIGN_OR_RETURN(entries_[path].digest, store_.Put(text));
    return absl::OkStatus();
  }

  const OciSource& source_;
  BlobStore& store_;
  OciRegistry registry_;
  TreeEntries entries_;
};

}  // namespace

absl::Status CheckOciSource(const OciSource& source) {
  if (!AreAll(source.registry, ".-:[]")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`registry` takes a host, with :port if need be; got `",
                     source.registry, "`"));
  }
  for (absl::string_view part : absl::StrSplit(source.repository, '/')) {
    if (AreAll(part, "._-") && absl::ascii_isalnum(part.front())) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "`repository` takes names divided by /, without tag or digest; got `",
        source.repository, "`"));
  }
  RETURN_IF_ERROR(ParseOciDigest(source.digest).status());
  if (source.platform.empty()) return absl::OkStatus();
  return OciPlatform::Parse(source.platform).status();
}

absl::StatusOr<Digest> FetchOci(const OciSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckOciSource(source));
  return ImageFetch(source, context, store, cancellation).Run();
}

}  // namespace graph
