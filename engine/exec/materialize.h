// SPDX-License-Identifier: Apache-2.0
// Puts what was made where the user looks for it: below graph-out/.
//
// Files are read-only hard links to the store: they cost no space, and damage
// to one breaks its seal, so that the store notices (see cas/local_store.h).

#ifndef GRAPH_ENGINE_EXEC_MATERIALIZE_H_
#define GRAPH_ENGINE_EXEC_MATERIALIZE_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"

namespace graph {

// Safe for concurrent use, for different paths. Other processes may do the same
// work at the same time: each file, and each folder that was not there, is
// whole at every moment at which it exists. A folder that is there already
// becomes the new one file by file, so that it costs what has changed; if we
// are killed meanwhile, the next build goes on with it.
class Materializer {
 public:
  // `root` is absolute: the workspace. `store` outlives the object.
  Materializer(std::string root, BlobStore& store)
      : root_(std::move(root)), store_(store) {}

  // Makes `<root>/<output.path>` be that output and removes what is in its way;
  // leaves alone what is right already. Fails as BlobStore::Link does, so with
  // kNotFound or kDataLoss if the bytes are lost.
  absl::Status Place(const OutputEntry& output) ABSL_LOCKS_EXCLUDED(mu_);

  // Whatever is at `<root>/<path>` goes.
  absl::Status Remove(absl::string_view path);

  // How many outputs were not right already.
  int64_t placed() const { return placed_; }

 private:
  absl::Status MakeParent(absl::string_view relative, bool again)
      ABSL_LOCKS_EXCLUDED(mu_);
  bool IsRight(const OutputEntry& output, const std::string& path);
  // Something in a folder that is not what it should be.
  struct Change {
    std::string path;                   // Absolute.
    std::optional<OutputEntry> wanted;  // Its path is not set; nullopt: goes.
  };
  absl::Status FindChanges(const Digest& digest, const std::string& path,
                           std::vector<Change>& changes);
  absl::Status CheckBlobs(const std::vector<Change>& changes);
  // Makes the folder `path`, which is there, be that output.
  absl::Status Refit(const OutputEntry& output, const std::string& path);
  absl::Status Make(const OutputEntry& output, const std::string& path);
  // Makes it elsewhere and moves it to `path` in one step.
  absl::Status Replace(const OutputEntry& output, const std::string& path);
  absl::Status ReplaceBy(const OutputEntry& output,
                         const std::string& temporary, const std::string& path);

  const std::string root_;
  BlobStore& store_;
  std::atomic<int64_t> placed_ = 0;
  std::atomic<uint64_t> last_temporary_ = 0;
  Mutex mu_;
  // Folders that are there, relative to the root.
  absl::flat_hash_set<std::string> parents_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_MATERIALIZE_H_
