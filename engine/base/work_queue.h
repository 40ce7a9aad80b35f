// SPDX-License-Identifier: Apache-2.0
// Tasks that make further tasks, done by a few threads until none is left.

#ifndef GRAPH_ENGINE_BASE_WORK_QUEUE_H_
#define GRAPH_ENGINE_BASE_WORK_QUEUE_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"

namespace graph {

// Helpers are started when there is more than one task to do, so that a small
// job costs no thread. Add() is safe from any thread, tasks included.
class WorkQueue {
 public:
  // `threads` counts the one that calls Drain(). REQUIRES: threads >= 1.
  explicit WorkQueue(int threads) : helpers_wanted_(threads - 1) {}
  // REQUIRES: no Drain() is under way. Tasks that nobody did are dropped.
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  void Add(std::function<void()> task) ABSL_LOCKS_EXCLUDED(mu_);
  // Does tasks until none is left and none is under way. One caller at a time.
  void Drain() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  bool HasTask() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !tasks_.empty() || stopping_;
  }
  bool HasTaskOrIsDone() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !tasks_.empty() || running_ == 0;
  }
  // Does the next task, with the lock given up meanwhile.
  void RunOne() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Help();

  const int helpers_wanted_;
  Mutex mu_;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mu_);
  int running_ ABSL_GUARDED_BY(mu_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> helpers_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_WORK_QUEUE_H_
