// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/root_store.h"

#include <optional>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/exec/oci_layout.h"
#include "engine/exec/root_folder.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// To be raised with every change to what a folder is made like.
constexpr absl::string_view kFormat = "graph root 1";

// For each layer, the name of what it and those below come to.
std::vector<std::string> ChainsOf(std::span<const Digest> layers) {
  std::vector<std::string> chains;
  std::string below(kFormat);
  for (const Digest& layer : layers) {
    below = Digest::Of(absl::StrCat(below, "\n", layer.ToString())).hex();
    chains.push_back(below);
  }
  return chains;
}

}  // namespace

absl::StatusOr<std::vector<Digest>> RootStore::LayersOf(
    std::span<const SpawnInput> layers) {
  std::vector<Digest> all;
  for (const SpawnInput& layer : layers) {
    switch (layer.kind) {
      case SpawnInput::Kind::kFile:
        all.push_back(layer.digest);
        break;
      case SpawnInput::Kind::kDirectory: {
        absl::StatusOr<std::vector<Digest>> of_layout =
            LayersOfLayout(layer.digest, store_);
        if (absl::IsInvalidArgument(of_layout.status())) {
          return absl::InvalidArgumentError(absl::StrCat(
              layer.path, ", which `root` names, is no OCI image layout: ",
              of_layout.status().message()));
        }
        RETURN_IF_ERROR(of_layout.status());
        all.insert(all.end(), of_layout->begin(), of_layout->end());
        break;
      }
      case SpawnInput::Kind::kSymlink:
        return absl::InvalidArgumentError(
            absl::StrCat(layer.path,
                         ", which `root` names, is a symbolic link and no "
                         "layer"));
    }
  }
  return all;
}

absl::StatusOr<std::string> RootStore::FolderOf(
    std::span<const SpawnInput> layers, const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const std::vector<Digest> digests, LayersOf(layers));
  if (digests.empty()) {
    return absl::InvalidArgumentError("`root` has no layers");
  }
  const std::vector<std::string> chains = ChainsOf(digests);
  const std::string& chain = chains.back();
  {
    MutexLock lock(&mu_);
    auto held = held_.find(chain);
    if (held != held_.end()) return absl::StrCat(held->second.path(), "/root");
  }
  ASSIGN_OR_RETURN(
      FolderHold hold,
      folders_.FindOrMake(chain, [&](const std::string& path) -> absl::Status {
        RETURN_IF_ERROR(SetMode(folders_.root(), 0700));
        RETURN_IF_ERROR(MakeDirectory(path));
        return Unpack(digests, chains, absl::StrCat(path, "/root"),
                      cancellation);
      }));
  std::string root = absl::StrCat(hold.path(), "/root");
  MutexLock lock(&mu_);
  held_.emplace(chain, std::move(hold));
  return root;
}

absl::Status RootStore::Unpack(std::span<const Digest> layers,
                               std::span<const std::string> chains,
                               const std::string& path,
                               const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(RootFolder root, RootFolder::Make(path));
  size_t done = layers.size() - 1;
  std::optional<FolderHold> below;
  for (; done > 0; --done) {
    below = folders_.Find(chains[done - 1]);
    if (below.has_value()) break;
  }
  if (below.has_value()) {
    RETURN_IF_ERROR(root.Clone(absl::StrCat(below->path(), "/root")));
  }
  for (const Digest& layer : layers.subspan(done)) {
    ASSIGN_OR_RETURN(const std::string file, store_.NewTemporaryPath());
    RETURN_IF_ERROR(store_.Link(layer, /*executable=*/false, file));
    const absl::Status applied = root.Apply(file, cancellation);
    RemoveFile(file).IgnoreError();
    if (absl::IsInvalidArgument(applied)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the layer sha256:", layer.hex(),
                       " of `root` cannot be unpacked: ", applied.message()));
    }
    RETURN_IF_ERROR(applied);
  }
  return root.Finish();
}

}  // namespace graph
