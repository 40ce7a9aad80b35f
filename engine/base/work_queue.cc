// SPDX-License-Identifier: Apache-2.0
#include "engine/base/work_queue.h"

#include <cstddef>
#include <utility>

namespace graph {

WorkQueue::~WorkQueue() {
  std::vector<std::thread> helpers;
  {
    MutexLock lock(&mu_);
    stopping_ = true;
    tasks_.clear();
    helpers.swap(helpers_);
  }
  for (std::thread& helper : helpers) helper.join();
}

void WorkQueue::Add(std::function<void()> task) {
  MutexLock lock(&mu_);
  tasks_.push_back(std::move(task));
  if (tasks_.size() > 1 &&
      helpers_.size() < static_cast<size_t>(helpers_wanted_)) {
    helpers_.emplace_back([this] { Help(); });
  }
}

void WorkQueue::RunOne() {
  {
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    mu_.Unlock();
    task();
    task = nullptr;
    mu_.Lock();
  }
  --running_;
}

void WorkQueue::Drain() {
  MutexLock lock(&mu_);
  while (true) {
    mu_.Await(LockCondition(this, &WorkQueue::HasTaskOrIsDone));
    if (tasks_.empty()) return;
    RunOne();
  }
}

void WorkQueue::Help() {
  MutexLock lock(&mu_);
  while (true) {
    mu_.Await(LockCondition(this, &WorkQueue::HasTask));
    if (stopping_) return;
    RunOne();
  }
}

}  // namespace graph
