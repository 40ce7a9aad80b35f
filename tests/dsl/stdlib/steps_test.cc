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
        "    x, y = [[[0] * 9000] for i in range(2)]\n"
        "    for i in range(90000):\n        x == y",
        "    x, y = [([0] * 9000,) for i in range(2)]\n"
        "    for i in range(90000):\n        x in [y]",
        "    x = tuple([(i,) for i in range(900)])\n"
        "    for i in range(90000):\n        x in {}",
        "    def g(x: list[list[int]]):\n        pass\n"
        "    x = [[0] * 9000]\n    for i in range(9000):\n        g(x)",
        "    x = depset([1])\n    for i in range(900):\n"
        "        x = depset(transitive = [x])\n"
        "    for i in range(9000):\n        x.to_list()",
        "    for a in range(9999):\n        for b in range(9999):\n"
        "            (lambda: 1)()",
        "    x = ['a' * 1000] * 90000\n    x = ''.join(x)\n"
        "    for i in range(3):\n        pass"));

// What holds another very often by way of few others.
constexpr char kShared[] =
    "def make(x):\n"
    "    for i in range(60):\n"
    "        x = (x, x)\n"
    "    return x\n"
    "x, y = make(1), make(1)\n";

class Written : public testing::TestWithParam<const char*> {};

TEST_P(Written, Ends) {
  const std::string text = absl::StrCat(kShared, "z = ", GetParam(), "\n");
  EXPECT_THAT(RunText(text, 100000).said,
              HasSubstr("the limit of 100000 steps is exceeded"));
  std::atomic<bool> interrupt = true;
  EXPECT_THAT(RunText(text, 0, &interrupt).said, HasSubstr("interrupted"));
}

INSTANTIATE_TEST_SUITE_P(Each, Written,
                         testing::Values("str(x)", "repr([x])", "f'{x}'",
                                         "'%s' % [x]", "'{}'.format(x)",
                                         "json.encode(x)", "print(x)",
                                         "fail(x)", "str(depset([x]))"));

TEST(Steps, ComparingAndHashingOfWhatIsSharedTakesFew) {
  for (const char* const take :
       {"x == y", "x < y", "x in [y]", "{x: 1}[y]", "max([x, y])",
        "sorted([x, y])", "set([x, y])", "depset([x, y]).to_list()"}) {
    EXPECT_EQ(RunText(absl::StrCat(kShared, "z = ", take, "\n"), 1000).said,
              "");
  }
}

TEST(Steps, CheckingTheTypeOfWhatIsSharedTakesFew) {
  EXPECT_EQ(RunText("def f(x: list[list[list[list[int]]]]):\n    return x\n"
                    "f([[[[1] * 900] * 900] * 900] * 900)\n",
                    100000)
                .said,
            "");
}

TEST(Steps, AMessageShowsTheBeginningOfWhatIsShared) {
  const Ran ran = RunText(absl::StrCat(kShared, "z = {}[x]\n"), 1000);
  EXPECT_THAT(ran.said, HasSubstr("(1, 1)"));
  EXPECT_THAT(ran.said, HasSubstr("… is not in the dict"));
  EXPECT_LT(ran.said.size(), 1000u);
}

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
