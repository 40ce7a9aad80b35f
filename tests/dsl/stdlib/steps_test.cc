// SPDX-License-Identifier: Apache-2.0

// The limit of steps: what counts, that it counts the same each time, and that
// nothing gets around it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

using testing::HasSubstr;

struct Ran {
  bool ok = false;
  std::string said;
  size_t bytes = 0;
};

Ran RunText(const std::string& text, uint64_t max_steps,
            const std::atomic<bool>* interrupt = nullptr) {
  const std::shared_ptr<const Environment> environment = Universe();
  Diagnostics diagnostics;
  const auto program = Compile(Source::Make("a.star", text), FileKind::kModule,
                               *environment, diagnostics);
  EXPECT_EQ(diagnostics.Rendered(), "");
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  if (max_steps > 0) thread.SetMaxSteps(max_steps);
  if (interrupt != nullptr) thread.SetInterrupt(interrupt);
  const auto module = Execute(program, {}, environment, heap, thread);
  Ran ran{module.ok(), "", heap->footprint()};
  if (!module.ok()) ran.said = Render(TakeError(thread, module.status()));
  return ran;
}

TEST(Steps, ALoopThatIsTooLongFailsAtItsPlace) {
  const std::string text =
      "def f(n):\n"
      "    for i in range(n):\n"
      "        pass\n"
      "f(100)\n"
      "f(100000)\n";
  EXPECT_EQ(RunText(text, 0).said, "");
  EXPECT_EQ(RunText(text, 500000).said, "");
  EXPECT_EQ(RunText(text, 10000).said,
            "a.star:2:14: error: the limit of 10000 steps is exceeded\n"
            "  2 |     for i in range(n):\n"
            "    |              ^^^^^\n"
            "a.star:5:1: note: in `f`, which was called here\n"
            "  5 | f(100000)\n"
            "    | ^\n");
}

TEST(Steps, TheSameProgramTakesTheSameSteps) {
  const std::string text =
      "def f(n):\n"
      "    x = {str(i): [i] * 10 for i in range(n)}\n"
      "    return sorted(x.keys(), reverse = True)\n"
      "y = f(1000)\n";
  const auto fits = [&](uint64_t limit) { return RunText(text, limit).ok; };
  uint64_t below = 1, above = 1 << 20;
  ASSERT_TRUE(fits(above));
  while (above - below > 1) {
    const uint64_t middle = (below + above) / 2;
    (fits(middle) ? above : below) = middle;
  }
  EXPECT_GT(above, 1000u);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(fits(above));
    EXPECT_FALSE(fits(below));
  }
}

// Each would take hours, or all memory, without the limit.
class Endless : public testing::TestWithParam<const char*> {};

TEST_P(Endless, Ends) {
  const auto start = std::chrono::steady_clock::now();
  const Ran ran =
      RunText(absl::StrCat("def f():\n", GetParam(), "\nf()\n"), 100000);
  EXPECT_THAT(ran.said, HasSubstr("the limit of 100000 steps is exceeded"));
  EXPECT_LT(ran.bytes, size_t{600} << 20);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(1));
}

INSTANTIATE_TEST_SUITE_P(
    Each, Endless,
    testing::Values(
        "    for i in range(1 << 30):\n        pass",
        "    return [0 for i in range(1 << 30)]",
        "    return {i: 0 for i in range(1 << 30)}",
        "    return list(range(1 << 26))", "    return [0] * (1 << 26)",
        "    return 'ab' * (1 << 27)", "    return sorted(range(1 << 26))",
        "    return max(range(1 << 30))",
        "    x = range(1 << 30)\n    return 1.5 in [x == y for y in [x] * "
        "9999]",
        "    x = [0] * 100000\n    for i in range(90000):\n        1 in x",
        "    x = 'a' * 100000\n    for i in range(90000):\n        "
        "x.count('b')",
        "    x = [0] * 90000\n    y = [0] * 90000\n"
        "    for i in range(90000):\n        x == y",
        "    for a in range(9999):\n        for b in range(9999):\n"
        "            (lambda: 1)()",
        "    x = ['a' * 1000] * 90000\n    x = ''.join(x)\n"
        "    for i in range(3):\n        pass"));

TEST(Steps, WhatWasCaughtGoesOnCounting) {
  Heap heap;
  Thread thread(heap);
  thread.SetMaxSteps(10);
  while (thread.Step()) {
  }
  EXPECT_FALSE(thread.Step());
  EXPECT_FALSE(thread.Step());
}

TEST(Steps, AnInterruptionEndsAnEvaluation) {
  std::atomic<bool> interrupt = false;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    interrupt = true;
  });
  const Ran ran = RunText(
      "def f():\n    for a in range(1 << 30):\n"
      "        for b in range(1 << 30):\n            pass\nf()\n",
      0, &interrupt);
  other.join();
  EXPECT_THAT(ran.said, HasSubstr("error: interrupted"));
}

}  // namespace
}  // namespace dsl
