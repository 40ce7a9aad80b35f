// SPDX-License-Identifier: Apache-2.0
// What becomes of a command: its result, its outputs, its end.

#include "engine/exec/local_runner.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "engine/action/host_packages.h"
#include "engine/os/clock.h"
#include "engine/os/subprocess.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;

class LocalRunnerTest : public SandboxTest {
 protected:
  // Soon: there was nobody to wait for them.
  static void ExpectGone(const std::string& mark) {
    const int64_t begin = MonotonicMicros();
    while (!ProcessesNamed(mark).empty() &&
           MonotonicMicros() - begin < 5'000'000) {
      std::this_thread::yield();
    }
    EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
  }
};

TEST_F(LocalRunnerTest, OutputIsTakenIntoTheStore) {
  SpawnResult result =
      Run(Shell("cat a.txt a.txt > graph-out/p/q/b.txt", {File("a.txt", "1")},
                {{"graph-out/p/q/b.txt"}}));
  ASSERT_EQ(result.outputs.size(), 1u) << result.stderr_text;
  EXPECT_EQ(result.outputs[0].path, "graph-out/p/q/b.txt");
  EXPECT_EQ(result.outputs[0].digest, Digest::Of("11"));
  EXPECT_EQ(BytesOf(result.outputs[0]), "11");
  EXPECT_FALSE(result.outputs[0].executable);
}

TEST_F(LocalRunnerTest, OutputsAreSortedAndKeepTheExecutableBit) {
  SpawnResult result = Run(
      Shell("echo b > graph-out/b; echo a > graph-out/a; chmod 700 graph-out/a",
            {}, {{"graph-out/b"}, {"graph-out/a"}}));
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_EQ(result.outputs[0].path, "graph-out/a");
  EXPECT_TRUE(result.outputs[0].executable);
  EXPECT_EQ(result.outputs[1].path, "graph-out/b");
  EXPECT_FALSE(result.outputs[1].executable);
}

TEST_F(LocalRunnerTest, MissingOutputIsMissing) {
  SpawnResult result = Run(
      Shell("echo a > graph-out/a", {}, {{"graph-out/a"}, {"graph-out/b"}}));
  EXPECT_EQ(result.exit_code, 0);
  ASSERT_EQ(result.outputs.size(), 1u);
  EXPECT_EQ(result.outputs[0].path, "graph-out/a");
}

TEST_F(LocalRunnerTest, DirectoriesAndSymlinksAreOutputs) {
  SpawnResult result = Run(
      Shell("cd graph-out; mkdir -p d/e/empty; echo 1 > d/e/f; ln -s f d/e/g; "
            "ln -s d/e/f l",
            {}, {{"graph-out/d", true}, {"graph-out/l"}}));
  ASSERT_EQ(result.outputs.size(), 2u) << result.stderr_text;
  EXPECT_EQ(result.outputs[0].kind, OutputEntry::Kind::kDirectory);
  auto tree = GetTree(result.outputs[0].digest, *store_);
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->size(), 3u);
  EXPECT_EQ((*tree)["e/f"].digest, Digest::Of("1\n"));
  EXPECT_EQ((*tree)["e/g"].target, "f");
  EXPECT_EQ((*tree)["e/empty"].kind, TreeEntry::Kind::kEmptyDirectory);
  EXPECT_EQ(result.outputs[1].kind, OutputEntry::Kind::kSymlink);
  EXPECT_EQ(result.outputs[1].target, "d/e/f");
}

TEST_F(LocalRunnerTest, OutputOfOneIsInputOfTheNext) {
  SpawnResult first =
      Run(Shell("mkdir graph-out/d; echo 1 > graph-out/d/f; "
                "printf '#!/bin/bash\\necho ran' > graph-out/x;"
                "chmod +x graph-out/x",
                {}, {{"graph-out/d", true}, {"graph-out/x"}}));
  ASSERT_EQ(first.outputs.size(), 2u) << first.stderr_text;
  SpawnInput tree, tool;
  tree.path = "graph-out/d";
  tree.kind = SpawnInput::Kind::kDirectory;
  tree.digest = first.outputs[0].digest;
  tool.path = "graph-out/x";
  tool.digest = first.outputs[1].digest;
  tool.executable = true;
  EXPECT_EQ(Says("cat graph-out/d/f; graph-out/x", {tree, tool}), "1\nran\n");
}

TEST_F(LocalRunnerTest, WrongKindOfOutputFailsTheAction) {
  SpawnResult result = Run(Shell("mkdir graph-out/a", {}, {{"graph-out/a"}}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.stderr_text,
              HasSubstr("graph-out/a should be a regular file"));
  result = Run(Shell("echo > graph-out/a", {}, {{"graph-out/a", true}}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.stderr_text, HasSubstr("should be a directory"));
  result = Run(Shell("mkdir graph-out/a; mkfifo graph-out/a/pipe", {},
                     {{"graph-out/a", true}}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.outputs, IsEmpty());
}

TEST_F(LocalRunnerTest, FailedCommandHasNoOutputs) {
  SpawnResult result =
      Run(Shell("echo a > graph-out/a; echo out; echo err >&2; exit 3", {},
                {{"graph-out/a"}}));
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.stdout_text, "out\n");
  EXPECT_EQ(result.stderr_text, "err\n");
  EXPECT_THAT(result.outputs, IsEmpty());
  EXPECT_EQ(Says("ls graph-out"), "");
}

TEST_F(LocalRunnerTest, SignalIsToldAsAShellTellsIt) {
  EXPECT_EQ(Run(Shell("kill -SEGV $$")).exit_code, 128 + 11);
}

TEST_F(LocalRunnerTest, ProgramsAreFoundByPathByInputAndByName) {
  Spawn spawn = Shell("");
  spawn.argv = {"/usr/bin/printf", "a"};
  EXPECT_EQ(Run(spawn).stdout_text, "a");
  spawn.argv = {"printf", "b"};
  EXPECT_EQ(Run(spawn).stdout_text, "b");
  spawn.inputs = {File("bin/tool", "#!/bin/sh\necho c $1", true)};
  spawn.argv = {"bin/tool", "d e"};
  EXPECT_EQ(Run(spawn).stdout_text, "c d e\n");
}

TEST_F(LocalRunnerTest, ProgramThatIsNotThereSaysSo) {
  Spawn spawn = Shell("");
  spawn.argv = {"no-such-program"};
  SpawnResult result = Run(spawn);
  EXPECT_EQ(result.exit_code, 127);
  EXPECT_EQ(result.stderr_text,
            "graph: cannot run no-such-program: No such file or directory\n");
  spawn.inputs = {File("data", "x")};
  spawn.argv = {"./data"};
  EXPECT_EQ(Run(spawn).exit_code, 126);
}

TEST_F(LocalRunnerTest, LargeOutputsAndArgumentsPass) {
  SpawnResult result =
      Run(Shell("head -c 20000000 /dev/zero | tr '\\0' x; "
                "head -c 3000000 /dev/zero >&2"));
  EXPECT_EQ(result.stdout_text.size(), 20'000'000u);
  EXPECT_EQ(result.stderr_text.size(), 3'000'000u);
  Spawn spawn = Shell("");
  spawn.argv = {"bash", "-c", "echo $# ${#1}"};
  for (int i = 0; i < 1000; ++i) spawn.argv.emplace_back(1000, 'y');
  EXPECT_EQ(Run(spawn).stdout_text, "999 1000\n");
}

TEST_F(LocalRunnerTest, MeasuresTimeAndMemory) {
  SpawnResult result =
      Run(Shell("sleep 0.05; for i in {1..20000}; do :; done"));
  EXPECT_THAT(result.wall_us, AllOf(Ge(50'000), Lt(10'000'000)));
  EXPECT_THAT(result.cpu_us, AllOf(Ge(1'000), Lt(10'000'000)));
  EXPECT_THAT(result.max_rss_kb, Ge(500));
}

TEST_F(LocalRunnerTest, TimeoutEndsAllProcessesAndTheNextActionRuns) {
  const std::string mark = absl::StrCat("graph-late-", ProcessId());
  Spawn spawn = Shell("echo begun; (exec -a " + mark + " sleep 1000) & wait");
  spawn.timeout_s = 1;
  const int64_t begin = MonotonicMicros();
  SpawnResult result = Run(spawn);
  EXPECT_TRUE(result.timed_out);
  EXPECT_NE(result.exit_code, 0);
  EXPECT_EQ(result.stdout_text, "begun\n");
  EXPECT_THAT(MonotonicMicros() - begin, AllOf(Ge(900'000), Lt(5'000'000)));
  EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
  EXPECT_EQ(Says("echo next; ls graph-out"), "next\n");
}

TEST_F(LocalRunnerTest, CancelEndsWhatRunsAndWhatWouldRun) {
  const std::string mark = absl::StrCat("graph-cancelled-", ProcessId());
  std::thread canceller([&] {
    while (ProcessesNamed(mark + " sleeps").empty()) std::this_thread::yield();
    runner_->Cancel();
  });
  const int64_t begin = MonotonicMicros();
  // The name of the daemon is put together only when it is there.
  EXPECT_THAT(runner_->Run(Shell("setsid bash -c 'exec -a \"" + mark +
                                 " $0\" sleep 1000' sleeps & sleep 1000"),
                           0),
              StatusIs(absl::StatusCode::kCancelled, "interrupted"));
  EXPECT_THAT(MonotonicMicros() - begin, Lt(5'000'000));
  EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
  canceller.join();
  EXPECT_THAT(runner_->Run(Shell("true"), 0),
              StatusIs(absl::StatusCode::kCancelled, "interrupted"));
}

TEST_F(LocalRunnerTest, ZygoteThatDiesIsReplaced) {
  ASSERT_EQ(Says("echo one"), "one\n");
  const std::string mark = absl::StrCat("graph-running-", ProcessId());
  std::thread killer([&] {
    while (ProcessesNamed(mark).empty()) std::this_thread::yield();
    Kill(ProcessesNamed(cache_));  // The zygote names the folder it shows.
  });
  EXPECT_THAT(
      runner_->Run(
          Shell("echo x > graph-out/left; exec -a " + mark + " sleep 1000"), 0),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("sandbox")));
  killer.join();
  ExpectGone(mark);
  EXPECT_EQ(Says("echo two; ls graph-out"), "two\n");
}

TEST_F(LocalRunnerTest, SlotsRunAtTheSameTime) {
  StartRunner(2);
  std::vector<std::thread> threads;
  for (int slot = 0; slot < 2; ++slot) {
    threads.emplace_back([this, slot] {
      for (int i = 0; i < 20; ++i) {
        const std::string text = absl::StrCat(slot, "-", i);
        SpawnResult result =
            Run(Shell("cat in > graph-out/o; ls /tmp; echo > /tmp/x",
                      {File("in", text)}, {{"graph-out/o"}}),
                slot);
        ASSERT_EQ(result.outputs.size(), 1u) << result.stderr_text;
        EXPECT_EQ(result.outputs[0].digest, Digest::Of(text));
        EXPECT_EQ(result.stdout_text, "");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(LocalRunnerTest, FoldersOfDeadEnginesAreRemoved) {
  const std::string dead = cache_ + "/slots/1-dead";
  ASSERT_THAT(MakeDirectories(dead + "/0/root"), IsOk());
  EXPECT_EQ(Says("echo x"), "x\n");
  EXPECT_FALSE(Exists(dead));
  runner_.reset();
  auto left = ListDirectory(cache_ + "/slots");
  ASSERT_THAT(left, IsOk());
  EXPECT_THAT(*left, ElementsAre(DirectoryEntry{"lock", FileType::kRegular}));
}

TEST_F(LocalRunnerTest, NothingIsMadeBeforeItIsNeeded) {
  EXPECT_FALSE(Exists(cache_ + "/slots"));
}

TEST_F(LocalRunnerTest, PropertiesNameTheToolchain) {
  EXPECT_THAT(
      runner_->properties({}),
      IsOkAndHolds(ElementsAre(std::pair("toolchain", HostTools().identity))));
  EXPECT_EQ(runner_->isolation(), Isolation::kStrict);
}

TEST_F(LocalRunnerTest, CommandsWithDifferentToolchainsTakeTurns) {
  Toolchains toolchains({.cache_dir = ToolsFolder()});
  StartRunner(1, Isolation::kStrict, &toolchains);
  Spawn usual = Shell("command -v perl || echo none", {File("in", "x")});
  Spawn with_perl = Shell("perl -e 'print qx(cat in)'", {File("in", "y")});
  with_perl.packages = NormalPackages({"perl-base"}, true);
  Spawn others[4];
  for (int i = 0; i < 4; ++i) {
    // Each in a toolchain of its own, so that some zygotes have to go.
    const char* more[] = {"sed", "grep", "tar", "gzip"};
    others[i] = Shell("echo $(<in)", {File("in", more[i])});
    others[i].packages = {"bash", more[i]};
  }
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(Run(usual).stdout_text, "none\n");
    EXPECT_EQ(Run(with_perl).stdout_text, "y");
    for (const Spawn& other : others) {
      EXPECT_EQ(Run(other).stdout_text, other.packages[1] + "\n");
    }
  }
  auto usual_key = runner_->properties({});
  auto perl_key = runner_->properties(with_perl.packages);
  ASSERT_THAT(usual_key, IsOk());
  ASSERT_THAT(perl_key, IsOk());
  EXPECT_NE(*usual_key, *perl_key);
}

TEST_F(LocalRunnerTest, CommandsWhosePackagesAreNotInstalledDoNotRun) {
  Toolchains toolchains({.cache_dir = ToolsFolder()});
  StartRunner(1, Isolation::kStrict, &toolchains);
  Spawn spawn = Shell("true");
  spawn.packages = {"no-such-package"};
  const auto missing = StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("apt-get install no-such-package"));
  EXPECT_THAT(runner_->Run(spawn, 0).status(), missing);
  EXPECT_THAT(runner_->properties(spawn.packages).status(), missing);
}

TEST_F(LocalRunnerTest, WithoutIsolationCommandsRunOnTheHost) {
  StartRunner(1, Isolation::kNone);
  const std::string mark = absl::StrCat("graph-plain-", ProcessId());
  SpawnResult result =
      Run(Shell("cat a > graph-out/b; echo $PWD; (setsid bash -c 'exec -a " +
                    mark + " sleep 1000' >/dev/null 2>&1 &)",
                {File("a", "1")}, {{"graph-out/b"}}));
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.stdout_text, HasSubstr(cache_));
  ASSERT_EQ(result.outputs.size(), 1u);
  EXPECT_EQ(BytesOf(result.outputs[0]), "1");
  EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
  EXPECT_EQ(runner_->isolation(), Isolation::kNone);
}

TEST_F(LocalRunnerTest, KilledEngineLeavesNoProcess) {
  const std::string mark = absl::StrCat("graph-orphan-", ProcessId());
  std::thread killer([&] {
    while (ProcessesNamed(mark + " sleeps").empty()) std::this_thread::yield();
    Kill(ProcessesNamed(std::string("engine\0", 7) + cache_));
  });
  // See main.cc.
  auto engine = RunCommand(
      {.argv = {*ProgramPath(), "--graph-test-engine", cache_, mark}});
  killer.join();
  ASSERT_THAT(engine, IsOk());
  EXPECT_EQ(engine->exit_code, 128 + 9);
  ExpectGone(mark);
}

}  // namespace
}  // namespace graph
