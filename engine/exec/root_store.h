// SPDX-License-Identifier: Apache-2.0
// Root filesystems that commands run in, unpacked once and kept.
//
// Layout below `<cache>/roots/`, which only this user may enter, since programs
// in it may be meant to be run as their owner:
//   <64 hex digits>/root/  what the layers together come to; never changed
//   locks/<2 hex digits>   held while one with that beginning is made

#ifndef GRAPH_ENGINE_EXEC_ROOT_STORE_H_
#define GRAPH_ENGINE_EXEC_ROOT_STORE_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/action/spawn_input.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"

namespace graph {

// Safe for concurrent use, by threads and by processes.
class RootStore {
 public:
  // `cache_dir` is absolute. The references outlive this.
  RootStore(std::string cache_dir, BlobStore& store)
      : roots_(cache_dir + "/roots"), store_(store) {}

  // The folder of the root filesystem that `layers` make, the lowest first. A
  // layer is a file (see archive/layer_reader.h), or a directory that is an OCI
  // image layout of one image, which stands for the layers of that. Fails with
  // kInvalidArgument, in words for the user, if it is neither.
  absl::StatusOr<std::string> FolderOf(std::span<const SpawnInput> layers,
                                       const Cancellation& cancellation);

 private:
  absl::StatusOr<std::vector<Digest>> LayersOf(
      std::span<const SpawnInput> layers);
  std::string FolderOfChain(const std::string& chain) const;
  absl::Status Make(std::span<const Digest> layers,
                    std::span<const std::string> chains,
                    const Cancellation& cancellation);
  absl::Status Unpack(std::span<const Digest> layers,
                      std::span<const std::string> chains,
                      const std::string& path,
                      const Cancellation& cancellation);

  const std::string roots_;
  BlobStore& store_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ROOT_STORE_H_
