// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/cli/report.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(ExitCodeOf, EveryKindOfErrorHasItsCode) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::ResourceExhaustedError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::CancelledError("")), 8);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 70);
}

BuildReport Report(bool ok, bool tests_ok) {
  BuildReport report;
  report.ok = ok;
  report.tests_ok = tests_ok;
  return report;
}

TEST(ExitCodeOf, ABuildThatFailedCountsMoreThanTests) {
  EXPECT_EQ(ExitCodeOf(Report(true, true), false), 0);
  EXPECT_EQ(ExitCodeOf(Report(true, false), false), 3);
  EXPECT_EQ(ExitCodeOf(Report(false, false), false), 1);
  EXPECT_EQ(ExitCodeOf(Report(false, true), false), 1);
}

TEST(ExitCodeOf, InterruptionCountsOnlyIfItPrevented) {
  EXPECT_EQ(ExitCodeOf(Report(false, true), true), 8);
  EXPECT_EQ(ExitCodeOf(Report(true, true), true), 0);
}

TEST(ErrorText, IsASentenceOrDiagnosticsAsTheyAre) {
  EXPECT_EQ(ErrorText(absl::NotFoundError("no target //a:b")),
            "error: no target //a:b\n");
  EXPECT_EQ(ErrorText(absl::InvalidArgumentError("query:1:2: error: x")),
            "query:1:2: error: x\n");
  EXPECT_EQ(ErrorText(absl::InternalError("it broke")),
            "error: it broke\nThis is a bug of graph; please report it.\n");
}

TEST(SettingFlags, HoldsWhatTheSessionKnows) {
  Arguments arguments;
  arguments.options = {
      {"jobs", "3"},   {"quiet", "true"},  {"config", "a"},    {"config", "b"},
      {"events", "f"}, {"cache-dir", "c"}, {"cache-dir", "/d"}};
  EXPECT_THAT(
      SettingFlags(arguments, "/here"),
      ElementsAre(Pair("jobs", "3"), Pair("config", "a"), Pair("config", "b"),
                  Pair("cache-dir", "/here/c"), Pair("cache-dir", "/d")));
}

TEST(OutputsText, ShowsWhereThingsAre) {
  BuildReport report;
  report.targets = {{"//a:x", {"graph-out/a/x.txt"}, ""}, {"//a:y", {}, ""}};
  EXPECT_EQ(OutputsText(report), "//a:x\n  graph-out/a/x.txt\n");
}

TEST(OutputsText, OfManyShowsSome) {
  BuildReport report;
  for (int i = 0; i < 12; ++i) {
    report.targets.push_back({"//a:x", std::vector<std::string>(7, "f"), ""});
  }
  const std::string text = OutputsText(report);
  EXPECT_THAT(text, HasSubstr("  … and 2 more\n"));
  EXPECT_THAT(text, testing::EndsWith("… and 2 more targets; "
                                      "graph-out/manifest.json lists all\n"));
}

TEST(Request, TheEventsFileEndsWithFinishedEvenOnAnError) {
  const std::string path = testing::TempDir() + "/request_events.jsonl";
  Arguments arguments;
  arguments.options = {{"events", path}};
  std::string err;
  const Streams streams = {
      .out = [](absl::string_view) {},
      .err = [&err](absl::string_view text) { err += std::string(text); },
  };
  Request request(Request::Kind::kBuild, arguments, "/", streams);
  const absl::StatusOr<Session*> session = request.Open();
  ASSERT_FALSE(session.ok());
  EXPECT_EQ(request.Fail(session.status()), kExitUsage);
  EXPECT_THAT(err, testing::StartsWith("error: "));
  std::ifstream file(path);
  std::string last;
  for (std::string line; std::getline(file, line);) last = line;
  EXPECT_THAT(last, HasSubstr("\"event\": \"finished\", \"ok\": false, "
                              "\"exit_code\": 2"));
}

}  // namespace
}  // namespace graph
