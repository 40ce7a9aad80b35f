// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/analyze/dump.h"
#include "tests/engine/analyze/workbench.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(AnalyzerTest, TargetsComeInTheOrderAskedFor) {
  Workbench bench;
  bench.Write("BUILD.spec", "filegroup(name = \"a\")\nfilegroup(name = \"b\")");
  absl::StatusOr<Analysis> analysis = bench.Analyze({"//:b", "//:a", "//:b"});
  ASSERT_TRUE(analysis.ok()) << analysis.status();
  std::vector<std::string> labels;
  for (const ConfiguredTarget& target : analysis->targets) {
    labels.push_back(target.label.ToString());
  }
  EXPECT_THAT(labels, ElementsAre("//:b", "//:a", "//:b"));
}

TEST(AnalyzerTest, ALabelThatNamesNothingIsNotFound) {
  Workbench bench;
  bench.Write("BUILD.spec", "filegroup(name = \"libary\")");
  absl::Status status = bench.Analyze({"//:library"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("libary"));
}

TEST(AnalyzerTest, WrongTextIsAnInvalidArgument) {
  Workbench bench;
  bench.Write("BUILD.spec", "filegroup(name = \"a\", srcs = [\":none\"])");
  EXPECT_EQ(bench.Analyze({"//:a"}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(AnalyzerTest, EachCallStartsAnew) {
  Workbench bench;
  bench.Write("BUILD.spec",
              "genrule(name = \"a\", outs = [\"o\"], cmd = \"date > $@\")");
  std::string first = bench.Actions({"//:a"});
  EXPECT_THAT(first, HasSubstr("Genrule //:a"));
  EXPECT_EQ(bench.Actions({"//:a"}), first);
}

TEST(AnalyzerTest, TheOrderOfRequestsDoesNotChangeAnAction) {
  auto action_of_b = [](const std::vector<std::string>& labels) {
    Workbench bench;
    bench.Write("s.txt", "")
        .Write(
            "BUILD.spec",
            "genrule(name = \"a\", srcs = [\"s.txt\"], outs = [\"x\"], cmd = "
            "\"\")\n"
            "genrule(name = \"b\", srcs = [\"x\", \"s.txt\"], outs = [\"y\"],\n"
            "        cmd = \"cat $(SRCS)\")");
    absl::StatusOr<Analysis> analysis = bench.Analyze(labels);
    EXPECT_TRUE(analysis.ok()) << analysis.status();
    const Action& action = analysis->graph.action(
        analysis->graph.artifact(analysis->targets[0].files[0]).producer);
    return action.argv;
  };
  EXPECT_EQ(action_of_b({"//:b"}), action_of_b({"//:b", "//:a"}));
}

// The source of the file is an artifact without a producer.
TEST(AnalyzerTest, ASourceFileCanBeAskedFor) {
  Workbench bench;
  bench.Write("s.txt", "").Write("BUILD.spec", "exports_files([\"s.txt\"])");
  absl::StatusOr<Analysis> analysis = bench.Analyze({"//:s.txt"});
  ASSERT_TRUE(analysis.ok()) << analysis.status();
  ASSERT_EQ(analysis->targets[0].files.size(), 1u);
  const Artifact& artifact =
      analysis->graph.artifact(analysis->targets[0].files[0]);
  EXPECT_EQ(artifact.path, "s.txt");
  EXPECT_EQ(artifact.producer, kNoAction);
}

TEST(AnalyzerTest, OnlyWhatIsNeededIsAnalysed) {
  Workbench bench;
  bench.Write("BUILD.spec",
              "genrule(name = \"a\", outs = [\"x\"], cmd = \"\")\n"
              "genrule(name = \"bad\", outs = [\"y\"], cmd = \"$(NOTHING)\")");
  EXPECT_THAT(bench.Actions({"//:a"}), Not(HasSubstr("error")));
  EXPECT_THAT(bench.Actions({"//:a", "//:bad"}), HasSubstr("$(NOTHING)"));
}

// Depth is on the heap, not on the stack.
TEST(AnalyzerTest, ALongChainIsAnalysed) {
  constexpr int kLength = 20000;
  std::string text = "genrule(name = \"t0\", outs = [\"o0\"], cmd = \"\")\n";
  for (int i = 1; i <= kLength; ++i) {
    absl::StrAppend(&text, "genrule(name = \"t", i, "\", srcs = [\":t", i - 1,
                    "\"], outs = [\"o", i, "\"], cmd = \"\")\n");
  }
  Workbench bench;
  bench.Write("BUILD.spec", text);
  absl::StatusOr<Analysis> analysis =
      bench.Analyze({absl::StrCat("//:t", kLength)});
  ASSERT_TRUE(analysis.ok()) << analysis.status();
  EXPECT_EQ(analysis->graph.action_count(), kLength + 1u);
}

// Bash takes no argument above 128 KiB: a long command goes into a file.
TEST(AnalyzerTest, ALongCommandRunsFromAFile) {
  Workbench bench;
  bench.Write("BUILD.spec",
              absl::StrCat("genrule(name = \"a\", outs = [\"o\"], cmd = \"#",
                           std::string(200000, 'x'), "\")"));
  absl::StatusOr<Analysis> analysis = bench.Analyze({"//:a"});
  ASSERT_TRUE(analysis.ok()) << analysis.status();
  ASSERT_EQ(analysis->graph.action_count(), 2u);
  const Action& write = analysis->graph.action(ActionId{0});
  const Action& run = analysis->graph.action(ActionId{1});
  EXPECT_EQ(write.content.size(), 200001u);
  EXPECT_EQ(run.argv.back(), "graph-out/a.genrule.sh");
  EXPECT_EQ(run.inputs, write.outputs);
}

TEST(AnalyzerTest, ProgramsInTheRootFolderAreNotLookedForInPath) {
  Workbench bench;
  bench
      .Write(
          "r.spec",
          "def _impl(ctx):\n"
          "    out = ctx.actions.declare_file(\"o\")\n"
          "    ctx.actions.run(outputs = [out], executable = ctx.file.tool)\n"
          "r = rule(implementation = _impl, attrs = {\n"
          "    \"tool\": attr.label(allow_single_file = True)})\n")
      .Write("tool", "")
      .Write("BUILD.spec",
             "load(\"//:r.spec\", \"r\")\nr(name = \"a\", tool = \"tool\")");
  absl::StatusOr<Analysis> analysis = bench.Analyze({"//:a"});
  ASSERT_TRUE(analysis.ok()) << analysis.status();
  EXPECT_THAT(analysis->graph.action(ActionId{0}).argv, ElementsAre("./tool"));
}

}  // namespace
}  // namespace graph
