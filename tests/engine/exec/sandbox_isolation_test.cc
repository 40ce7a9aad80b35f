// SPDX-License-Identifier: Apache-2.0
// What a command can see, reach and leave behind.

#include <thread>

#include "engine/os/clock.h"
#include "engine/os/subprocess.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class SandboxIsolationTest : public SandboxTest {};

TEST_F(SandboxIsolationTest, DeclaredInputsAreReadable) {
  EXPECT_EQ(Says("cat src/a.txt graph-out/p/b.txt",
                 {File("src/a.txt", "source\n"),
                  File("graph-out/p/b.txt", "made\n")}),
            "source\nmade\n");
}

TEST_F(SandboxIsolationTest, UndeclaredFileOfTheWorkspaceIsAbsent) {
  // As a workspace would have it: a neighbour of a declared file.
  ASSERT_THAT(WriteFile(cache_ + "/secret.txt", "x"), IsOk());
  SpawnResult result =
      Run(Shell("cat '" + cache_ + "/secret.txt'", {File("a.txt", "")}));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.stderr_text, HasSubstr("No such file"));
  EXPECT_EQ(Says("ls /build", {File("a.txt", "")}), "a.txt\ngraph-out\n");
}

TEST_F(SandboxIsolationTest, HomeAndHostTemporaryFilesAreAbsent) {
  const std::string host_file =
      "/tmp/graph-host-file-" + std::to_string(ProcessId());
  ASSERT_THAT(WriteFile(host_file, "x"), IsOk());
  EXPECT_NE(Run(Shell("cat " + host_file)).exit_code, 0);
  EXPECT_THAT(RemoveFile(host_file), IsOk());
  EXPECT_NE(Run(Shell("ls /root")).exit_code, 0);
  EXPECT_NE(Run(Shell("ls /home")).exit_code, 0);
  EXPECT_EQ(Says("echo /*"),
            "/bin /build /dev /etc /lib /lib64 /proc /sbin /tmp /usr\n");
}

TEST_F(SandboxIsolationTest, SettingsOfTheHostAreAbsent) {
  // Those of util-linux and what it needs are there; it was asked for.
  EXPECT_EQ(Says("cd /etc; echo [!dl]*"), "group hosts nsswitch.conf passwd\n");
  EXPECT_EQ(Says("cat /etc/passwd"),
            "graph:x:1000:1000:graph:/tmp:/bin/bash\n");
}

TEST_F(SandboxIsolationTest, NetworkIsUnreachable) {
  SpawnResult result = Run(Shell("exec 3<>/dev/tcp/127.0.0.1/22"));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.stderr_text, HasSubstr("unreachable"));
  result = Run(Shell("exec 3<>/dev/udp/192.0.2.1/53 && echo x >&3"));
  EXPECT_NE(result.exit_code, 0);
}

TEST_F(SandboxIsolationTest, IdentityIsFixed) {
  EXPECT_EQ(Says("id -u; id -g; id -un; uname -n; umask; pwd"),
            "1000\n1000\ngraph\ngraph\n0022\n/build\n");
}

TEST_F(SandboxIsolationTest, EnvironmentIsWhatTheActionSays) {
  setenv("GRAPH_LEAK", "leaked", 1);
  Spawn spawn = Shell("");
  spawn.argv = {"/usr/bin/env"};
  spawn.env = {{"B", "2"}, {"A", "1 and = more"}};
  EXPECT_EQ(Run(spawn).stdout_text, "B=2\nA=1 and = more\n");
}

TEST_F(SandboxIsolationTest, NoCapabilitiesAndNoNewPrivileges) {
  EXPECT_EQ(Says("grep -E 'Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp:' "
                 "/proc/self/status | tr -d '\\t '"),
            "CapInh:0000000000000000\nCapPrm:0000000000000000\n"
            "CapEff:0000000000000000\nCapBnd:0000000000000000\n"
            "CapAmb:0000000000000000\nNoNewPrivs:1\nSeccomp:2\n");
}

TEST_F(SandboxIsolationTest, NothingButOutputsAndTmpCanBeWritten) {
  for (const char* place : {"/x", "/build/x", "/usr/bin/x", "/etc/x", "/dev/x",
                            "/build/src/x", "/usr/bin/bash", "/etc/passwd"}) {
    SpawnResult result =
        Run(Shell(absl::StrCat("echo x > ", place), {File("src/a", "a")}));
    EXPECT_NE(result.exit_code, 0) << place;
  }
  EXPECT_EQ(Says("for d in /build/graph-out /tmp /dev/shm; do echo x > $d/f "
                 "&& mv $d/f $d/g && rm $d/g || echo $d; done"),
            "");
}

TEST_F(SandboxIsolationTest, DevicesWorkButBelongToTheHost) {
  EXPECT_EQ(Says("echo gone > /dev/null; head -c 3 /dev/zero | wc -c; "
                 "head -c 3 /dev/urandom | wc -c"),
            "3\n3\n");
  EXPECT_NE(Run(Shell("chmod 600 /dev/null")).exit_code, 0);
  EXPECT_EQ(Stat("/dev/null")->mode, 0666u);
}

TEST_F(SandboxIsolationTest, ProcessesOfTheHostAreInvisible) {
  EXPECT_EQ(Says("for p in /proc/[0-9]*; do head $p/comm; done > /tmp/names; "
                 "sort -u /tmp/names"),
            "bash\n");
  EXPECT_NE(Run(Shell("cat /proc/1/cmdline")).exit_code, 0);
  EXPECT_EQ(Says("kill -9 1; echo still here"), "still here\n");
}

TEST_F(SandboxIsolationTest, SettingsOfTheKernelAreOutOfReach) {
  EXPECT_NE(Run(Shell("ls /proc/sys")).exit_code, 0);
  EXPECT_NE(Run(Shell("ls /sys/kernel")).exit_code, 0);
}

TEST_F(SandboxIsolationTest, SourcesCannotBeChangedInAnyWay) {
  const std::vector<SpawnInput> inputs = {File("src/a", "bytes")};
  for (const char* attempt :
       {"echo x >> src/a", "chmod 777 src/a", "rm -f src/a", "touch src/a",
        "mv src/a src/b", "ln src/a src/b", "ln src/a graph-out/b",
        "mkdir src/d", "rm -rf src"}) {
    EXPECT_NE(Run(Shell(attempt, inputs)).exit_code, 0) << attempt;
    EXPECT_EQ(Says("cat src/a", inputs), "bytes");
  }
}

TEST_F(SandboxIsolationTest, NewNamespacesAndMountsAreRefused) {
  Spawn spawn = Shell("");
  for (std::vector<std::string> argv :
       {std::vector<std::string>{"unshare", "-U", "true"},
        std::vector<std::string>{"mount", "-t", "tmpfs", "x", "/tmp"}}) {
    spawn.argv = argv;
    EXPECT_NE(Run(spawn).exit_code, 0);
  }
}

TEST_F(SandboxIsolationTest, DaemonsEndWithTheirAction) {
  const std::string mark = "graph-daemon-" + std::to_string(ProcessId());
  // It has left the session, and its parent does not wait for it.
  EXPECT_THAT(Says(absl::StrCat("(setsid bash -c 'exec -a ", mark,
                                " sleep 1000' </dev/null >/dev/null 2>&1 &); "
                                "sleep 0.1; cat /proc/[0-9]*/comm")),
              HasSubstr("sleep\n"));
  EXPECT_THAT(ProcessesNamed(mark), IsEmpty());
}

TEST_F(SandboxIsolationTest, ScratchIsEmptyForEveryAction) {
  EXPECT_EQ(Says("mkdir -p /tmp/a/b; echo x > /tmp/a/b/c; chmod 0 /tmp/a; "
                 "chmod 700 /tmp; echo x > /dev/shm/y"),
            "");
  EXPECT_EQ(Says("ls -A /tmp /dev/shm; stat -c %a /tmp"),
            "/dev/shm:\n\n/tmp:\n1777\n");
}

TEST_F(SandboxIsolationTest, UndeclaredLeftoversAreGone) {
  EXPECT_EQ(Says("mkdir -p graph-out/p/q; echo x > graph-out/p/q/r; "
                 "echo x > graph-out/z; ln -s / graph-out/root; "
                 "mkdir graph-out/locked; touch graph-out/locked/f; "
                 "chmod 0 graph-out/locked"),
            "");
  EXPECT_EQ(Says("find . | sort"), ".\n./graph-out\n");
}

TEST_F(SandboxIsolationTest, InputsOfTheLastActionAreGone) {
  EXPECT_EQ(Says("find . -type f | sort",
                 {File("a/b/c", "1"), File("graph-out/d/e", "2")}),
            "./a/b/c\n./graph-out/d/e\n");
  EXPECT_EQ(Says("find . | sort", {File("f/g", "3")}),
            ".\n./f\n./f/g\n./graph-out\n");
}

TEST_F(SandboxIsolationTest, FlagsOfTheStreamsDoNotLeakOn) {
  // O_NONBLOCK, set by dd on the file that all actions of a slot share.
  EXPECT_THAT(Says("dd if=/dev/null oflag=nonblock conv=notrunc 2>/dev/null; "
                   "echo one"),
              "one\n");
  EXPECT_THAT(Says("grep flags /proc/self/fdinfo/1"), Not(HasSubstr("4000")));
}

TEST_F(SandboxIsolationTest, ExtendedAttributesAreNotSupported) {
  EXPECT_THAT(Says("cp -a --preserve=xattr src/a graph-out/b; cat graph-out/b",
                   {File("src/a", "a")}),
              StartsWith("a"));
}

}  // namespace
}  // namespace graph
