// SPDX-License-Identifier: Apache-2.0
// Isolation without namespaces: what still holds. The attempts of
// tests/e2e/escape tell what does not.

#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class SandboxBasicTest : public SandboxTest {
 protected:
  void SetUp() override {
    SandboxTest::SetUp();
    if (IsSkipped()) return;
    if (absl::Status basic = ProbeIsolation(Isolation::kBasic); !basic.ok()) {
      GTEST_SKIP() << basic.message();
    }
    StartRunner(1, Isolation::kBasic);
  }
};

TEST_F(SandboxBasicTest, ToolsOfTheToolchainRunOnDeclaredInputs) {
  SpawnResult result =
      Run(Shell("sort < src/in > graph-out/out; ls /usr/bin > /dev/null",
                {File("src/in", "b\na\n")}, {{"graph-out/out"}}));
  ASSERT_EQ(result.exit_code, 0) << result.stderr_text;
  ASSERT_EQ(result.outputs.size(), 1u);
  EXPECT_EQ(BytesOf(result.outputs[0]), "a\nb\n");
  EXPECT_EQ(runner_->isolation(), Isolation::kBasic);
  EXPECT_THAT(
      runner_->properties({}),
      IsOkAndHolds(ElementsAre(std::pair("toolchain", HostTools().identity))));
}

TEST_F(SandboxBasicTest, ProgramsOutsideOfTheToolchainDoNotRun) {
  SpawnResult result = Run(Shell("cat < /dev/null && perl -e 1"));
  EXPECT_EQ(result.exit_code, 126) << result.stderr_text;
  EXPECT_THAT(result.stderr_text, HasSubstr("Permission denied"));
}

TEST_F(SandboxBasicTest, UndeclaredFilesCannotBeRead) {
  ASSERT_THAT(WriteFile(cache_ + "/secret.txt", "x"), IsOk());
  for (const std::string& path :
       {cache_ + "/secret.txt", cache_, std::string("/etc/passwd"),
        cache_ + "/slots"}) {
    EXPECT_NE(Run(Shell("ls '" + path + "/' || cat '" + path + "'")).exit_code,
              0)
        << path;
  }
}

TEST_F(SandboxBasicTest, OnlyOutputsAndTheScratchFolderCanBeWritten) {
  for (const char* place : {"/tmp/x", "x", "src/x", "../x", "/dev/shm/x"}) {
    EXPECT_NE(Run(Shell(absl::StrCat("echo x > ", place), {File("src/a", "a")}))
                  .exit_code,
              0)
        << place;
  }
  Spawn spawn = Shell("echo x > $TMPDIR/f && cat $TMPDIR/f; ls -A $HOME");
  spawn.env.emplace_back("HOME", "/tmp");
  spawn.env.emplace_back("TMPDIR", "/tmp");
  SpawnResult result = Run(spawn);
  EXPECT_EQ(result.stdout_text, "x\nf\n") << result.stderr_text;
  spawn.argv = {"bash", "-c", "ls -A $TMPDIR"};
  EXPECT_EQ(Run(spawn).stdout_text, "");
}

TEST_F(SandboxBasicTest, ThereAreNoSockets) {
  SpawnResult result = Run(Shell("exec 3<>/dev/tcp/127.0.0.1/22"));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.stderr_text, HasSubstr("not supported by protocol"));
}

TEST_F(SandboxBasicTest, ProcessesOutsideGetNoSignal) {
  EXPECT_NE(Run(Shell("kill -9 $PPID")).exit_code, 0);
  EXPECT_NE(Run(Shell(absl::StrCat("kill -0 ", ProcessId()))).exit_code, 0);
  EXPECT_EQ(Says("sleep 1000 & kill $! && echo own"), "own\n");
}

TEST_F(SandboxBasicTest, DaemonsEndWithTheirAction) {
  const std::string mark = absl::StrCat("graph-basic-", ProcessId());
  EXPECT_EQ(Says("(setsid bash -c 'exec -a " + mark +
                 " sleep 1000' </dev/null >/dev/null 2>&1 &); echo begun"),
            "begun\n");
  EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
}

TEST_F(SandboxBasicTest, LoopbackIsRefusedWithAReason) {
  Spawn spawn = Shell("true");
  spawn.loopback = true;
  EXPECT_THAT(runner_->Run(spawn, 0),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("requires a loopback network")));
}

// Without walls, damage is found afterwards.
TEST_F(SandboxTest, WithoutIsolationChangedSourcesDoNotReachTheNextAction) {
  StartRunner(1, Isolation::kNone);
  const std::vector<SpawnInput> inputs = {File("src/in", "bytes")};
  for (const char* script :
       {"chmod +w src/in && echo wrong > src/in", "rm -f src/in",
        "t=$(stat -c %y src/in); chmod +w src/in; printf wrong > src/in; "
        "touch -d \"$t\" src/in; chmod 444 src/in"}) {
    SpawnResult result = Run(Shell(script, inputs));
    EXPECT_EQ(result.exit_code, 1) << script;
    EXPECT_THAT(result.stderr_text, HasSubstr("changed its input src/in"));
    store_->Put("bytes").status().IgnoreError();
    EXPECT_EQ(Says("cat src/in", inputs), "bytes") << script;
  }
  EXPECT_EQ(Run(Shell("echo x > src/more; echo x > more", inputs)).exit_code,
            0);
  EXPECT_EQ(Says("find . | sort", inputs), ".\n./graph-out\n./src\n./src/in\n");
}

TEST_F(SandboxTest, LinksThatAreNoOutputsFailTheCommand) {
  for (const char* target : {"nowhere", "/usr/bin/bash", "../../../../tmp",
                             "left-over", "/build/graph-out/real"}) {
    SpawnResult result =
        Run(Shell(absl::StrCat("cd graph-out; touch left-over real; ln -s ",
                               target, " link"),
                  {}, {{"graph-out/link"}, {"graph-out/real"}}));
    EXPECT_EQ(result.exit_code, 1) << target;
    EXPECT_THAT(result.stderr_text, HasSubstr("is a symbolic link to"));
  }
  SpawnResult result =
      Run(Shell("cd graph-out; touch real; ln -s real link; ln -s ../in in",
                {File("in", "")},
                {{"graph-out/link"}, {"graph-out/real"}, {"graph-out/in"}}));
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  EXPECT_EQ(result.outputs.size(), 3u);
}

TEST_F(SandboxTest, ForgedSealsAreFound) {
  const std::vector<SpawnInput> inputs = {File("graph-out/in", "bytes")};
  SpawnResult result =
      Run(Shell("t=$(stat -c %y graph-out/in); chmod +w graph-out/in; "
                "printf wrong > graph-out/in; touch -d \"$t\" graph-out/in; "
                "chmod 444 graph-out/in; stat -c %y graph-out/in",
                inputs));
  EXPECT_THAT(result.stdout_text, StartsWith("1980"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.stderr_text, HasSubstr("changed its input graph-out/in"));
  store_->Put("bytes").status().IgnoreError();
  EXPECT_EQ(Says("cat graph-out/in", inputs), "bytes");
}

}  // namespace
}  // namespace graph
