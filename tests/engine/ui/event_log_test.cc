// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;

std::string TemporaryPath() {
  return testing::TempDir() +
         testing::UnitTest::GetInstance()->current_test_info()->name();
}

std::vector<std::string> LinesOf(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST(EventLine, AnActionIsAsDocumented) {
  EXPECT_EQ(EventLine(ActionFinished{.action = 7,
                                     .label = "//a:b",
                                     .mnemonic = "Genrule",
                                     .how = How::kCachedLocal,
                                     .key = "abc/12",
                                     .ms = 8,
                                     .ok = true},
                      34),
            "{\"event\": \"action\", \"label\": \"//a:b\", "
            "\"mnemonic\": \"Genrule\", \"how\": \"cached_local\", "
            "\"key\": \"abc/12\", \"ms\": 8, \"ok\": true, \"time_ms\": 34}");
}

TEST(EventLine, FinishedIsAsDocumentedAndHasItsOwnTime) {
  EXPECT_EQ(EventLine(Finished{.ok = false,
                               .exit_code = 1,
                               .total = 12,
                               .run = 4,
                               .cached_local = 8,
                               .failed = 1,
                               .time_ms = 1234},
                      9999),
            "{\"event\": \"finished\", \"ok\": false, \"exit_code\": 1, "
            "\"actions\": {\"total\": 12, \"run\": 4, \"cached_local\": 8, "
            "\"cached_remote\": 0, \"remote\": 0, \"failed\": 1, "
            "\"tolerated\": 0}, \"time_ms\": 1234}");
}

TEST(EventLine, FailuresKeepTheirText) {
  EXPECT_EQ(EventLine(ActionFailed{.label = "//a:b",
                                   .mnemonic = "X",
                                   .reason = "exit code 1",
                                   .stdout_text = "",
                                   .stderr_text = "a\nb",
                                   .repeat_command = "r"},
                      1),
            "{\"event\": \"action_failed\", \"label\": \"//a:b\", "
            "\"mnemonic\": \"X\", \"reason\": \"exit code 1\", "
            "\"stdout\": \"\", \"stderr\": \"a\\nb\", \"repeat\": \"r\", "
            "\"tolerated\": false, \"advice\": \"\", \"time_ms\": 1}");
}

TEST(EventLine, TestsAndTheOthers) {
  EXPECT_EQ(EventLine(TestFinished{.label = "//t:t",
                                   .status = TestFinished::Status::kTimedOut,
                                   .ms = 5,
                                   .log_path = "graph-out/t.log"},
                      6),
            "{\"event\": \"test\", \"label\": \"//t:t\", "
            "\"status\": \"timed_out\", \"cached\": false, \"ms\": 5, "
            "\"log\": \"graph-out/t.log\", \"time_ms\": 6}");
  EXPECT_EQ(EventLine(LoadingStarted{}, 1),
            "{\"event\": \"loading\", \"time_ms\": 1}");
  EXPECT_EQ(EventLine(AnalysisFinished{1, 2, 3}, 4),
            "{\"event\": \"analysed\", \"packages\": 1, \"targets\": 2, "
            "\"actions\": 3, \"time_ms\": 4}");
  EXPECT_EQ(EventLine(ExecutionStarted{3, 2}, 4),
            "{\"event\": \"executing\", \"total\": 3, \"jobs\": 2, "
            "\"time_ms\": 4}");
  EXPECT_EQ(
      EventLine(
          ReadsTraced{
              "//a", 3, 1, 2, {{"x", "//:x", "srcs"}, {"y", "//:y", ""}}},
          4),
      R"({"event": "reads", "label": "//a", "inputs": 3, "inputs_read": 1, )"
      R"("files_read": 2, "partial": false, "unread": [{"path": "x", "label": "//:x", )"
      R"("attribute": "srcs"}, {"path": "y", "label": "//:y", )"
      R"("attribute": ""}], "time_ms": 4})");
  EXPECT_EQ(EventLine(ReadsTraced{"//a", 0, 0, 0, {}, true}, 4),
            R"({"event": "reads", "label": "//a", "inputs": 0, )"
            R"("inputs_read": 0, "files_read": 0, "partial": true, )"
            R"("unread": [], "time_ms": 4})");
  EXPECT_EQ(EventLine(Warning{"w"}, 4),
            "{\"event\": \"warning\", \"text\": \"w\", \"time_ms\": 4}");
}

TEST(EventLine, AnActionIsWrittenOnlyWhenItEnded) {
  EXPECT_EQ(EventLine(ActionStarted{1, "//a:b", "X", ""}, 1), "");
}

TEST(EventLog, WritesALineAnEvent) {
  const std::string path = TemporaryPath();
  auto log = EventLog::Open(path, [] { return int64_t{5}; });
  ASSERT_THAT(log, IsOk());
  (*log)->Emit(LoadingStarted{});
  (*log)->Emit(ActionStarted{});
  (*log)->Emit(Finished{});
  EXPECT_THAT((*log)->Close(), IsOk());
  (*log)->Emit(Warning{"after the end"});
  EXPECT_THAT(LinesOf(path), testing::ElementsAre(HasSubstr("\"loading\""),
                                                  HasSubstr("\"finished\"")));
}

TEST(EventLog, ReplacesAnOlderFile) {
  const std::string path = TemporaryPath();
  std::ofstream(path) << "old\n";
  ASSERT_THAT(EventLog::Open(path, [] { return int64_t{0}; }), IsOk());
  EXPECT_THAT(LinesOf(path), testing::IsEmpty());
}

TEST(EventLog, ReadersNeedNotWaitForTheEnd) {
  const std::string path = TemporaryPath();
  int64_t now = 0;
  auto log = EventLog::Open(path, [&now] { return now; });
  ASSERT_THAT(log, IsOk());
  (*log)->Emit(Warning{"one"});
  (*log)->Emit(Warning{"two"});
  now = 250;
  (*log)->Emit(Warning{"three"});
  EXPECT_EQ(LinesOf(path).size(), 3u);
}

TEST(EventLog, LinesOfManyThreadsStayWhole) {
  const std::string path = TemporaryPath();
  auto log = EventLog::Open(path, [] { return int64_t{0}; });
  ASSERT_THAT(log, IsOk());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&log] {
      for (int i = 0; i < 500; ++i) (*log)->Emit(Warning{"text"});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT((*log)->Close(), IsOk());
  const std::vector<std::string> lines = LinesOf(path);
  EXPECT_EQ(lines.size(), 2000u);
  for (const std::string& line : lines) {
    EXPECT_EQ(line,
              "{\"event\": \"warning\", \"text\": \"text\", \"time_ms\": 0}");
  }
}

TEST(EventLog, AFolderThatIsNotThereIsAnError) {
  EXPECT_THAT(EventLog::Open("/nowhere/at/all", [] { return int64_t{0}; }),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("cannot write /nowhere/at/all")));
}

TEST(EventLog, AFullDiskIsToldAtTheEnd) {
  auto log = EventLog::Open("/dev/full", [] { return int64_t{0}; });
  if (!log.ok()) GTEST_SKIP() << "no /dev/full here";
  (*log)->Emit(Warning{"w"});
  EXPECT_THAT((*log)->Close(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("/dev/full")));
}

class Counter : public EventSink {
 public:
  void Emit(const Event&) override { ++count; }
  int count = 0;
};

TEST(TeeSink, PassesEveryEventToAll) {
  Counter a;
  Counter b;
  TeeSink tee({&a, &b});
  tee.Emit(LoadingStarted{});
  tee.Emit(Finished{});
  EXPECT_EQ(a.count, 2);
  EXPECT_EQ(b.count, 2);
}

}  // namespace
}  // namespace graph
