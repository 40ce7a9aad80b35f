// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_CAS_CEILING_H_
#define GRAPH_ENGINE_CAS_CEILING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/cas/folder_store.h"
#include "engine/cas/local_store.h"

namespace graph {

// Holds a store, and the folders kept beside it, to a size while a build uses
// them: by a thread that begins when the store has grown above it, and at the
// end. A build that adds nothing to a store below its ceiling pays for a look
// at the counts, and at the end at those of the folders.
class Ceiling {
 public:
  // Before `store`, which outlives this, is used. `warn` is given a sentence,
  // at most once, by any thread: that what builds use is more than the ceiling.
  Ceiling(LocalStore& store, std::vector<FolderStore> folders,
          int64_t max_bytes, std::function<void(std::string)> warn);
  // Lets go at once.
  ~Ceiling() { Stop(); }

  // Gives up the lease of this process, and makes room if there is need; what
  // is not done when `most` is over is left to the next build. REQUIRES: nobody
  // uses the store any more.
  void Finish(absl::Duration most);

 private:
  void Wake() ABSL_LOCKS_EXCLUDED(mu_);
  void Stop() ABSL_LOCKS_EXCLUDED(mu_);
  void Hold() ABSL_LOCKS_EXCLUDED(mu_);
  bool IsAbove(int64_t beside);
  void MakeRoom(const std::function<bool()>& stop);

  LocalStore& store_;
  const std::vector<FolderStore> folders_;
  const int64_t max_bytes_;
  const std::function<void(std::string)> warn_;
  // Of one thread at a time: the holding one, or after it Finish.
  int64_t worth_it_above_ = 0;  // Below this there is nothing left to evict.
  bool warned_ = false;

  Mutex mu_;
  CondVar wake_;
  bool awake_ ABSL_GUARDED_BY(mu_) = false;
  bool stop_ ABSL_GUARDED_BY(mu_) = false;
  std::thread holder_ ABSL_GUARDED_BY(mu_);
};

// Half of what the store could have: what it takes now and what is free on its
// disk; but no more than kUsualCeiling. A cache that fills a disk breaks more
// than builds, and one much larger than the outputs of a few weeks is not worth
// its place.
inline constexpr int64_t kUsualCeiling = 50'000'000'000;
int64_t UsualCeiling(const LocalStore& store);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_CEILING_H_
