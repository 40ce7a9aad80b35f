// SPDX-License-Identifier: Apache-2.0
// Root filesystems: made of layers, changed, and what is taken of the changes.
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/layer_reader.h"
#include "engine/archive/layer_writer.h"
#include "engine/cas/local_store.h"
#include "engine/cas/tree.h"
#include "engine/exec/root_changes.h"
#include "engine/exec/root_folder.h"
#include "engine/exec/root_store.h"
#include "engine/exec/tree_store.h"
#include "tests/engine/archive/layer_testing.h"
#include "tests/engine/exec/sandbox_fixture.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RootTest : public SandboxTest {
 protected:
  std::string WriteLayerFile(const LayerPack& pack) {
    const std::string path = absl::StrCat(cache_, "/layer-", ++layers_, ".tar");
    auto file = FileSink(path);
    EXPECT_THAT(file, IsOk());
    EXPECT_THAT(pack.Write(**file), IsOk());
    return path;
  }

  SpawnInput Layer(const std::string& path, const LayerPack& pack) {
    SpawnInput input;
    input.path = path;
    input.digest = *store_->PutFile(WriteLayerFile(pack), /*consume=*/true);
    return input;
  }

  // A root filesystem of these layers.
  std::string Root(const std::vector<LayerPack>& layers) {
    const std::string path = absl::StrCat(cache_, "/root-", ++layers_);
    auto root = RootFolder::Make(path);
    EXPECT_THAT(root, IsOk());
    for (const LayerPack& layer : layers) {
      EXPECT_THAT(root->Apply(WriteLayerFile(layer), cancellation_), IsOk());
    }
    EXPECT_THAT(root->Finish(), IsOk());
    return path;
  }

  std::vector<std::string> ListingOf(const Digest& layer) {
    const std::string path = *store_->NewTemporaryPath();
    EXPECT_THAT(store_->Link(layer, false, path), IsOk());
    LineSink lines;
    EXPECT_THAT(ReadLayer(path, {}, lines, cancellation_), IsOk());
    return lines.lines();
  }

  // The layer of what is above `root` in `upper_`.
  std::vector<std::string> Changes(const std::string& root) {
    auto layer = LayerOfChanges(root, upper_, *store_);
    EXPECT_THAT(layer, IsOk());
    return layer.ok() ? ListingOf(*layer) : std::vector<std::string>();
  }

  void SetUp() override {
    SandboxTest::SetUp();
    if (IsSkipped()) return;
    upper_ = absl::StrCat(cache_, "/upper");
    ASSERT_THAT(MakeDirectory(upper_), IsOk());
  }

  std::string Upper(const std::string& path) const {
    return absl::StrCat(upper_, "/", path);
  }
  void PutAbove(const std::string& path, const std::string& bytes,
                uint32_t mode = 0644) {
    ASSERT_THAT(WriteFile(Upper(path), bytes, mode), IsOk());
  }
  void WhiteOut(const std::string& path) {
    ASSERT_EQ(mknod(Upper(path).c_str(), S_IFCHR, makedev(0, 0)), 0);
  }

  static std::string ModeOf(const std::string& path) {
    return absl::StrCat(absl::Hex(LinkStat(path).value_or(FileState()).mode));
  }

  Cancellation cancellation_;
  std::string upper_;
  int layers_ = 0;
};

// --- Folders ----------------------------------------------------------------

TEST_F(RootTest, LaterLayersWin) {
  const std::string root = Root({LayerPack()
                                     .Directory("etc", 0750)
                                     .File("etc/a", "1", 0600)
                                     .File("etc/b", "1")
                                     .Directory("etc/d")
                                     .File("etc/d/old", "1"),
                                 LayerPack()
                                     .Removed("etc/b")
                                     .File("etc/a", "2", 04755)
                                     .File("etc/d", "now a file")});
  EXPECT_EQ(*ReadFile(root + "/etc/a"), "2");
  EXPECT_EQ(ModeOf(root + "/etc/a"), "9ed");  // 04755
  EXPECT_FALSE(Exists(root + "/etc/b"));
  EXPECT_EQ(*ReadFile(root + "/etc/d"), "now a file");
  EXPECT_EQ(ModeOf(root + "/etc"), "1e8");  // 0750
  EXPECT_EQ(LinkStat(root + "/etc/a")->mtime_ns, 315532800000000000);
  EXPECT_EQ(LinkStat(root + "/etc")->mtime_ns, 315532800000000000);
}

TEST_F(RootTest, FoldersForTheSandboxAreThere) {
  const std::string root =
      Root({LayerPack().Symlink("tmp", "/etc").Directory("etc")});
  for (const char* name : {"build", "dev", "proc", "sys", "tmp"}) {
    EXPECT_EQ(LinkStat(absl::StrCat(root, "/", name))->type,
              FileType::kDirectory)
        << name;
  }
}

TEST_F(RootTest, LinksLeadToPlacesInTheRoot) {
  const std::string outside = cache_ + "/outside";
  ASSERT_THAT(MakeDirectory(outside), IsOk());
  const std::string root =
      Root({LayerPack()
                .Symlink("bin", "usr/bin")
                .Symlink("abs", outside)
                .Symlink("up", "../../../../../../.." + outside),
            LayerPack()
                .File("bin/sh", "shell")
                .File("abs/x", "x")
                .File("up/y", "y")
                .Directory("abs/d", 0700)});
  EXPECT_EQ(*ReadFile(root + "/usr/bin/sh"), "shell");
  EXPECT_THAT(*ListDirectory(outside), IsEmpty());
  EXPECT_EQ(*ReadFile(root + outside + "/x"), "x");
}

TEST_F(RootTest, ModesAreNotGivenThroughALinkThatCameLater) {
  const std::string outside = cache_ + "/outside";
  ASSERT_THAT(MakeDirectories(outside + "/d"), IsOk());
  Root({LayerPack().Directory("a").Directory("a/d", 0711),
        LayerPack().Symlink("a", outside)});
  EXPECT_EQ(ModeOf(outside + "/d"), "1ed");  // 0755, as it was.
}

TEST_F(RootTest, ClonesShareFilesAndKeepModes) {
  const std::string first = Root({LayerPack()
                                      .Directory("d", 0700)
                                      .File("d/a", "1")
                                      .File("b", "1")
                                      .Symlink("l", "b")});
  const std::string path = cache_ + "/clone";
  auto clone = RootFolder::Make(path);
  ASSERT_THAT(clone, IsOk());
  ASSERT_THAT(clone->Clone(first), IsOk());
  ASSERT_THAT(
      clone->Apply(WriteLayerFile(LayerPack().File("b", "2")), cancellation_),
      IsOk());
  ASSERT_THAT(clone->Finish(), IsOk());
  EXPECT_EQ(LinkStat(path + "/d/a")->inode, LinkStat(first + "/d/a")->inode);
  EXPECT_EQ(ModeOf(path + "/d"), "1c0");  // 0700
  EXPECT_EQ(*ReadFile(first + "/b"), "1");
  EXPECT_EQ(*ReadFile(path + "/b"), "2");
  EXPECT_EQ(*ReadLink(path + "/l"), "b");
}

// --- Changes ----------------------------------------------------------------

TEST_F(RootTest, OnlyWhatDiffersIsAChange) {
  const std::string root = Root({LayerPack()
                                     .File("same", "1")
                                     .File("mode", "1")
                                     .File("bytes", "1")
                                     .File("gone", "1")
                                     .Directory("d")
                                     .File("d/in", "1")
                                     .Symlink("l", "same")});
  PutAbove("same", "1");
  PutAbove("mode", "1", 0600);
  PutAbove("bytes", "2");
  PutAbove("new", "3", 04711);
  WhiteOut("gone");
  WhiteOut("never");
  ASSERT_THAT(MakeDirectory(Upper("d")), IsOk());
  ASSERT_THAT(Symlink("same", Upper("l")), IsOk());
  ASSERT_THAT(Symlink("d", Upper("m")), IsOk());
  EXPECT_THAT(Changes(root),
              ElementsAre("x gone", "- bytes 0644 1 2.", "l m 0777 -> d",
                          "- mode 0600 1 1.", "- new 4711 1 3."));
}

TEST_F(RootTest, FolderThatWasReplacedTellsWhatItLacks) {
  const std::string root = Root({LayerPack()
                                     .Directory("d")
                                     .File("d/a", "1")
                                     .File("d/b", "1")
                                     .Directory("d/s")
                                     .File("d/s/x", "1")});
  ASSERT_THAT(MakeDirectory(Upper("d")), IsOk());
  ASSERT_EQ(setxattr(Upper("d").c_str(), "user.overlay.opaque", "y", 1, 0), 0);
  PutAbove("d/a", "1");
  PutAbove("d/c", "1");
  ASSERT_THAT(MakeDirectory(Upper("d/s")), IsOk());
  EXPECT_THAT(Changes(root),
              ElementsAre("x d/b", "- d/c 0644 1 1.", "x d/s/x"));
}

TEST_F(RootTest, WhatIsBehindALinkIsNotBelow) {
  const std::string outside = cache_ + "/outside";
  ASSERT_THAT(MakeDirectory(outside), IsOk());
  ASSERT_THAT(WriteFile(outside + "/a", "1"), IsOk());
  const std::string root = Root({LayerPack().Symlink("d", outside)});
  ASSERT_THAT(MakeDirectory(Upper("d")), IsOk());
  PutAbove("d/a", "1");
  EXPECT_THAT(Changes(root), ElementsAre("d d 0755", "- d/a 0644 1 1."));
}

TEST_F(RootTest, PlacesOfTheSandboxAndSocketsAreNoChange) {
  const std::string root = Root({LayerPack().File("a", "1")});
  for (const char* name : {"build", "dev", "proc", "sys", "tmp"}) {
    ASSERT_THAT(MakeDirectory(Upper(name)), IsOk());
    PutAbove(absl::StrCat(name, "/x"), "1");
  }
  ASSERT_EQ(mknod(Upper("socket").c_str(), S_IFSOCK | 0600, 0), 0);
  EXPECT_THAT(Changes(root), IsEmpty());
}

TEST_F(RootTest, WhatNoLayerCanHoldIsRefused) {
  const std::string root = Root({LayerPack().File("a", "1")});
  ASSERT_EQ(mkfifo(Upper("pipe").c_str(), 0600), 0);
  EXPECT_THAT(
      LayerOfChanges(root, upper_, *store_),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/pipe, a pipe")));
  ASSERT_THAT(RemoveFile(Upper("pipe")), IsOk());
  PutAbove(".wh.a", "1");
  EXPECT_THAT(
      LayerOfChanges(root, upper_, *store_),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/.wh.a")));
}

// --- Commands ---------------------------------------------------------------

class RootRunTest : public RootTest {
 protected:
  // The programs of this host, as a layer.
  SpawnInput Tools() {
    const std::string path = cache_ + "/tools.tar";
    EXPECT_THAT(
        RunCommand({.argv = {"tar", "-C", HostTools().root, "-cf", path, "."}}),
        IsOk());
    SpawnInput input;
    input.path = "tools.tar";
    input.digest = *store_->PutFile(path, /*consume=*/true);
    return input;
  }

  static Spawn InRoot(std::vector<SpawnInput> layers, const std::string& script,
                      std::vector<SpawnOutput> outputs = {}) {
    std::vector<std::string> root;
    for (const SpawnInput& layer : layers) root.push_back(layer.path);
    outputs.push_back({"graph-out/layer.tar"});
    Spawn spawn = Shell(script, std::move(layers), std::move(outputs));
    spawn.root = std::move(root);
    spawn.layer = "graph-out/layer.tar";
    return spawn;
  }
};

TEST_F(RootRunTest, RootCannotChangeALargeTree) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < TreeStore::kFewest; ++i) {
    files.emplace_back(absl::StrCat("d/", i), "1");
  }
  const SpawnInput tree = Tree("graph-out/t", files);
  Spawn spawn = InRoot({Tools()},
                       "cd graph-out/t/d; exec 2>/dev/null; echo 2 >> 7;"
                       "chmod 777 7; rm -f 8; touch new; mv 9 z; cat 7 8 9");
  spawn.inputs.push_back(tree);
  EXPECT_EQ(Run(spawn).stdout_text, "111");
  EXPECT_EQ(
      Says("cd graph-out/t/d; cat 7 8 9; ls | wc -l; stat -c %A 7", {tree}),
      absl::StrCat("111", TreeStore::kFewest, "\n-r--r--r--\n"));
}

TEST_F(RootRunTest, ChangesBecomeALayerAndOutputsAreOutputs) {
  SpawnResult result =
      Run(InRoot({Tools(), Layer("z.tar", LayerPack().File("etc/old", "1")),
                  Layer("a.tar", LayerPack().File("etc/new", "2"))},
                 "id -u; cat /etc/old /etc/new; rm /etc/old; echo 3 > /etc/b; "
                 "chown 33:44 /etc/b; echo 4 > /tmp/x; echo 5 > graph-out/o",
                 {{"graph-out/o"}}));
  EXPECT_EQ(result.stderr_text, "");
  EXPECT_EQ(result.stdout_text, "0\n12");
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_EQ(BytesOf(result.outputs[0]), "5\n");
  EXPECT_EQ(result.outputs[1].path, "graph-out/layer.tar");
  EXPECT_THAT(ListingOf(result.outputs[1].digest),
              ElementsAre("x etc/old", "- etc/b 0644 2 3\n."));
  EXPECT_FALSE(Exists(cache_ + "/slots/changes"));
}

TEST_F(RootRunTest, NextCommandSeesTheRootAsItWas) {
  const SpawnInput tools = Tools();
  Run(InRoot({tools}, "rm -r /usr/bin/cat /etc; echo 1 > /new"));
  SpawnResult result = Run(InRoot({tools}, "cat /etc/passwd; ls /new"));
  EXPECT_THAT(result.stdout_text, HasSubstr("graph:x:1000"));
  EXPECT_THAT(result.stderr_text, HasSubstr("/new"));
  // And one without a root sees the toolchain, as its user.
  EXPECT_EQ(Says("id -u; ls /new 2> /dev/null || echo none"), "1000\nnone\n");
}

TEST_F(RootRunTest, FailureMakesNoLayer) {
  SpawnResult result = Run(InRoot({Tools()}, "echo 1 > /new; exit 7"));
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.outputs, IsEmpty());
}

TEST_F(RootRunTest, WhatNoLayerCanHoldFailsTheCommand) {
  SpawnResult result = Run(InRoot({Tools()}, "mkfifo /etc/pipe"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.outputs, IsEmpty());
  EXPECT_THAT(result.stderr_text, HasSubstr("the command left /etc/pipe"));
}

TEST_F(RootRunTest, FilesThatNobodyMayReadAreInTheLayer) {
  SpawnResult result = Run(InRoot(
      {Tools()}, "mkdir -m 0 /locked; echo 1 > /locked/a; chmod 0 /locked/a"));
  ASSERT_EQ(result.outputs.size(), 1u) << result.stderr_text;
  EXPECT_THAT(ListingOf(result.outputs[0].digest),
              ElementsAre("d locked", "- locked/a 2 1\n."));
}

TEST_F(RootRunTest, OrderOfLayersCounts) {
  const SpawnInput tools = Tools();
  const SpawnInput one = Layer("one.tar", LayerPack().File("etc/x", "1"));
  const SpawnInput two = Layer("two.tar", LayerPack().File("etc/x", "2"));
  EXPECT_EQ(Run(InRoot({tools, one, two}, "cat /etc/x")).stdout_text, "2");
  EXPECT_EQ(Run(InRoot({tools, two, one}, "cat /etc/x")).stdout_text, "1");
}

TEST_F(RootRunTest, WeakerIsolationIsRefused) {
  StartRunner(1, Isolation::kNone);
  EXPECT_THAT(runner_->Run(InRoot({Tools()}, "true"), 0),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("root filesystem of its own")));
}

TEST_F(RootRunTest, WhatIsNoLayerIsRefused) {
  EXPECT_THAT(runner_->Run(InRoot({File("x.tar", "no tar")}, "true"), 0),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("cannot be unpacked"),
                             HasSubstr(Digest::Of("no tar").hex()))));
  EXPECT_THAT(
      runner_->Run(InRoot({Tree("t", {{"index.json", "{}"}})}, "true"), 0),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("t, which `root` names, is no OCI image layout")));
  auto roots = ListDirectory(cache_ + "/roots");
  ASSERT_THAT(roots, IsOk());
  EXPECT_EQ(roots->size(), 1u);  // locks
}

TEST_F(RootRunTest, LayoutStandsForItsLayers) {
  const SpawnInput tools = Tools();
  const SpawnInput layer =
      Layer("a.tar", LayerPack().File("etc/x", "of a layout"));
  const std::string manifest =
      absl::StrCat(R"({"layers": [{"digest": "sha256:)", tools.digest.hex(),
                   R"("}, {"digest": "sha256:)", layer.digest.hex(), R"("}]})");
  const Digest manifest_digest = *store_->Put(manifest);
  TreeEntries tree;
  tree["index.json"].digest =
      *store_->Put(absl::StrCat(R"({"manifests": [{"digest": "sha256:)",
                                manifest_digest.hex(), R"("}]})"));
  for (const Digest& blob : {manifest_digest, tools.digest, layer.digest}) {
    tree["blobs/sha256/" + blob.hex()].digest = blob;
  }
  SpawnInput layout;
  layout.path = "layout";
  layout.kind = SpawnInput::Kind::kDirectory;
  layout.digest = *PutTree(tree, *store_);
  SpawnResult result = Run(InRoot({layout}, "cat /etc/x"));
  EXPECT_EQ(result.stdout_text, "of a layout") << result.stderr_text;
}

}  // namespace
}  // namespace graph
