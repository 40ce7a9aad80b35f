// SPDX-License-Identifier: Apache-2.0

// What the stand-ins for ThreadSanitizer have to share with Abseil's locks.

#include "engine/base/mutex.h"

#include <thread>

#include "gtest/gtest.h"

namespace graph {
namespace {

struct Turns {
  Mutex mu;
  int turn ABSL_GUARDED_BY(mu) = 0;
  CondVar changed;

  bool IsFirst() const { return turn == 1; }
  bool IsSecond() const { return turn == 2; }
};

TEST(Mutex, WhoWaitsTellsWhatItChangedBefore) {
  Turns turns;
  std::thread other([&] {
    MutexLock lock(&turns.mu);
    turns.mu.Await(LockCondition(&turns, &Turns::IsFirst));
    turns.turn = 2;
  });
  {
    MutexLock lock(&turns.mu);
    turns.turn = 1;
    turns.mu.Await(LockCondition(&turns, &Turns::IsSecond));
    EXPECT_EQ(turns.turn, 2);
  }
  other.join();
}

TEST(Mutex, WhoWaitsForASignalTellsWhatItChangedBefore) {
  Turns turns;
  std::thread other([&] {
    MutexLock lock(&turns.mu);
    turns.mu.Await(LockCondition(&turns, &Turns::IsFirst));
    turns.turn = 2;
    turns.changed.SignalAll();
  });
  {
    MutexLock lock(&turns.mu);
    turns.turn = 1;
    while (turns.turn != 2) turns.changed.Wait(&turns.mu);
  }
  other.join();
}

TEST(Mutex, AConditionMayNotComeInTime) {
  Turns turns;
  MutexLock lock(&turns.mu);
  EXPECT_FALSE(turns.mu.AwaitWithTimeout(LockCondition(&turns, &Turns::IsFirst),
                                         absl::Milliseconds(1)));
  turns.turn = 1;
  EXPECT_TRUE(turns.mu.AwaitWithTimeout(LockCondition(&turns, &Turns::IsFirst),
                                        absl::Milliseconds(1)));
}

}  // namespace
}  // namespace graph
