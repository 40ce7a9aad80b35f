// SPDX-License-Identifier: Apache-2.0
// Asking work to stop, once and for all: Ctrl-C, or a failed build that has no
// use for the rest.

#ifndef GRAPH_ENGINE_BASE_CANCELLATION_H_
#define GRAPH_ENGINE_BASE_CANCELLATION_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"

namespace graph {

// Safe for concurrent use. Not async-signal-safe: a signal handler wakes a
// thread, and that thread calls Cancel().
class Cancellation {
 public:
  bool cancelled() const { return cancelled_.load(std::memory_order_acquire); }

  // Calls every registered function once, on this thread.
  void Cancel() {
    MutexLock lock(&mu_);
    if (cancelled_.exchange(true, std::memory_order_acq_rel)) return;
    for (auto& [id, call] : calls_) call();
  }

  // Has `call` called when work is to stop: now, if that was before. It may not
  // touch this object. Keep the returned id to Forget() it.
  uint64_t OnCancel(std::function<void()> call) const {
    MutexLock lock(&mu_);
    if (cancelled()) call();
    calls_.emplace(++last_id_, std::move(call));
    return last_id_;
  }

  // After this returns, the call is not running and will not run.
  void Forget(uint64_t id) const {
    MutexLock lock(&mu_);
    calls_.erase(id);
  }

 private:
  mutable Mutex mu_;
  std::atomic<bool> cancelled_ = false;
  mutable uint64_t last_id_ ABSL_GUARDED_BY(mu_) = 0;
  mutable std::map<uint64_t, std::function<void()>> calls_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_CANCELLATION_H_
