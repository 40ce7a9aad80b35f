// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace graph {
namespace {

using testing::ElementsAre;

const Style kPlain;
const Style kColored{.color = true};

// 100 actions: 8 run, one of them failed, 20 cached, `running` under way since
// second 1.
ProgressState Halfway(int running) {
  ProgressState state;
  state.phase = ProgressState::Phase::kExecuting;
  state.total = 100;
  state.run = 8;
  state.cached = 20;
  for (int i = 0; i < running; ++i) {
    state.running.push_back({static_cast<uint32_t>(i),
                             absl::StrCat("//app:t", i), "Genrule", "", 1000});
  }
  return state;
}

TEST(FormatDuration, UsesTheUnitThatFits) {
  EXPECT_EQ(FormatDuration(0), "0ms");
  EXPECT_EQ(FormatDuration(999), "999ms");
  EXPECT_EQ(FormatDuration(1000), "1.0s");
  EXPECT_EQ(FormatDuration(59999), "59.9s");
  EXPECT_EQ(FormatDuration(60000), "1m00s");
  EXPECT_EQ(FormatDuration(125000), "2m05s");
  EXPECT_EQ(FormatDuration(3720000), "1h02m");
}

TEST(CutToWidth, CountsCharactersNotBytes) {
  EXPECT_EQ(CutToWidth("äöü", 3), "äöü");
  EXPECT_EQ(CutToWidth("äöüx", 3), "äö…");
  EXPECT_EQ(CutToWidth("abc", 1), "…");
  EXPECT_EQ(CutToWidth("abc", 0), "");
}

TEST(ProgressLines, TellsCountsAndWhatRuns) {
  EXPECT_THAT(
      ProgressLines(Halfway(2), 3500, 80, 9, kPlain),
      ElementsAre("[ 28/100] 8 run, 20 cached, 2 running, 70 waiting"
                  "  3.5s",
                  "  Genrule //app:t0  2.5s", "  Genrule //app:t1  2.5s"));
}

TEST(ProgressLines, PrefersTheActionsOwnMessage) {
  ProgressState state = Halfway(1);
  state.running[0].message = "Packing app.zip";
  EXPECT_EQ(ProgressLines(state, 1000, 80, 9, kPlain)[1],
            "  Packing app.zip  0ms");
}

TEST(ProgressLines, NoLineIsWiderThanTheTerminal) {
  ProgressState state = Halfway(3);
  state.running[0].label = absl::StrCat("//app:", std::string(200, 'x'));
  for (int columns : {12, 20, 40}) {
    for (const std::string& line :
         ProgressLines(state, 3500, columns, 9, kPlain)) {
      EXPECT_EQ(CutToWidth(line, columns), line) << columns;
    }
  }
}

TEST(ProgressLines, ManyActionsAreCounted) {
  EXPECT_THAT(
      ProgressLines(Halfway(64), 1000, 80, 4, kPlain),
      ElementsAre(testing::StartsWith("[ 28/100]"), "  Genrule //app:t0  0ms",
                  "  Genrule //app:t1  0ms", "  … and 62 more"));
}

TEST(ProgressLines, TellsThatItLoads) {
  ProgressState state;
  EXPECT_THAT(ProgressLines(state, 10, 80, 9, kPlain),
              ElementsAre("Starting  10ms"));
  state.Apply(LoadingStarted{}, 10);
  EXPECT_THAT(ProgressLines(state, 200, 80, 9, kPlain),
              ElementsAre("Loading  200ms"));
}

TEST(ProgressLine, IsPlain) {
  ProgressState state = Halfway(1);
  state.failed = 1;
  EXPECT_EQ(ProgressLine(state, 5000),
            "[ 28/100] 8 run, 20 cached, 1 running, 71 waiting, 1 failed  5.0s"
            "  Genrule //app:t0 (4.0s)");
}

TEST(FormatFailure, ShowsAllThatTheActionSaid) {
  const ActionFailed failure = {.action = 1,
                                .label = "//app:bad",
                                .mnemonic = "Genrule",
                                .reason = "exit code 3",
                                .stdout_text = "to stdout\n",
                                .stderr_text = "to stderr",
                                .repeat_command = "bash -c 'exit 3'"};
  EXPECT_EQ(FormatFailure(failure, kPlain),
            "error: Genrule //app:bad: exit code 3\n"
            "to stdout\n"
            "to stderr\n"
            "to repeat: bash -c 'exit 3'\n");
  EXPECT_EQ(
      FormatFailure({.label = "//a:b", .mnemonic = "X", .reason = "r"}, kPlain),
      "error: X //a:b: r\n");
}

TEST(FormatFailure, AToleratedOneIsAWarning) {
  EXPECT_EQ(FormatFailure({.label = "//a:b",
                           .mnemonic = "X",
                           .reason = "exit code 1",
                           .tolerated = true},
                          Style()),
            "warning: X //a:b: exit code 1 (tolerated)\n");
}

TEST(FormatFailure, ColorsFollowTheStyle) {
  const ActionFailed failure = {
      .label = "//a:b", .mnemonic = "X", .reason = "r"};
  EXPECT_EQ(FormatFailure(failure, kColored),
            "\x1b[1;31merror:\x1b[0m X \x1b[1m//a:b\x1b[0m: r\n");
}

TEST(FormatTest, NamesTheLogOfWhatFailed) {
  using Status = TestFinished::Status;
  EXPECT_EQ(FormatTest({"//t:a", Status::kPassed, false, 120, "log"}, kPlain),
            "PASSED   //t:a  120ms\n");
  EXPECT_EQ(FormatTest({"//t:a", Status::kPassed, true, 120, "log"}, kPlain),
            "PASSED   //t:a  cached\n");
  EXPECT_EQ(FormatTest({"//t:a", Status::kFailed, false, 120, "g/log"}, kPlain),
            "FAILED   //t:a  120ms  see g/log\n");
  EXPECT_EQ(FormatTest({"//t:a", Status::kTimedOut, false, 60000, ""}, kPlain),
            "TIMEOUT  //t:a  1m00s\n");
}

TEST(FormatReads, NamesWhatWasNeverRead) {
  EXPECT_EQ(FormatReads({"//a", 1, 1, 1, {}}),
            "//a read 1 of 1 input (1 file)\n");
  EXPECT_EQ(
      FormatReads({"//a", 3, 1, 2, {{"x", "//:x", "srcs"}, {"y", "//:y", ""}}}),
      "//a read 1 of 3 inputs (2 files); never read:\n"
      "  x  //:x, in `srcs`\n"
      "  y  //:y\n");
}

TEST(FormatReads, SaysWhereItMayBeWrong) {
  EXPECT_EQ(FormatReads({"//a", 1, 0, 0, {{"x", "//:x", ""}}, true}),
            "//a read 0 of 1 input (0 files), and perhaps more: a process hid "
            "what it opened; never read:\n"
            "  x  //:x\n");
}

TEST(FormatWarning, EndsItsLine) {
  EXPECT_EQ(FormatWarning({"no user namespaces"}, kPlain),
            "warning: no user namespaces\n");
}

TEST(FormatSummary, TellsWhatWasDone) {
  EXPECT_EQ(FormatSummary(
                {.total = 100, .run = 60, .cached_local = 40, .time_ms = 1200},
                kPlain),
            "Done in 1.2s: 100 actions, 60 run, 40 cached.\n");
  EXPECT_EQ(FormatSummary({.total = 1, .run = 1, .time_ms = 5}, kPlain),
            "Done in 5ms: 1 action, 1 run.\n");
}

TEST(FormatSummary, TellsFailureAndInterruption) {
  EXPECT_EQ(FormatSummary({.ok = false,
                           .exit_code = 1,
                           .total = 3,
                           .run = 2,
                           .failed = 1,
                           .time_ms = 1200},
                          kPlain),
            "Failed in 1.2s: 3 actions, 2 run, 1 failed.\n");
  EXPECT_EQ(
      FormatSummary(
          {.ok = false, .exit_code = 8, .total = 3, .run = 2, .time_ms = 1200},
          kPlain),
      "Interrupted in 1.2s: 3 actions, 2 run.\n");
}

TEST(FormatSummary, NothingToDoIsUpToDate) {
  EXPECT_EQ(FormatSummary({.time_ms = 4}, kPlain), "Up to date (4ms).\n");
}

TEST(FormatSummary, AnErrorBeforeAnyActionSpeaksForItself) {
  EXPECT_EQ(FormatSummary({.ok = false, .exit_code = 2}, kPlain), "");
}

}  // namespace
}  // namespace graph
