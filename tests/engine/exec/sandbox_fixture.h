// SPDX-License-Identifier: Apache-2.0

// A LocalRunner over a real store and the toolchain of this host, in a
// temporary folder.

#ifndef GRAPH_TESTS_ENGINE_EXEC_SANDBOX_FIXTURE_H_
#define GRAPH_TESTS_ENGINE_EXEC_SANDBOX_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/cas/local_store.h"
#include "engine/cas/tree.h"
#include "engine/exec/isolation.h"
#include "engine/exec/local_runner.h"
#include "engine/exec/toolchain.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/subprocess.h"
#include "tests/support/status_matchers.h"

namespace graph {

// Skips the test where sandboxes cannot be made at all.
class SandboxTest : public testing::Test {
 protected:
  void SetUp() override {
    if (absl::Status strict = ProbeIsolation(Isolation::kStrict);
        !strict.ok()) {
      GTEST_SKIP() << strict.message();
    }
    cache_ = *RealPath(*MakeTemporaryDirectory(testing::TempDir(), "sandbox-"));
    store_ = *LocalStore::Open(cache_ + "/cas");
    StartRunner(1);
  }

  void TearDown() override {
    runner_.reset();
    store_.reset();
    if (cache_.empty()) return;
    EXPECT_THAT(RemoveTree(cache_), IsOk());
  }

  // The copy of the host's packages is shared by the tests of one user, as by
  // the builds of one user.
  static std::string ToolsFolder() {
    return testing::TempDir() + "/graph-test-toolchain-" +
           std::to_string(UserId());
  }
  static const Toolchain& HostTools() {
    static const Toolchain toolchain = [] {
      const std::string folder = ToolsFolder();
      EXPECT_THAT(MakeDirectories(folder), IsOk());
      // With util-linux for setsid, which daemons would use.
      auto made = HostToolchain(
          {.cache_dir = folder,
           .packages = {"bash", "coreutils", "dash", "findutils", "grep",
                        "libc-bin", "sed", "util-linux"}});
      EXPECT_THAT(made, IsOk());
      return made.value_or(Toolchain());
    }();
    return toolchain;
  }

  void StartRunner(int slots, Isolation isolation = Isolation::kStrict,
                   Toolchains* toolchains = nullptr) {
    runner_.reset();
    auto runner = LocalRunner::Create(
        {cache_, HostTools(), slots, isolation, toolchains}, *store_);
    ASSERT_THAT(runner, IsOk());
    runner_ = *std::move(runner);
  }

  SpawnInput File(const std::string& path, absl::string_view bytes,
                  bool executable = false) {
    SpawnInput input;
    input.path = path;
    input.digest = *store_->Put(bytes);
    input.executable = executable;
    return input;
  }

  SpawnInput Tree(
      const std::string& path,
      const std::vector<std::pair<std::string, std::string>>& files) {
    TreeEntries entries;
    for (const auto& [name, bytes] : files) {
      entries[name].digest = *store_->Put(bytes);
    }
    SpawnInput input;
    input.path = path;
    input.kind = SpawnInput::Kind::kDirectory;
    input.digest = *PutTree(entries, *store_);
    return input;
  }

  static Spawn Shell(const std::string& script,
                     std::vector<SpawnInput> inputs = {},
                     std::vector<SpawnOutput> outputs = {}) {
    Spawn spawn;
    spawn.argv = {"bash", "-c", script};
    spawn.env = {{"LC_ALL", "C.UTF-8"}, {"PATH", "/usr/bin:/bin"}};
    spawn.inputs = std::move(inputs);
    std::sort(spawn.inputs.begin(), spawn.inputs.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    spawn.outputs = std::move(outputs);
    return spawn;
  }

  SpawnResult Run(const Spawn& spawn, int slot = 0) {
    absl::StatusOr<SpawnResult> result = runner_->Run(spawn, slot);
    EXPECT_THAT(result, IsOk());
    return result.value_or(SpawnResult{.exit_code = -1});
  }

  // Both streams of a script that must succeed.
  std::string Says(const std::string& script,
                   std::vector<SpawnInput> inputs = {}) {
    SpawnResult result = Run(Shell(script, std::move(inputs)));
    EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
    return result.stdout_text + result.stderr_text;
  }

  std::string BytesOf(const OutputEntry& entry) {
    return store_->Get(entry.digest).value_or("<no blob>");
  }

  // The processes of this machine whose command lines contain `mark`.
  static std::vector<std::string> ProcessesNamed(const std::string& mark) {
    std::vector<std::string> found;
    auto entries = ListDirectory("/proc");
    EXPECT_THAT(entries, IsOk());
    for (const DirectoryEntry& entry : *entries) {
      auto line = ReadFile("/proc/" + entry.name + "/cmdline");
      if (line.ok() && line->find(mark) != std::string::npos) {
        found.push_back(entry.name);
      }
    }
    return found;
  }

  static void Kill(const std::vector<std::string>& processes) {
    std::vector<std::string> argv = {"bash", "-c", "kill -9 \"$@\"", "kill"};
    argv.insert(argv.end(), processes.begin(), processes.end());
    EXPECT_THAT(RunCommand({.argv = argv}), IsOk());
  }

  std::string cache_;
  std::unique_ptr<LocalStore> store_;
  std::unique_ptr<LocalRunner> runner_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_EXEC_SANDBOX_FIXTURE_H_
