// SPDX-License-Identifier: Apache-2.0
// Root filesystems that commands run in, unpacked once and kept.
//
// Layout below `<cache>/roots/`, which only this user may enter, since programs
// in it may be meant to be run as their owner:
//   <64 hex digits>/root/  what the layers together come to; never changed
//   …                      see cas/folder_store.h

#ifndef GRAPH_ENGINE_EXEC_ROOT_STORE_H_
#define GRAPH_ENGINE_EXEC_ROOT_STORE_H_

#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "engine/action/spawn_input.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/folder_store.h"

namespace graph {

// Safe for concurrent use, by threads and by processes.
class RootStore {
 public:
  // `cache_dir` is absolute. The references outlive this.
  RootStore(std::string cache_dir, BlobStore& store)
      : folders_(Folders(cache_dir)), store_(store) {}

  // Those below `cache_dir`.
  static FolderStore Folders(const std::string& cache_dir) {
    return FolderStore(cache_dir + "/roots");
  }

  // The folder of the root filesystem that `layers` make, the lowest first,
  // which stays as long as this. A
  // layer is a file (see archive/layer_reader.h), or a directory that is an OCI
  // image layout of one image, which stands for the layers of that. Fails with
  // kInvalidArgument, in words for the user, if it is neither.
  absl::StatusOr<std::string> FolderOf(std::span<const SpawnInput> layers,
                                       const Cancellation& cancellation)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::StatusOr<std::vector<Digest>> LayersOf(
      std::span<const SpawnInput> layers);
  absl::Status Unpack(std::span<const Digest> layers,
                      std::span<const std::string> chains,
                      const std::string& path,
                      const Cancellation& cancellation);

  FolderStore folders_;
  BlobStore& store_;
  Mutex mu_;
  // What this process uses, by the names of folders.
  std::map<std::string, FolderHold> held_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ROOT_STORE_H_
