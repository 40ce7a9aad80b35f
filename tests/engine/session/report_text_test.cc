// SPDX-License-Identifier: Apache-2.0
#include "engine/session/report_text.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace graph {
namespace {

BuildReport Report() {
  BuildReport report;
  report.totals.total = 7;
  report.totals.run = 7;
  report.targets = {{"//a:a", {"graph-out/a/x", "graph-out/a/y"}, ""},
                    {"//b:b", {}, "graph-out/b/tool"}};
  TestFinished test;
  test.label = "//a:test";
  test.log_path = "graph-out/a/test.test.log";
  test.ms = 12;
  report.tests = {test};
  return report;
}

TEST(ReportTextTest, WhatIsRememberedIsUpToDateAndCached) {
  const std::optional<BuildReport> report =
      DecodeReport(EncodeReport(Report()));
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(report->ok);
  EXPECT_TRUE(report->up_to_date);
  EXPECT_EQ(report->totals.total, 7);
  EXPECT_EQ(report->totals.run, 0);
  EXPECT_EQ(report->totals.cached_local, 7);
  ASSERT_EQ(report->targets.size(), 2);
  EXPECT_EQ(report->targets[0].label, "//a:a");
  EXPECT_EQ(report->targets[0].outputs, Report().targets[0].outputs);
  EXPECT_EQ(report->targets[1].executable, "graph-out/b/tool");
  ASSERT_EQ(report->tests.size(), 1);
  EXPECT_TRUE(report->tests[0].cached);
  EXPECT_EQ(report->tests[0].status, TestFinished::Status::kPassed);
  EXPECT_EQ(report->tests[0].log_path, "graph-out/a/test.test.log");
}

TEST(ReportTextTest, OtherBytesAreNoReport) {
  const std::string bytes = EncodeReport(Report());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeReport(bytes.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(DecodeReport(bytes + "x").has_value());
  const std::string absurd(
      "1\0"
      "99999999999\0",
      14);
  EXPECT_FALSE(DecodeReport(absurd).has_value());
}

}  // namespace
}  // namespace graph
