// SPDX-License-Identifier: Apache-2.0
// The blob store of one user on disk, shared by all workspaces and processes.
//
// Layout below the root:
//   format              `graph store 1`; an older tool refuses a newer store
//   index               LMDB: blobs of up to kSmallBlob bytes, and the action
//                       cache (see record_table.h)
//   blobs/<ab>/<hex>-<size>[.x]
//                       larger blobs and those that were linked, one file
//                       each; `.x` has the executable bit. The two are inodes
//                       of their own, because links share their mode.
//   tmp/<process>/      files on their way in; `<process>.lock` beside it is
//                       held while the process lives
//   quarantine/         what did not match its digest
//
// Files come in by rename and are not synced. One that is whole is *sealed*:
// read-only, as long as its name says, and with kSealTimeNs as the time of its
// last change. To write to a file through any of its links sets another time,
// and a file torn by a loss of power is too short; either breaks the seal. A
// link is given away only if the seal holds, or else after the bytes were read
// and found right, and sealed again. Get always digests what it returns.
//
// A side effect that we like: inputs of actions all have the same time stamp.

#ifndef GRAPH_ENGINE_CAS_LOCAL_STORE_H_
#define GRAPH_ENGINE_CAS_LOCAL_STORE_H_

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
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/record_table.h"
#include "engine/os/file_lock.h"

namespace graph {

struct StoreStatistics {
  int64_t files = 0;  // Blobs that are files.
  int64_t file_bytes = 0;
  int64_t records = 0;  // Small blobs and action cache entries.
  int64_t index_bytes = 0;
  int64_t quarantined = 0;
};

// Safe for concurrent use, by threads and by processes. Only one object per
// root in a process (LMDB's file locks would cancel each other), and none is
// used across a fork.
class LocalStore final : public BlobStore {
 public:
  static constexpr int64_t kSmallBlob = 8192;
  static constexpr int kFormat = 1;
  static constexpr int64_t kSealTimeNs = 315'532'800'271'828'183;
  // In 1980, at a fraction of a second that nobody sets: SOURCE_DATE_EPOCH of
  // our actions is the full second, and `touch` must not forge a seal.

  // Makes the store if there is none. Fails with kFailedPrecondition if a newer
  // tool made it.
  static absl::StatusOr<std::unique_ptr<LocalStore>> Open(
      const std::string& root);
  ~LocalStore() override;

  absl::StatusOr<std::vector<Digest>> Missing(
      std::span<const Digest> wanted) override;
  absl::StatusOr<std::string> Get(const Digest& digest) override;
  absl::StatusOr<Digest> Put(absl::string_view bytes) override;
  absl::StatusOr<Digest> PutFile(const std::string& path,
                                 bool consume) override;
  absl::Status Link(const Digest& digest, bool executable,
                    const std::string& path) override;
  bool IsLinked(const Digest& digest, bool executable,
                const std::string& path) override;
  absl::StatusOr<std::string> NewTemporaryPath() override;

  // Makes small blobs and action cache entries that were put so far visible to
  // other processes, and safe from a loss of power. To be called at the end of
  // a build; if we are killed before, the last few milliseconds are lost.
  absl::Status Flush();

  // Walks all blobs: for people, not for builds.
  absl::StatusOr<StoreStatistics> Statistics() const;

  const std::string& root() const { return root_; }
  RecordTable& records() { return *records_; }

 private:
  LocalStore(std::string root, std::unique_ptr<RecordTable> records);

  std::string PathOf(const Digest& digest, bool executable) const;
  // Whether this file of the blob is there and whole: kNotFound, or kDataLoss
  // and it was set aside.
  absl::Status Check(const Digest& digest, bool executable);
  absl::Status Verify(const Digest& digest, bool executable);
  absl::Status Quarantine(const std::string& path, const Digest& digest);
  absl::StatusOr<std::string> GetRecord(const Digest& digest);
  absl::StatusOr<std::string> GetFile(const Digest& digest, bool executable);

  // Moves the file at `temporary`, which is sealed, to its place; drops it if
  // a whole one is there already.
  absl::Status Settle(const std::string& temporary, const Digest& digest,
                      bool executable);
  // Makes the blob a file with this executable bit out of what else there is.
  absl::Status Promote(const Digest& digest, bool executable);
  absl::Status PutBytes(absl::string_view bytes, const Digest& digest,
                        bool executable);
  absl::Status PutCopyOf(const std::string& path, const Digest& digest,
                         bool executable);
  absl::Status MakeTemporaryFolder() ABSL_LOCKS_EXCLUDED(mu_);

  const std::string root_;
  const std::unique_ptr<RecordTable> records_;
  Mutex mu_;
  // This process's own folder in tmp/, and the lock that keeps it; made when
  // first needed.
  std::string temporary_ ABSL_GUARDED_BY(mu_);
  std::optional<FileLock> temporary_lock_ ABSL_GUARDED_BY(mu_);
  uint64_t last_temporary_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LOCAL_STORE_H_
