// SPDX-License-Identifier: Apache-2.0
// What living processes use of a store, so that no collector takes it away.
//
// A lease is a file in the store's folder `leases/`, mapped into the memory of
// its process: a Bloom filter of what the process has put or found since it
// opened the store. To use a blob is to set four bits of one cache line: 10 to
// 40 ns, and for the first in a process 0.6 ms, which makes the file. The
// file is locked while the process lives; the lease of one that is gone counts
// for nothing, and the next who looks removes it.
//
// A user says what he uses before he looks for it. A collector takes a blob
// away, then looks at the leases anew, and puts back what is used by then. So
// either the user does not find the blob, or the collector sees that he did.

#ifndef GRAPH_ENGINE_CAS_LEASE_H_
#define GRAPH_ENGINE_CAS_LEASE_H_

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/os/file_lock.h"
#include "engine/os/shared_words.h"

namespace graph {

// The lease of this process. Safe for concurrent use. If the file cannot be
// made (a full disk) there is no lease: what we use may be taken away, as if it
// had never been there.
class Lease {
 public:
  // `folder` is made with the first use.
  explicit Lease(std::string folder) : folder_(std::move(folder)) {}
  ~Lease() { End(); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  void Use(const Digest::Hash& hash) {
    SharedWords* words = words_.load(std::memory_order_acquire);
    if (words == nullptr && (words = Begin()) == nullptr) return;
    Mark(hash, *words);
  }

  // What was used is free. REQUIRES: nobody calls Use() any more.
  void End() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  SharedWords* Begin() ABSL_LOCKS_EXCLUDED(mu_);
  bool MakeFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  static void Mark(const Digest::Hash& hash, SharedWords& words);

  const std::string folder_;
  std::atomic<SharedWords*> words_ = nullptr;
  std::atomic<bool> over_ = false;  // Ended, or cannot be.
  Mutex mu_;
  std::string path_ ABSL_GUARDED_BY(mu_);
  std::optional<SharedWords> mapped_ ABSL_GUARDED_BY(mu_);
  std::optional<FileLock> lock_ ABSL_GUARDED_BY(mu_);
};

// The leases of all living processes, this one's among them. One thread at a
// time.
class Leases {
 public:
  explicit Leases(std::string folder) : folder_(std::move(folder)) {}

  // Looks for new ones, and removes those of processes that are gone.
  void Refresh();
  // Never false if a process said before the last Refresh() that it uses this;
  // seldom true if none did.
  bool Hold(const Digest::Hash& hash) const;
  size_t size() const { return leases_.size(); }

 private:
  const std::string folder_;
  absl::flat_hash_map<std::string, SharedWords> leases_;  // By file name.
};

// The names of lease files whose processes are gone.
std::vector<std::string> DeadLeases(const std::string& folder);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LEASE_H_
