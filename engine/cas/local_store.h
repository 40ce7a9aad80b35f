// SPDX-License-Identifier: Apache-2.0
// The blob store of one user on disk, shared by all workspaces and processes.
//
// Layout below the root:
//   format              `graph store 2`; an older tool refuses a newer store
//   index               LMDB: blobs of up to kSmallBlob bytes, and the action
//                       cache (see record_table.h)
//   blobs/<ab>/<hex>-<size>[.x]
//                       larger blobs and those that were linked, one file
//                       each; `.x` has the executable bit. The two are inodes
//                       of their own, because links share their mode.
//   tmp/<process>/      files on their way in; `<process>.lock` beside it is
//                       held while the process lives
//   quarantine/         what did not match its digest
//   leases/<process>    what living processes use (see lease.h)
//   collecting          locked by the process that makes room (collector.h)
//
// Files come in by rename and are not synced. One that is whole is *sealed*:
// read-only, as long as its name says, and with kSealTimeNs as the time of its
// last change. To write to a file through any of its links sets another time,
// and a file torn by a loss of power is too short; either breaks the seal. A
// link is given away only if the seal holds, or else after the bytes were read
// and found right, and sealed again. Get always digests what it returns.
//
// A side effect that we like: inputs of actions all have the same time stamp.
//
// The time of access of a file is that of its last use, exact to kUseGrainS;
// records keep theirs themselves. The index counts files and what they take,
// and what the records take; a process that is killed may fail to count its
// last few milliseconds, which is put right whenever all files are looked at.

#ifndef GRAPH_ENGINE_CAS_LOCAL_STORE_H_
#define GRAPH_ENGINE_CAS_LOCAL_STORE_H_

#include <atomic>
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
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/lease.h"
#include "engine/cas/record_table.h"
#include "engine/os/file_lock.h"

namespace graph {

struct StoreStatistics {
  int64_t files = 0;  // Blobs that are files; one with and without `.x` is two.
  int64_t file_space = 0;
  int64_t linked_files = 0;  // Those that are also elsewhere, by hard links.
  int64_t linked_space = 0;
  int64_t small_blobs = 0;  // Records.
  int64_t results = 0;      // Action cache entries.
  int64_t record_space = 0;
  int64_t index_bytes = 0;  // Of the file; what records do not take is free.
  int64_t quarantined = 0;
  int64_t quarantined_bytes = 0;
  int64_t leases = 0;      // Of living processes.
  int64_t oldest_use = 0;  // Seconds since 1970; 0 if there is nothing.
};

// Safe for concurrent use, by threads and by processes. Only one object per
// root in a process (LMDB's file locks would cancel each other), and none is
// used across a fork.
class LocalStore final : public BlobStore {
 public:
  static constexpr int64_t kSmallBlob = 8192;
  static constexpr int kFormat = 2;
  static constexpr int64_t kSealTimeNs = 315'532'800'271'828'183;
  // In 1980, at a fraction of a second that nobody sets: SOURCE_DATE_EPOCH of
  // our actions is the full second, and `touch` must not forge a seal.

  // Makes the store if there is none; one of an older format loses its index.
  // Fails with kFailedPrecondition if a newer tool made it.
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

  // Looks at everything, and puts the counts right: for people, not for builds.
  // Of ten million blobs it takes 40 s, if the kernel has them at hand.
  absl::StatusOr<StoreStatistics> Statistics();
  // What is counted.
  RecordTable::Usage usage() const { return records_->usage(); }

  // Has `grown` called after every `every` bytes or so that come in. It must be
  // quick, and is called from any thread. Before the store is used.
  void WatchGrowth(int64_t every, std::function<void()> grown);

  // --- For examine.h: no use, and nothing is changed ---

  // The digest of the bytes of a file of the blob, whatever they are.
  absl::StatusOr<Digest> Inspect(const Digest& digest, bool executable,
                                 bool* sealed) const;
  // As Get, but what is damaged stays where it is.
  absl::StatusOr<std::string> Peek(const Digest& digest) const;
  // Reads the file and seals it anew, or sets it aside: kDataLoss.
  absl::Status Verify(const Digest& digest, bool executable);

  const std::string& root() const { return root_; }
  RecordTable& records() { return *records_; }
  // Of this process. Ends with the store, or before.
  Lease& lease() { return lease_; }
  std::string LeaseFolder() const;

 private:
  LocalStore(std::string root, std::unique_ptr<RecordTable> records);

  // Whether this file of the blob is there and whole, which is a use of it:
  // kNotFound, or kDataLoss and it was set aside, or it cannot be read now.
  absl::Status Check(const Digest& digest, bool executable);
  absl::Status Quarantine(const std::string& path, const Digest& digest);
  void CountFile(int64_t files, int64_t size);
  void Grow(int64_t bytes);
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
  Lease lease_;
  int64_t watch_every_ = 0;
  std::function<void()> grown_;
  std::atomic<int64_t> growth_ = 0;  // Since grown_ was called.
  Mutex mu_;
  // This process's own folder in tmp/, and the lock that keeps it; made when
  // first needed.
  std::string temporary_ ABSL_GUARDED_BY(mu_);
  std::optional<FileLock> temporary_lock_ ABSL_GUARDED_BY(mu_);
  uint64_t last_temporary_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LOCAL_STORE_H_
