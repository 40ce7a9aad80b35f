// SPDX-License-Identifier: Apache-2.0
// Large trees as inputs: mounted, not linked.

#include "engine/exec/tree_store.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ShownTreesTest : public SandboxTest {
 protected:
  // Files 0, 1, … in the folder `d`, with their numbers, and `more`.
  SpawnInput Large(
      const std::string& path,
      const std::vector<std::pair<std::string, std::string>>& more = {}) {
    std::vector<std::pair<std::string, std::string>> files = more;
    for (int i = 0; i < TreeStore::kFewest; ++i) {
      const std::string number = std::to_string(i);
      files.emplace_back("d/" + number, number);
    }
    return Tree(path, files);
  }

  std::vector<std::string> Kept() {
    std::vector<std::string> names;
    auto entries = ListDirectory(cache_ + "/trees");
    if (!entries.ok()) return names;
    for (const DirectoryEntry& entry : *entries) {
      if (entry.name.size() == 64) names.push_back(entry.name);
    }
    return names;
  }

  static OutputEntry OnlyOutput(const SpawnResult& result) {
    EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
    EXPECT_EQ(result.outputs.size(), 1u);
    return result.outputs.empty() ? OutputEntry() : result.outputs[0];
  }
};

TEST_F(ShownTreesTest, AreSeenWholeAtTheirPlaces) {
  for (const char* path : {"src/t", "graph-out/p/t"}) {
    const SpawnInput tree = Large(path, {{"x", "root"}});
    const std::string at(path);
    EXPECT_EQ(Says("cat " + at + "/x " + at + "/d/7; ls " + at +
                       "/d | wc -l; "
                       "stat -c '%a %A' " +
                       at + " " + at + "/x",
                   {tree}),
              "root732\n755 drwxr-xr-x\n444 -r--r--r--\n");
    EXPECT_THAT(Kept(), ElementsAre(tree.digest.hex()));
  }
}

TEST_F(ShownTreesTest, SmallOnesAreLinked) {
  EXPECT_EQ(Says("cat graph-out/t/x", {Tree("graph-out/t", {{"x", "1"}})}),
            "1");
  EXPECT_THAT(Kept(), IsEmpty());
}

TEST_F(ShownTreesTest, CannotBeChanged) {
  for (const char* path : {"src/t", "graph-out/p/t"}) {
    const SpawnInput tree = Large(path, {{"x", "1"}});
    const std::string at(path);
    SpawnResult result = Run(Shell(
        "cd " + at +
            "; exec 2>/dev/null; echo y >> x; chmod u+w x; rm -f x;"
            "mv x z; touch new d/new; ln x z; ln x /build/graph-out/stolen;"
            "mv d e; rmdir ../t; mv ../t ../u; cat x; ls",
        {tree}));
    EXPECT_EQ(result.stdout_text, "1d\nx\n") << path;
    // The tree itself.
    EXPECT_EQ(Says("cat " + at + "/x; ls " + at, {tree}), "1d\nx\n");
  }
}

TEST_F(ShownTreesTest, APlaceWithAnotherNameIsDamage) {
  const SpawnInput tree = Large("graph-out/p/t", {{"x", "1"}});
  SpawnResult result = Run(Shell(
      "cd graph-out && mv p q && mkdir -p p/t && echo 2 > p/t/x", {tree}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.stderr_text,
              HasSubstr("the command changed its input graph-out/p/t"));
  EXPECT_EQ(Says("cat graph-out/p/t/x; ls graph-out", {tree}), "1p\n");
}

TEST_F(ShownTreesTest, ComeAndGo) {
  const SpawnInput a = Large("graph-out/a", {{"x", "a"}});
  const SpawnInput b = Large("graph-out/b", {{"x", "b"}});
  SpawnInput other = a;
  other.path = "src/elsewhere";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Says("cat graph-out/*/x; ls graph-out", {a}), "aa\n");
    EXPECT_EQ(Says("cat graph-out/*/x; ls graph-out", {a, b}), "aba\nb\n");
    EXPECT_EQ(Says("cat graph-out/*/x; ls graph-out", {b}), "bb\n");
    EXPECT_EQ(Says("ls; ls graph-out; ls /tmp"), "graph-out\n");
    EXPECT_EQ(Says("cat src/elsewhere/x", {other}), "a");
  }
}

TEST_F(ShownTreesTest, AnotherTreeAtThePlaceOfOneIsSeen) {
  for (const char* bytes : {"1", "2", "1", "3"}) {
    EXPECT_EQ(Says("cat graph-out/t/x", {Large("graph-out/t", {{"x", bytes}})}),
              bytes);
    EXPECT_EQ(Says("cat graph-out/t", {File("graph-out/t", "file")}), "file");
    EXPECT_EQ(Says("cat graph-out/t/x", {File("graph-out/t/x", "in")}), "in");
  }
}

TEST_F(ShownTreesTest, ManyAreShownOneAfterAnother) {
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(
        Says("cat graph-out/t/x", {Large("graph-out/t", {{"x", number}})}),
        number);
  }
}

TEST_F(ShownTreesTest, AreSeenWithEachToolchain) {
  // A command with a network of its own has a zygote of its own.
  const SpawnInput tree = Large("graph-out/t", {{"x", "1"}});
  for (bool loopback : {false, true, false, true}) {
    Spawn spawn = Shell("cat graph-out/t/x", {tree});
    spawn.loopback = loopback;
    EXPECT_EQ(Run(spawn).stdout_text, "1");
  }
}

TEST_F(ShownTreesTest, AreSharedBySlots) {
  StartRunner(2);
  const SpawnInput tree = Large("graph-out/t", {{"x", "1"}});
  for (int slot : {0, 1, 0}) {
    EXPECT_EQ(Run(Shell("cat graph-out/t/x", {tree}), slot).stdout_text, "1");
  }
  EXPECT_THAT(Kept(), ElementsAre(tree.digest.hex()));
}

TEST_F(ShownTreesTest, ALaterBuildMakesOneOfTheOther) {
  const SpawnInput first = Large("graph-out/t", {{"x", "1"}});
  const SpawnInput second = Large("graph-out/t", {{"x", "2"}});
  EXPECT_EQ(Says("cat graph-out/t/x", {first}), "1");
  // While the runner that shows it lives, it stays.
  EXPECT_EQ(Says("cat graph-out/t/x", {second}), "2");
  EXPECT_EQ(Kept().size(), 2u);
  const SpawnInput third = Large("graph-out/t", {{"x", "3"}});
  StartRunner(1);
  EXPECT_EQ(Says("cat graph-out/t/x", {third}), "3");
  EXPECT_EQ(Kept().size(), 2u);
}

TEST_F(ShownTreesTest, AnOutputMayBeALinkIntoOne) {
  const SpawnInput tree = Large("graph-out/t", {{"x", "1"}});
  SpawnResult good =
      Run(Shell("ln -s t/d/../x graph-out/o", {tree}, {{"graph-out/o"}}));
  EXPECT_EQ(OnlyOutput(good).target, "t/d/../x");
  for (const char* target :
       {"t/none", "t/x/../x", "../../build/graph-out/t/x", "t/../../../x"}) {
    SpawnResult bad = Run(Shell("ln -s " + std::string(target) + " graph-out/o",
                                {tree}, {{"graph-out/o"}}));
    EXPECT_EQ(bad.exit_code, 1) << target;
    EXPECT_THAT(bad.stderr_text, HasSubstr("is a symbolic link")) << target;
  }
}

TEST_F(ShownTreesTest, AnOutputLiesBesideOne) {
  const SpawnInput tree = Large("graph-out/p/t", {{"x", "1"}});
  SpawnResult result = Run(Shell("cp -r graph-out/p/t graph-out/p/o", {tree},
                                 {{"graph-out/p/o", /*is_directory=*/true}}));
  EXPECT_EQ(OnlyOutput(result).digest, tree.digest);
}

TEST_F(ShownTreesTest, AnOutputInsideOneIsRefused) {
  Spawn spawn = Shell("true", {Large("graph-out/t")}, {{"graph-out/t/o"}});
  EXPECT_THAT(runner_->Run(spawn, 0).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  EXPECT_EQ(Says("echo on"), "on\n");
}

TEST_F(ShownTreesTest, LostBytesAreSaid) {
  const std::string large(20'000, 'x');
  const SpawnInput tree = Large("graph-out/t", {{"x", large}});
  EXPECT_EQ(Says("wc -c < graph-out/t/x", {tree}), "20000\n");
  const std::string file = cache_ + "/trees/" + tree.digest.hex() + "/tree/x";
  ASSERT_THAT(SetMode(file, 0644), IsOk());
  ASSERT_THAT(WriteFile(file, std::string(20'000, 'y')), IsOk());
  StartRunner(1);
  const Spawn spawn = Shell("cat graph-out/t/x", {tree});
  EXPECT_THAT(runner_->Run(spawn, 0).status(),
              StatusIs(absl::StatusCode::kDataLoss, testing::_));
  ASSERT_THAT(store_->Put(large), IsOk());
  EXPECT_EQ(Run(spawn).stdout_text, large);
}

TEST_F(ShownTreesTest, RunnersOfTwoProcessesShareOne) {
  const SpawnInput tree = Large("graph-out/t", {{"x", "1"}});
  auto other = LocalRunner::Create({cache_, HostTools(), 1}, *store_);
  ASSERT_THAT(other, IsOk());
  const Spawn spawn = Shell("cat graph-out/t/x", {tree});
  EXPECT_EQ(Run(spawn).stdout_text, "1");
  auto result = (*other)->Run(spawn, 0);
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->stdout_text, "1");
}

TEST_F(ShownTreesTest, AreTracedByTheirPlaces) {
  LocalRunnerOptions options{cache_, HostTools(), 1};
  options.trace_reads = true;
  auto runner = LocalRunner::Create(options, *store_);
  if (!runner.ok()) GTEST_SKIP() << runner.status().message();
  auto result =
      (*runner)->Run(Shell("cat graph-out/t/d/7", {Large("graph-out/t")}), 0);
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(result->reads, testing::Contains("graph-out/t/d/7"));
}

TEST_F(ShownTreesTest, AreLinkedInAFolderThatIsKept) {
  LocalRunnerOptions options{cache_, HostTools(), 1};
  options.keep_failed = true;
  auto runner = LocalRunner::Create(options, *store_);
  ASSERT_THAT(runner, IsOk());
  const SpawnInput tree = Large("graph-out/t", {{"x", "1"}});
  auto result = (*runner)->Run(Shell("exit 3", {tree}), 0);
  ASSERT_THAT(result, IsOk());
  auto kept = ListDirectory(cache_ + "/sandboxes");
  ASSERT_THAT(kept, IsOk());
  ASSERT_EQ(kept->size(), 1u);
  EXPECT_THAT(ReadFile(cache_ + "/sandboxes/" + (*kept)[0].name +
                       "/root/graph-out/t/x"),
              IsOkAndHolds("1"));
  result = (*runner)->Run(Shell("cat graph-out/t/x", {tree}), 0);
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->stdout_text, "1");
}

}  // namespace
}  // namespace graph
