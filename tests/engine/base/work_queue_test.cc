// SPDX-License-Identifier: Apache-2.0
#include "engine/base/work_queue.h"

#include <atomic>
#include <functional>
#include <set>
#include <thread>

#include "engine/base/mutex.h"
#include "gtest/gtest.h"

namespace graph {
namespace {

TEST(WorkQueueTest, TasksOfTasksAreDone) {
  for (int threads : {1, 4}) {
    WorkQueue queue(threads);
    std::atomic<int> done = 0;
    std::function<void(int)> split = [&](int depth) {
      ++done;
      if (depth == 0) return;
      queue.Add([&split, depth] { split(depth - 1); });
      queue.Add([&split, depth] { split(depth - 1); });
    };
    queue.Add([&] { split(8); });
    queue.Drain();
    EXPECT_EQ(done, 511);
  }
}

TEST(WorkQueueTest, DrainOfAnEmptyQueueReturns) {
  WorkQueue queue(2);
  queue.Drain();
  bool done = false;
  queue.Add([&] { done = true; });
  queue.Drain();
  EXPECT_TRUE(done);
}

TEST(WorkQueueTest, OneThreadIsTheCallersOwn) {
  WorkQueue queue(1);
  std::set<std::thread::id> threads;
  for (int i = 0; i < 10; ++i) {
    queue.Add([&] { threads.insert(std::this_thread::get_id()); });
  }
  queue.Drain();
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

TEST(WorkQueueTest, SeveralThreadsWorkAtOnce) {
  WorkQueue queue(2);
  // Each task waits for the other to have begun.
  Notification begun[2];
  for (int i : {0, 1}) {
    queue.Add([&begun, i] {
      begun[i].Notify();
      begun[1 - i].WaitForNotification();
    });
  }
  queue.Drain();
  EXPECT_TRUE(begun[0].HasBeenNotified() && begun[1].HasBeenNotified());
}

}  // namespace
}  // namespace graph
