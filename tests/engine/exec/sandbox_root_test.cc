// SPDX-License-Identifier: Apache-2.0
// Inputs that commands damage, and roots that go from action to action.

#include "engine/exec/sandbox_root.h"

#include "engine/cas/local_store.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// The root alone, with this test as the command.
class SandboxRootTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = *MakeTemporaryDirectory(testing::TempDir(), "root-");
    store_ = *LocalStore::Open(folder_ + "/cas");
    ASSERT_THAT(MakeDirectories(folder_ + "/root/graph-out"), IsOk());
    ASSERT_THAT(MakeDirectories(folder_ + "/spare"), IsOk());
    root_ = std::make_unique<SandboxRoot>(folder_ + "/root", folder_ + "/spare",
                                          SandboxRoot::Walls::kMounts, *store_);
  }
  void TearDown() override {
    store_.reset();
    EXPECT_THAT(RemoveTree(folder_), IsOk());
  }

  SpawnInput File(const std::string& path, absl::string_view bytes) {
    SpawnInput input;
    input.path = path;
    input.digest = *store_->Put(bytes);
    return input;
  }

  SpawnInput Tree(const std::string& path, TreeEntries entries) {
    SpawnInput input;
    input.path = path;
    input.kind = SpawnInput::Kind::kDirectory;
    input.digest = *PutTree(entries, *store_);
    return input;
  }

  TreeEntry Leaf(absl::string_view bytes) {
    TreeEntry entry;
    entry.digest = *store_->Put(bytes);
    return entry;
  }

  static Spawn With(std::vector<SpawnInput> inputs,
                    std::vector<SpawnOutput> outputs = {}) {
    Spawn spawn;
    spawn.inputs = std::move(inputs);
    spawn.outputs = std::move(outputs);
    return spawn;
  }

  std::string At(const std::string& path) { return folder_ + "/root/" + path; }

  // Everything in the root, folders with a slash.
  std::vector<std::string> Listing(const std::string& below = "") {
    std::vector<std::string> all;
    auto entries = ListDirectory(folder_ + "/root/" + below);
    EXPECT_THAT(entries, IsOk());
    for (const DirectoryEntry& entry : *entries) {
      const bool folder = entry.type == FileType::kDirectory;
      all.push_back(below + entry.name + (folder ? "/" : ""));
      if (!folder) continue;
      for (std::string& child : Listing(all.back())) {
        all.push_back(std::move(child));
      }
    }
    return all;
  }

  std::vector<std::string> ComplaintsAfter(const Spawn& spawn) {
    auto collected = root_->Collect(spawn, true);
    EXPECT_THAT(collected, IsOk());
    return collected->complaints;
  }

  std::string folder_;
  std::unique_ptr<LocalStore> store_;
  std::unique_ptr<SandboxRoot> root_;
};

TEST_F(SandboxRootTest, ShowsExactlyWhatIsDeclared) {
  ASSERT_THAT(
      root_->Prepare(With({File("a/b", "1"), File("graph-out/p/c", "2")},
                          {{"graph-out/q/r/d"}})),
      IsOk());
  EXPECT_THAT(Listing(),
              ElementsAre("a/", "a/b", "graph-out/", "graph-out/p/",
                          "graph-out/p/c", "graph-out/q/", "graph-out/q/r/"));
  EXPECT_THAT(ReadFile(At("a/b")), IsOkAndHolds("1"));
}

TEST_F(SandboxRootTest, SharedInputsStayAndOthersGo) {
  const Spawn first = With({File("a/b", "1"), File("c/d", "2")});
  ASSERT_THAT(root_->Prepare(first), IsOk());
  const FileState before = *Stat(At("a/b"));
  EXPECT_THAT(ComplaintsAfter(first), IsEmpty());
  ASSERT_THAT(root_->Prepare(With({File("a/b", "1"), File("e/f", "3")})),
              IsOk());
  EXPECT_EQ(Stat(At("a/b"))->inode, before.inode);
  EXPECT_THAT(Listing(), ElementsAre("a/", "a/b", "e/", "e/f", "graph-out/"));
}

TEST_F(SandboxRootTest, OtherBytesAtTheSamePathAreShown) {
  for (const char* bytes : {"1", "2", "1"}) {
    const Spawn spawn = With({File("a/b", bytes), File("graph-out/c", bytes)});
    ASSERT_THAT(root_->Prepare(spawn), IsOk());
    EXPECT_THAT(ReadFile(At("a/b")), IsOkAndHolds(bytes));
    EXPECT_THAT(ReadFile(At("graph-out/c")), IsOkAndHolds(bytes));
    EXPECT_THAT(ComplaintsAfter(spawn), IsEmpty());
  }
}

TEST_F(SandboxRootTest, FileBecomesFolderBecomesTree) {
  const std::vector<std::vector<SpawnInput>> steps = {
      {File("a", "1")},
      {File("a/b", "2")},
      {Tree("a", {{"b/c", Leaf("3")}})},
      {File("a/b/c/d", "4")},
      {File("a", "5")}};
  for (const std::vector<SpawnInput>& inputs : steps) {
    const Spawn spawn = With(inputs);
    ASSERT_THAT(root_->Prepare(spawn), IsOk());
    EXPECT_THAT(ComplaintsAfter(spawn), IsEmpty());
  }
  EXPECT_THAT(Listing(), ElementsAre("a", "graph-out/"));
}

TEST_F(SandboxRootTest, FileAndFolderOfOneNameIsAnError) {
  EXPECT_THAT(root_->Prepare(With({File("a", "1"), File("a/b", "2")})),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a is")));
  EXPECT_THAT(root_->Prepare(With({File("c", "1")})), IsOk());
  EXPECT_THAT(Listing(), ElementsAre("c", "graph-out/"));
}

TEST_F(SandboxRootTest, SymlinksMayPointNowhere) {
  SpawnInput link;
  link.path = "graph-out/l";
  link.kind = SpawnInput::Kind::kSymlink;
  link.target = "../nowhere";
  const Spawn spawn = With({link});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  EXPECT_THAT(ReadLink(At("graph-out/l")), IsOkAndHolds("../nowhere"));
  EXPECT_THAT(ComplaintsAfter(spawn), IsEmpty());
}

TEST_F(SandboxRootTest, EveryDamageToAnInputIsFound) {
  const Spawn spawn = With({File("graph-out/in", "bytes")});
  const std::string path = At("graph-out/in");
  const std::vector<std::function<void()>> damages = {
      [&] {
        EXPECT_THAT(SetMode(path, 0644), IsOk());
        EXPECT_THAT(WriteFile(path, "other"), IsOk());
      },
      [&] { EXPECT_THAT(SetMode(path, 0755), IsOk()); },
      [&] { EXPECT_THAT(RemoveFile(path), IsOk()); },
      [&] { EXPECT_THAT(WriteFileAtomic(path, "bytes"), IsOk()); },
      [&] {
        EXPECT_THAT(RemoveFile(path), IsOk());
        EXPECT_THAT(Symlink("/etc/passwd", path), IsOk());
      },
  };
  for (const auto& damage : damages) {
    ASSERT_THAT(root_->Prepare(spawn), IsOk());
    EXPECT_THAT(ReadFile(path), IsOkAndHolds("bytes"));
    damage();
    EXPECT_THAT(ComplaintsAfter(spawn),
                ElementsAre(HasSubstr("changed its input graph-out/in")));
    // As if somebody made the lost blob again.
    store_->Put("bytes").status().IgnoreError();
  }
}

TEST_F(SandboxRootTest, BlobDamagedThroughItsLinkIsNotGivenOn) {
  const Spawn spawn = With({File("graph-out/in", "bytes")});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(SetMode(At("graph-out/in"), 0644), IsOk());
  ASSERT_THAT(WriteFile(At("graph-out/in"), "wrong"), IsOk());
  EXPECT_THAT(ComplaintsAfter(spawn), SizeIs(1));
  auto bytes = store_->Get(Digest::Of("bytes"));
  EXPECT_TRUE(!bytes.ok() || *bytes == "bytes");
  absl::Status prepared = root_->Prepare(spawn);
  if (prepared.ok()) {
    EXPECT_THAT(ReadFile(At("graph-out/in")), IsOkAndHolds("bytes"));
  }
}

TEST_F(SandboxRootTest, DamageInsideAnInputTreeIsFound) {
  const Spawn spawn =
      With({Tree("graph-out/t", {{"a", Leaf("1")}, {"b/c", Leaf("2")}})});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(RemoveFile(At("graph-out/t/b/c")), IsOk());
  EXPECT_THAT(ComplaintsAfter(spawn),
              ElementsAre(HasSubstr("changed its input graph-out/t")));
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  EXPECT_THAT(ReadFile(At("graph-out/t/b/c")), IsOkAndHolds("2"));
}

TEST_F(SandboxRootTest, FilesAddedToAnInputTreeAreNoDamageAndGo) {
  const Spawn spawn = With({Tree("graph-out/t", {{"b/c", Leaf("2")}})});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(MakeDirectories(At("graph-out/t/b/__pycache__")), IsOk());
  ASSERT_THAT(WriteFile(At("graph-out/t/b/__pycache__/c.pyc"), "x"), IsOk());
  EXPECT_THAT(ComplaintsAfter(spawn), IsEmpty());
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  EXPECT_THAT(Listing(), ElementsAre("graph-out/", "graph-out/t/",
                                     "graph-out/t/b/", "graph-out/t/b/c"));
}

TEST_F(SandboxRootTest, FolderReplacedByALinkIsNotFollowed) {
  const std::string elsewhere = folder_ + "/elsewhere";
  ASSERT_THAT(MakeDirectories(elsewhere + "/q"), IsOk());
  ASSERT_THAT(WriteFile(elsewhere + "/q/out", "of the host"), IsOk());
  const Spawn spawn = With({}, {{"graph-out/p/q/out"}});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(RemoveTree(At("graph-out/p")), IsOk());
  ASSERT_THAT(Symlink(elsewhere, At("graph-out/p")), IsOk());
  auto collected = root_->Collect(spawn, true);
  ASSERT_THAT(collected, IsOk());
  EXPECT_THAT(collected->outputs, IsEmpty());
  EXPECT_THAT(collected->complaints, SizeIs(1));
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  EXPECT_THAT(ReadFile(elsewhere + "/q/out"), IsOkAndHolds("of the host"));
  EXPECT_THAT(Listing(),
              ElementsAre("graph-out/", "graph-out/p/", "graph-out/p/q/"));
}

TEST_F(SandboxRootTest, TreeReplacedByALinkIsNotFollowed) {
  const std::string elsewhere = folder_ + "/elsewhere";
  ASSERT_THAT(MakeDirectories(elsewhere), IsOk());
  ASSERT_THAT(WriteFile(elsewhere + "/mine", "of the host"), IsOk());
  const Spawn spawn = With({Tree("graph-out/t", {{"a", Leaf("1")}})});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(RemoveTree(At("graph-out/t")), IsOk());
  ASSERT_THAT(Symlink(elsewhere, At("graph-out/t")), IsOk());
  EXPECT_THAT(ComplaintsAfter(spawn), SizeIs(1));
  ASSERT_THAT(root_->Prepare(With({})), IsOk());
  EXPECT_THAT(ReadFile(elsewhere + "/mine"), IsOkAndHolds("of the host"));
}

TEST_F(SandboxRootTest, ModesOfFoldersDoNotLeakOn) {
  const Spawn spawn = With({}, {{"graph-out/p/out"}});
  ASSERT_THAT(root_->Prepare(spawn), IsOk());
  ASSERT_THAT(SetMode(At("graph-out/p"), 0700), IsOk());
  EXPECT_THAT(ComplaintsAfter(spawn), IsEmpty());
  EXPECT_EQ(Stat(At("graph-out/p"))->mode, 0755u);
}

TEST_F(SandboxRootTest, CommandThatWasNeverLookedAtIsCleanedUp) {
  ASSERT_THAT(root_->Prepare(With({File("graph-out/a", "1")})), IsOk());
  ASSERT_THAT(WriteFile(At("graph-out/left"), "x"), IsOk());
  // No Collect(): the sandbox died.
  ASSERT_THAT(root_->Prepare(With({File("b", "2")})), IsOk());
  EXPECT_THAT(Listing(), ElementsAre("b", "graph-out/"));
}

TEST_F(SandboxRootTest, InputThatTheStoreLostIsAnErrorAndLeavesNothing) {
  SpawnInput lost;
  lost.path = "b";
  lost.digest = Digest::Of("never stored");
  EXPECT_THAT(root_->Prepare(With({File("a", "1"), lost})), Not(IsOk()));
  ASSERT_THAT(root_->Prepare(With({File("c", "1")})), IsOk());
  EXPECT_THAT(Listing(), ElementsAre("c", "graph-out/"));
}

// The same through real commands.
TEST_F(SandboxTest, CommandThatChangesAnInputFailsAndHarmsNobody) {
  const std::vector<SpawnInput> inputs = {File("graph-out/in", "bytes\n")};
  for (const char* script :
       {"chmod +w graph-out/in && echo more >> graph-out/in",
        "sed -i s/b/c/ graph-out/in", "rm graph-out/in",
        "mv graph-out/in graph-out/out", "chmod 777 graph-out/in"}) {
    SpawnResult result = Run(Shell(script, inputs, {{"graph-out/out"}}));
    EXPECT_EQ(result.exit_code, 1) << script;
    EXPECT_THAT(result.stderr_text, HasSubstr("changed its input")) << script;
    EXPECT_THAT(result.outputs, IsEmpty());
    store_->Put("bytes\n").status().IgnoreError();
    EXPECT_EQ(Says("cat graph-out/in; ls graph-out", inputs), "bytes\nin\n");
  }
}

TEST_F(SandboxTest, HardLinkOfAnInputMayBeAnOutput) {
  SpawnResult result =
      Run(Shell("ln graph-out/in graph-out/out",
                {File("graph-out/in", "bytes")}, {{"graph-out/out"}}));
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  ASSERT_THAT(result.outputs, SizeIs(1));
  EXPECT_EQ(result.outputs[0].digest, Digest::Of("bytes"));
  EXPECT_EQ(Says("cat graph-out/in", {File("graph-out/in", "bytes")}), "bytes");
}

}  // namespace
}  // namespace graph
