// SPDX-License-Identifier: Apache-2.0
// One LMDB file, opened: reading and committing, and what LMDB leaves to its
// users: growing the map, readers that were killed, files that were damaged.

#ifndef GRAPH_ENGINE_CAS_LMDB_FILE_H_
#define GRAPH_ENGINE_CAS_LMDB_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/mutex.h"

struct MDB_env;
struct MDB_txn;

namespace graph {

// Safe for concurrent use, by threads and by processes. Nothing is synced
// unless asked for.
class LmdbFile {
 public:
  struct Change {
    absl::string_view key;
    std::optional<absl::string_view> value;  // nullopt: remove it.
  };

  // Makes the file if there is none. Fails with kDataLoss if it is damaged.
  static absl::StatusOr<std::unique_ptr<LmdbFile>> Open(
      const std::string& path);
  ~LmdbFile();
  LmdbFile(const LmdbFile&) = delete;
  LmdbFile& operator=(const LmdbFile&) = delete;

  // nullopt also where the file is damaged.
  std::optional<std::string> Find(absl::string_view key) const
      ABSL_LOCKS_EXCLUDED(map_mu_, idle_mu_);

  // All or nothing. kDataLoss if the file is damaged, kResourceExhausted if the
  // disk is full.
  absl::Status Commit(std::span<const Change> changes)
      ABSL_LOCKS_EXCLUDED(map_mu_);
  absl::Status Sync();

  int64_t entries() const;
  int64_t bytes() const;  // In use.

 private:
  class Reading;

  explicit LmdbFile(MDB_env* env) : env_(env) {}
  absl::Status CheckLength(const std::string& path);
  int OpenMain();
  int TryCommit(std::span<const Change> changes)
      ABSL_SHARED_LOCKS_REQUIRED(map_mu_);
  // Maps at least `bytes`, and whatever another process has grown it to.
  void Remap(size_t bytes) const ABSL_LOCKS_EXCLUDED(map_mu_);

  MDB_env* const env_;
  // Held shared by transactions, alone to change the map. Before idle_mu_.
  mutable Mutex map_mu_;
  mutable Mutex idle_mu_ ABSL_ACQUIRED_AFTER(map_mu_);
  // Reading transactions, reset: to renew one costs a tenth of a new one.
  mutable std::vector<MDB_txn*> idle_ ABSL_GUARDED_BY(idle_mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LMDB_FILE_H_
