// SPDX-License-Identifier: Apache-2.0
// One LMDB file, opened: reading and committing, and what LMDB leaves to its
// users: growing the map, readers that were killed, files that were damaged.

#ifndef GRAPH_ENGINE_CAS_LMDB_FILE_H_
#define GRAPH_ENGINE_CAS_LMDB_FILE_H_

#include <array>
#include <cstdint>
#include <functional>
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
    absl::string_view key;                   // Not kCountersKey.
    std::optional<absl::string_view> value;  // nullopt: remove it.
  };
  struct Entry {
    std::string key;
    std::string value;
  };
  // Numbers kept in the file, under kCountersKey, that commits add to. The
  // first is the disk space of all entries, as SpaceOf() has it, and is kept
  // up by the file itself.
  using Counters = std::array<int64_t, 4>;
  static constexpr absl::string_view kCountersKey = "#counters";

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
  absl::Status Commit(std::span<const Change> changes, const Counters& add = {})
      ABSL_LOCKS_EXCLUDED(map_mu_);

  // Removes those of `keys` that are there and that `may_go`, in one commit,
  // and returns them as they were.
  using Filter =
      std::function<bool(absl::string_view key, absl::string_view value)>;
  absl::StatusOr<std::vector<Entry>> RemoveIf(std::span<const std::string> keys,
                                              const Filter& may_go)
      ABSL_LOCKS_EXCLUDED(map_mu_);

  // Shows entries in the order of their keys, from `from` on and before `to`,
  // a few thousand at most; nothing may be changed meanwhile by this thread.
  // Returns where to go on, or nullopt at the end.
  using Visitor =
      std::function<void(absl::string_view key, absl::string_view value)>;
  std::optional<std::string> Visit(absl::string_view from, absl::string_view to,
                                   const Visitor& visit) const
      ABSL_LOCKS_EXCLUDED(map_mu_, idle_mu_);

  absl::Status Sync();

  int64_t entries() const;  // But for the counters.
  int64_t bytes() const;    // Of the file: it never shrinks.
  Counters counters() const;

  // What an entry takes on the disk, roughly: its share of a page two thirds
  // full, or pages of its own.
  static int64_t SpaceOf(size_t key_bytes, size_t value_bytes);

 private:
  class Reading;

  explicit LmdbFile(MDB_env* env) : env_(env) {}
  absl::Status CheckLength(const std::string& path);
  int OpenMain();
  using Writing = std::function<int(MDB_txn*, Counters*)>;
  int TryWrite(const Writing& write) ABSL_SHARED_LOCKS_REQUIRED(map_mu_);
  absl::Status Write(const Writing& write) ABSL_LOCKS_EXCLUDED(map_mu_);
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
