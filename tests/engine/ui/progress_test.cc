// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A screen 40 columns wide that keeps every write apart, and a clock that
// stands still until told.
class ProgressTest : public testing::Test {
 protected:
  Screen FakeScreen() {
    return {
        .write = [this](absl::string_view text) { writes_.emplace_back(text); },
        .columns = [] { return 40; },
        .now_ms = [this] { return now_ms_; }};
  }

  void Begin(Progress& progress, int total) {
    progress.Emit(ExecutionStarted{total, 2});
  }
  void Start(Progress& progress, uint32_t id) {
    progress.Emit(ActionStarted{id, absl::StrCat("//a:t", id), "Genrule", ""});
  }
  void Finish(Progress& progress, uint32_t id, How how = How::kRun) {
    progress.Emit(ActionFinished{.action = id, .how = how});
  }

  // What a terminal shows after all writes: the only movements used are to
  // the begin of a line above, and to clear all below.
  std::vector<std::string> Shown() const {
    std::vector<std::string> lines = {""};
    std::string all;
    for (const std::string& write : writes_) all += write;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i] == '\n') {
        lines.emplace_back();
      } else if (all[i] == '\x1b') {
        const size_t up = all.find('A', i);
        const int count = std::stoi(all.substr(i + 2, up - i - 2));
        EXPECT_EQ(all.substr(up + 1, 4), "\r\x1b[J");
        EXPECT_EQ(lines.back(), "");
        lines.resize(lines.size() - count - 1);
        lines.emplace_back();
        i = up + 4;
      } else {
        lines.back() += all[i];
      }
    }
    return lines;
  }

  std::vector<std::string> writes_;
  int64_t now_ms_ = 0;
};

constexpr ProgressOptions kTerminal{.terminal = true};
constexpr ProgressOptions kLog{};

TEST_F(ProgressTest, AShortBuildDrawsNothing) {
  Progress progress(kTerminal, FakeScreen());
  Begin(progress, 1);
  Start(progress, 1);
  now_ms_ = 99;
  Finish(progress, 1);
  EXPECT_THAT(writes_, IsEmpty());
}

TEST_F(ProgressTest, ThePictureIsRedrawnInPlace) {
  Progress progress(kTerminal, FakeScreen());
  Begin(progress, 3);
  Start(progress, 1);
  now_ms_ = 100;
  progress.Tick();
  EXPECT_THAT(Shown(), ElementsAre("[0/3] 1 running, 2 waiting  100ms",
                                   "  Genrule //a:t1  100ms", ""));
  Finish(progress, 1, How::kCachedLocal);
  now_ms_ = 200;
  Start(progress, 2);
  EXPECT_THAT(Shown(), ElementsAre("[1/3] 1 cached, 1 running, 1 waiting  …",
                                   "  Genrule //a:t2  0ms", ""));
}

TEST_F(ProgressTest, ItIsNotRedrawnForEveryEvent) {
  Progress progress(kTerminal, FakeScreen());
  now_ms_ = 1000;
  Begin(progress, 1000);
  for (uint32_t i = 0; i < 100; ++i) {
    Start(progress, i);
    Finish(progress, i);
  }
  EXPECT_EQ(writes_.size(), 1u);
}

TEST_F(ProgressTest, AFailureStandsAboveThePictureOnce) {
  Progress progress(kTerminal, FakeScreen());
  now_ms_ = 1000;
  Begin(progress, 2);
  progress.Emit(ActionFailed{.label = "//a:b",
                             .mnemonic = "X",
                             .reason = "exit code 1",
                             .stderr_text = "it broke\n"});
  EXPECT_THAT(Shown(), ElementsAre("error: X //a:b: exit code 1", "it broke",
                                   "[0/2] 2 waiting  1.0s", ""));
}

TEST_F(ProgressTest, AFailureIsOneWrite) {
  Progress progress(kLog, FakeScreen());
  progress.Emit(ActionFailed{.label = "//a:b",
                             .mnemonic = "X",
                             .reason = "exit code 1",
                             .stdout_text = "out\n",
                             .stderr_text = "err\n"});
  EXPECT_THAT(writes_, ElementsAre("error: X //a:b: exit code 1\nout\nerr\n"));
}

TEST_F(ProgressTest, ThePictureIsGoneAtTheEnd) {
  Progress progress(kTerminal, FakeScreen());
  now_ms_ = 1000;
  Begin(progress, 2);
  progress.Emit(Finished{.total = 2, .run = 2, .time_ms = 1000});
  now_ms_ = 2000;
  progress.Tick();
  EXPECT_THAT(Shown(), ElementsAre("Done in 1.0s: 2 actions, 2 run.", ""));
}

TEST_F(ProgressTest, DestructionRestoresTheTerminal) {
  {
    Progress progress(kTerminal, FakeScreen());
    now_ms_ = 1000;
    Begin(progress, 2);
    EXPECT_NE(Shown(), std::vector<std::string>{""});
  }
  EXPECT_THAT(Shown(), ElementsAre(""));
}

TEST_F(ProgressTest, ALogGetsALineEveryFewSeconds) {
  Progress progress(kLog, FakeScreen());
  Begin(progress, 2);
  Start(progress, 1);
  for (now_ms_ = 0; now_ms_ <= 10000; now_ms_ += 100) progress.Tick();
  EXPECT_THAT(writes_, ElementsAre("[0/2] 1 running, 1 waiting  5.0s  "
                                   "Genrule //a:t1 (5.0s)\n",
                                   "[0/2] 1 running, 1 waiting  10.0s  "
                                   "Genrule //a:t1 (10.0s)\n"));
}

TEST_F(ProgressTest, ALogHasNoEscapes) {
  Progress progress(kLog, FakeScreen());
  Begin(progress, 2);
  now_ms_ = 6000;
  progress.Tick();
  progress.Emit(Warning{"careful"});
  progress.Emit(Finished{.total = 2, .run = 2});
  for (const std::string& write : writes_) {
    EXPECT_FALSE(absl::StrContains(write, "\x1b")) << write;
  }
}

TEST_F(ProgressTest, QuietShowsWhatIsWrongAndNothingElse) {
  Progress progress({.terminal = true, .quiet = true}, FakeScreen());
  now_ms_ = 1000;
  Begin(progress, 2);
  progress.Tick();
  progress.Emit(TestFinished{.label = "//t:good"});
  progress.Emit(Finished{.total = 2, .run = 2});
  EXPECT_THAT(writes_, IsEmpty());
  progress.Emit(TestFinished{.label = "//t:bad",
                             .status = TestFinished::Status::kFailed});
  EXPECT_THAT(writes_, ElementsAre(HasSubstr("FAILED   //t:bad")));
}

TEST_F(ProgressTest, ManyThreadsMayEmit) {
  Progress progress(kTerminal, FakeScreen());
  now_ms_ = 1000;
  Begin(progress, 400);
  std::vector<std::thread> threads;
  for (uint32_t t = 0; t < 4; ++t) {
    threads.emplace_back([this, &progress, t] {
      for (uint32_t i = 0; i < 100; ++i) {
        Start(progress, t * 100 + i);
        progress.Emit(Warning{"w"});
        Finish(progress, t * 100 + i);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  now_ms_ = 2000;
  progress.Tick();
  const std::vector<std::string> shown = Shown();
  ASSERT_EQ(shown.size(), 402u);
  EXPECT_EQ(shown[399], "warning: w");
  EXPECT_EQ(shown[400], "[400/400] 400 run  2.0s");
}

TEST_F(ProgressTest, TheTickerTicks) {
  std::atomic<int> looked = 0;
  Screen screen = FakeScreen();
  screen.now_ms = [&looked]() -> int64_t { return ++looked, 0; };
  Progress progress(kTerminal, screen);
  Ticker ticker(progress);
  while (looked < 2) std::this_thread::yield();
}

TEST(ProgressState, CountsByHowAResultWasHad) {
  ProgressState state;
  state.Apply(ExecutionStarted{5, 1}, 0);
  state.Apply(ActionFinished{.action = 1, .how = How::kRun}, 0);
  state.Apply(ActionFinished{.action = 2, .how = How::kCachedLocal}, 0);
  state.Apply(ActionFinished{.action = 3, .how = How::kCachedRemote}, 0);
  state.Apply(ActionFinished{.action = 4, .how = How::kRun, .ok = false}, 0);
  EXPECT_EQ(state.run, 2);
  EXPECT_EQ(state.cached, 2);
  EXPECT_EQ(state.failed, 1);
  EXPECT_EQ(state.waiting(), 1);
}

}  // namespace
}  // namespace graph
