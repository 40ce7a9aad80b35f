// SPDX-License-Identifier: Apache-2.0
// A blob store and an action cache in memory, for tests and dry runs.

#ifndef GRAPH_ENGINE_CAS_MEMORY_STORE_H_
#define GRAPH_ENGINE_CAS_MEMORY_STORE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"

namespace graph {

// Evicts nothing by itself. Link makes copies.
class MemoryStore final : public BlobStore {
 public:
  absl::StatusOr<std::vector<Digest>> Missing(
      std::span<const Digest> wanted) override ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<std::string> Get(const Digest& digest) override
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<Digest> Put(absl::string_view bytes) override
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<Digest> PutFile(const std::string& path, bool consume) override
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::Status Link(const Digest& digest, bool executable,
                    const std::string& path) override ABSL_LOCKS_EXCLUDED(mu_);

  // As if the blob had been evicted.
  void Remove(const Digest& digest) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  Mutex mu_;
  absl::flat_hash_map<Digest, std::string> blobs_ ABSL_GUARDED_BY(mu_);
};

// Does not look whether the blobs of a result are there, unless it is given a
// store, which outlives it.
class MemoryActionCache final : public ActionCache {
 public:
  explicit MemoryActionCache(BlobStore* store = nullptr) : store_(store) {}

  absl::StatusOr<std::optional<ActionResult>> Find(const Digest& key,
                                                   Isolation at_least) override
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::Status Record(const Digest& key, const ActionResult& result) override
      ABSL_LOCKS_EXCLUDED(mu_);
  size_t size() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  BlobStore* const store_;
  mutable Mutex mu_;
  absl::flat_hash_map<Digest, ActionResult> results_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_MEMORY_STORE_H_
