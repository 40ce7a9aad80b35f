// SPDX-License-Identifier: Apache-2.0
#include "engine/base/cancellation.h"

#include <gtest/gtest.h>

#include <thread>

namespace graph {
namespace {

TEST(CancellationTest, CallsEachOnce) {
  Cancellation cancellation;
  int calls = 0;
  cancellation.OnCancel([&] { ++calls; });
  EXPECT_FALSE(cancellation.cancelled());
  cancellation.Cancel();
  cancellation.Cancel();
  EXPECT_TRUE(cancellation.cancelled());
  EXPECT_EQ(calls, 1);
}

TEST(CancellationTest, WhoComesLateIsCalledAtOnce) {
  Cancellation cancellation;
  cancellation.Cancel();
  bool called = false;
  cancellation.OnCancel([&] { called = true; });
  EXPECT_TRUE(called);
}

TEST(CancellationTest, WhoIsForgottenIsNotCalled) {
  Cancellation cancellation;
  bool called = false;
  cancellation.Forget(cancellation.OnCancel([&] { called = true; }));
  cancellation.Cancel();
  EXPECT_FALSE(called);
}

TEST(CancellationTest, OneThreadCancelsWhileAnotherRegisters) {
  Cancellation cancellation;
  std::atomic<int> calls = 0;
  std::thread registers([&] {
    for (int i = 0; i < 100; ++i) cancellation.OnCancel([&] { ++calls; });
  });
  cancellation.Cancel();
  registers.join();
  EXPECT_EQ(calls, 100);
}

}  // namespace
}  // namespace graph
