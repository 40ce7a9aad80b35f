// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/zygote_tracer.h"

#include "engine/action/host_packages.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class ReadTracerTest : public SandboxTest,
                       public testing::WithParamInterface<Isolation> {
 protected:
  void SetUp() override {
    SandboxTest::SetUp();
    if (IsSkipped()) return;
    for (const absl::Status& able :
         {ProbeIsolation(GetParam()), ProbeReadTracing()}) {
      if (!able.ok()) GTEST_SKIP() << able.message();
    }
    runner_.reset();
    auto runner = LocalRunner::Create({.cache_dir = cache_,
                                       .toolchain = HostTools(),
                                       .isolation = GetParam(),
                                       .trace_reads = true},
                                      *store_);
    ASSERT_THAT(runner, IsOk());
    runner_ = *std::move(runner);
  }

  // What the script, which must succeed, read of these inputs.
  std::vector<std::string> Reads(const std::string& script,
                                 std::vector<SpawnInput> inputs) {
    Spawn spawn = Shell(script, std::move(inputs));
    spawn.outputs = {{"graph-out/out", false}};
    SpawnResult result = Run(spawn);
    EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
    return result.reads;
  }
};

INSTANTIATE_TEST_SUITE_P(Levels, ReadTracerTest,
                         testing::Values(Isolation::kStrict, Isolation::kBasic,
                                         Isolation::kNone),
                         [](const auto& level) {
                           return std::string(IsolationName(level.param));
                         });

TEST_P(ReadTracerTest, FilesThatAreOpenedAreRead) {
  EXPECT_THAT(
      Reads("cat a/b < c", {File("a/b", "1"), File("c", "2"), File("d", "3")}),
      ElementsAre("a/b", "c"));
}

TEST_P(ReadTracerTest, LookingAtAFileIsNotReadingIt) {
  EXPECT_THAT(Reads("test -f a && stat a && [ -x a ] || :", {File("a", "1")}),
              IsEmpty());
}

TEST_P(ReadTracerTest, WhatIsNotThereIsNotRead) {
  EXPECT_THAT(Reads("cat b/a x || :", {File("a", "1")}), IsEmpty());
}

TEST_P(ReadTracerTest, ProgramsThatRunAreRead) {
  EXPECT_THAT(Reads("./tool", {File("tool", "#!/bin/bash\n:", true),
                               File("other", "#!/bin/bash\n:", true)}),
              ElementsAre("tool"));
}

TEST_P(ReadTracerTest, TheCommandItselfIsRead) {
  Spawn spawn = Shell("");
  spawn.argv = {"bin/tool"};
  spawn.inputs = {File("bin/tool", "#!/bin/bash\n:", true)};
  SpawnResult result = Run(spawn);
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  EXPECT_THAT(result.reads, ElementsAre("bin/tool"));
}

TEST_P(ReadTracerTest, PathsAreSeenFromWhereTheProcessStands) {
  EXPECT_THAT(Reads("cd a; cat b ../c \"$PWD/./d\" > /dev/null",
                    {File("a/b", "1"), File("a/d", "2"), File("c", "3")}),
              ElementsAre("a/b", "a/d", "c"));
}

TEST_P(ReadTracerTest, FoldersThatAreListedAreRead) {
  EXPECT_THAT(Reads("ls tree/sub > /dev/null",
                    {Tree("tree", {{"sub/x", "1"}, {"y", "2"}})}),
              ElementsAre("tree/sub"));
  EXPECT_THAT(Reads("ls > /dev/null", {File("a", "1")}), ElementsAre("."));
}

TEST_P(ReadTracerTest, FilesInFoldersAreReadByTheirOwnPaths) {
  EXPECT_THAT(Reads("cat tree/sub/x > /dev/null",
                    {Tree("tree", {{"sub/x", "1"}, {"y", "2"}})}),
              ElementsAre("tree/sub/x"));
}

TEST_P(ReadTracerTest, ALinkIsReadWithWhatItLeadsTo) {
  SpawnInput link;
  link.path = "graph-out/link";
  link.kind = SpawnInput::Kind::kSymlink;
  link.target = "../a";
  EXPECT_THAT(Reads("cat graph-out/link > /dev/null",
                    {File("a", "1"), File("b", "2"), link}),
              ElementsAre("a", "graph-out/link"));
}

TEST_P(ReadTracerTest, ProcessesOfProcessesAreSeen) {
  EXPECT_THAT(Reads("(cat a; (sleep 0; exec cat b) & wait) > /dev/null",
                    {File("a", "1"), File("b", "2"), File("c", "3")}),
              ElementsAre("a", "b"));
}

TEST_P(ReadTracerTest, EachCommandHasItsOwn) {
  EXPECT_THAT(Reads("cat a > /dev/null", {File("a", "1"), File("b", "2")}),
              ElementsAre("a"));
  EXPECT_THAT(Reads("cat b > /dev/null", {File("a", "1"), File("b", "2")}),
              ElementsAre("b"));
  EXPECT_THAT(Reads(":", {File("a", "1"), File("b", "2")}), IsEmpty());
}

// prctl(PR_SET_DUMPABLE, 0), after which nobody may look into the process.
#if defined(__x86_64__)
constexpr char kHide[] = "syscall(157, 4, 0);";
#else
constexpr char kHide[] = "syscall(167, 4, 0);";
#endif

TEST_P(ReadTracerTest, AProcessThatHidesIsTold) {
  if (GetParam() != Isolation::kStrict) GTEST_SKIP() << "root sees through";
  Toolchains toolchains({.cache_dir = ToolsFolder()});
  runner_.reset();
  auto runner = LocalRunner::Create({.cache_dir = cache_,
                                     .toolchain = HostTools(),
                                     .toolchains = &toolchains,
                                     .trace_reads = true},
                                    *store_);
  ASSERT_THAT(runner, IsOk());
  runner_ = *std::move(runner);
  Spawn spawn = Shell(std::string("cat b; perl -e '") + kHide +
                          "open(F, \"<\", \"a\") or die;'",
                      {File("a", "1"), File("b", "2")});
  spawn.packages = NormalPackages({"perl-base"}, true);
  SpawnResult result = Run(spawn);
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  EXPECT_THAT(result.reads, ElementsAre("..", "b"));
}

TEST_P(ReadTracerTest, OutputsStillComeToBe) {
  Spawn spawn =
      Shell("cat a > graph-out/out", {File("a", "1")}, {{"graph-out/out"}});
  SpawnResult result = Run(spawn);
  ASSERT_EQ(result.outputs.size(), 1u) << result.stderr_text;
  EXPECT_EQ(BytesOf(result.outputs[0]), "1");
  EXPECT_THAT(result.reads, Contains("a"));
}

TEST_P(ReadTracerTest, FailuresAreTheSame) {
  EXPECT_EQ(Run(Shell("exit 7")).exit_code, 7);
  EXPECT_EQ(Run(Shell("kill -9 $$")).exit_code, 128 + 9);
  Spawn missing = Shell("");
  missing.argv = {"no-such-program"};
  SpawnResult result = Run(missing);
  EXPECT_EQ(result.exit_code, 127);
  EXPECT_THAT(result.stderr_text,
              testing::HasSubstr("cannot run no-such-program"));
  missing.argv = {"./no-such-program"};
  EXPECT_EQ(Run(missing).exit_code, 127);
}

TEST_P(ReadTracerTest, ACommandThatHangsIsEnded) {
  Spawn spawn = Shell("while :; do cat a > /dev/null; done", {File("a", "1")});
  spawn.timeout_s = 1;
  EXPECT_TRUE(Run(spawn).timed_out);
  EXPECT_THAT(Reads("cat a > /dev/null", {File("a", "1")}), Contains("a"));
}

}  // namespace
}  // namespace graph
