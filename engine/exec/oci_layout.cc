// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/oci_layout.h"

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/cas/tree.h"

namespace graph {
namespace {

using Json = nlohmann::json;

absl::StatusOr<Digest> FileAt(const TreeEntries& tree,
                              const std::string& path) {
  auto found = tree.find(path);
  if (found == tree.end() || found->second.kind != TreeEntry::Kind::kFile) {
    return absl::InvalidArgumentError(absl::StrCat("it has no file ", path));
  }
  return found->second.digest;
}

// The blob that a descriptor names.
absl::StatusOr<Digest> BlobOf(const Json& descriptor, const TreeEntries& tree) {
  if (!descriptor.is_object() || !descriptor.contains("digest") ||
      !descriptor["digest"].is_string()) {
    return absl::InvalidArgumentError("a descriptor in it has no digest");
  }
  return FileAt(
      tree, absl::StrCat("blobs/",
                         absl::StrReplaceAll(
                             descriptor["digest"].get_ref<const std::string&>(),
                             {{":", "/"}})));
}

absl::StatusOr<Json> ReadList(const Digest& digest, const char* list,
                              BlobStore& store) {
  ASSIGN_OR_RETURN(const std::string text, store.Get(digest));
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains(list) || !json[list].is_array()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a file in it has no list `", list, "`"));
  }
  return std::move(json[list]);
}

}  // namespace

absl::StatusOr<std::vector<Digest>> LayersOfLayout(const Digest& root,
                                                   BlobStore& store) {
  ASSIGN_OR_RETURN(const TreeEntries tree, GetTree(root, store));
  ASSIGN_OR_RETURN(const Digest index, FileAt(tree, "index.json"));
  ASSIGN_OR_RETURN(const Json manifests, ReadList(index, "manifests", store));
  if (manifests.size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("it has ", manifests.size(), " images, and not one"));
  }
  ASSIGN_OR_RETURN(const Digest manifest, BlobOf(manifests[0], tree));
  ASSIGN_OR_RETURN(const Json layers, ReadList(manifest, "layers", store));
  std::vector<Digest> digests;
  for (const Json& layer : layers) {
    ASSIGN_OR_RETURN(const Digest digest, BlobOf(layer, tree));
    digests.push_back(digest);
  }
  return digests;
}

}  // namespace graph
