// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/materialize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/cas/local_store.h"
#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = OutputEntry::Kind;

class MaterializeTest : public testing::Test {
 protected:
  MaterializeTest()
      : folder_(*MakeTemporaryDirectory("/tmp", "place-test-")),
        store_(*LocalStore::Open(folder_ + "/store")),
        placer_(folder_ + "/ws", *store_) {}
  ~MaterializeTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }

  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/ws/", name);
  }
  OutputEntry File(std::string path, absl::string_view bytes,
                   bool executable = false) {
    return {std::move(path), Kind::kFile, *store_->Put(bytes), executable, ""};
  }
  OutputEntry Tree(std::string path, std::map<std::string, std::string> files) {
    TreeEntries entries;
    for (const auto& [name, bytes] : files) {
      entries[name].digest = *store_->Put(bytes);
    }
    entries["link"] = {TreeEntry::Kind::kSymlink, Digest(), false, "a"};
    return {std::move(path), Kind::kDirectory, *PutTree(entries, *store_),
            false, ""};
  }
  void Place(const OutputEntry& output) {
    ASSERT_THAT(placer_.Place(output), IsOk());
  }

  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
  Materializer placer_;
};

TEST_F(MaterializeTest, AFileIsAReadOnlyLink) {
  Place(File("graph-out/p/a", "bytes"));
  Place(File("graph-out/p/tool", "#!", true));
  EXPECT_THAT(ReadFile(Path("graph-out/p/a")), IsOkAndHolds("bytes"));
  EXPECT_EQ(Stat(Path("graph-out/p/a"))->mode, 0444);
  EXPECT_EQ(Stat(Path("graph-out/p/tool"))->mode, 0555);
  EXPECT_EQ(Stat(Path("graph-out/p/a"))->links, 2);
}

TEST_F(MaterializeTest, WhatIsRightIsLeftAlone) {
  const std::vector<OutputEntry> outputs = {
      File("graph-out/a", "bytes"),
      Tree("graph-out/d", {{"a", "1"}, {"sub/b", "2"}}),
      {"graph-out/l", Kind::kSymlink, Digest(), false, "a"}};
  for (const OutputEntry& output : outputs) Place(output);
  EXPECT_EQ(placer_.placed(), 3);
  const int64_t changed = Stat(Path("graph-out/d/sub"))->ctime_ns;
  for (const OutputEntry& output : outputs) Place(output);
  EXPECT_EQ(placer_.placed(), 3);
  EXPECT_EQ(Stat(Path("graph-out/d/sub"))->ctime_ns, changed);
}

TEST_F(MaterializeTest, ANewVersionReplacesAnOldOne) {
  Place(File("graph-out/a", "old"));
  Place(File("graph-out/a", "new"));
  EXPECT_THAT(ReadFile(Path("graph-out/a")), IsOkAndHolds("new"));
  EXPECT_THAT(store_->Get(Digest::Of("old")), IsOkAndHolds("old"));
}

TEST_F(MaterializeTest, OfAFolderOnlyWhatChangedIsPlaced) {
  Place(Tree("graph-out/d", {{"a", "1"}, {"same/b", "2"}, {"sub/c", "3"}}));
  const int64_t folder = LinkStat(Path("graph-out/d"))->inode;
  const int64_t same = LinkStat(Path("graph-out/d/same"))->ctime_ns;
  Place(Tree("graph-out/d", {{"a", "1"}, {"same/b", "2"}, {"sub/c", "4"}}));
  EXPECT_THAT(ReadFile(Path("graph-out/d/sub/c")), IsOkAndHolds("4"));
  EXPECT_EQ(LinkStat(Path("graph-out/d"))->inode, folder);
  EXPECT_EQ(LinkStat(Path("graph-out/d/same"))->ctime_ns, same);
}

TEST_F(MaterializeTest, InAFolderEveryKindReplacesEveryOther) {
  TreeEntry file{.digest = *store_->Put("bytes")};
  TreeEntry tool{.digest = *store_->Put("bytes"), .executable = true};
  TreeEntry link{.kind = TreeEntry::Kind::kSymlink, .target = "elsewhere"};
  TreeEntry empty{.kind = TreeEntry::Kind::kEmptyDirectory};
  const std::vector<TreeEntries> trees = {{{"x", file}},
                                          {{"x", tool}},
                                          {{"x", link}},
                                          {{"x", empty}},
                                          {{"x/y", file}, {"z", link}},
                                          {}};
  for (const TreeEntries& before : trees) {
    for (const TreeEntries& after : trees) {
      for (const TreeEntries* tree : {&before, &after}) {
        const Digest root = *PutTree(*tree, *store_);
        Place({"graph-out/d", Kind::kDirectory, root, false, ""});
        EXPECT_THAT(PutDirectory(Path("graph-out/d"), false, *store_),
                    IsOkAndHolds(root));
      }
    }
  }
}

TEST_F(MaterializeTest, TheModeOfAFolderIsMended) {
  Place(Tree("graph-out/d", {{"sub/b", "2"}}));
  ASSERT_THAT(SetMode(Path("graph-out/d/sub"), 0700), IsOk());
  Place(Tree("graph-out/d", {{"sub/b", "2"}}));
  EXPECT_EQ(Stat(Path("graph-out/d/sub"))->mode, 0755);
}

TEST_F(MaterializeTest, AFolderStaysAsItWasIfBytesOfTheNewOneAreLost) {
  Place(Tree("graph-out/d", {{"a", "1"}, {"b", "2"}}));
  const OutputEntry tree =
      Tree("graph-out/d", {{"a", "new"}, {"sub/c", "lost"}});
  store_->records().Remove(RecordTable::Kind::kBlob, Digest::Of("lost").hash());
  EXPECT_THAT(placer_.Place(tree),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_THAT(ReadFile(Path("graph-out/d/a")), IsOkAndHolds("1"));
  EXPECT_THAT(ReadFile(Path("graph-out/d/b")), IsOkAndHolds("2"));
}

TEST_F(MaterializeTest, AFolderBecomesAnother) {
  Place(Tree("graph-out/d", {{"a", "1"}, {"gone", "x"}}));
  Place(Tree("graph-out/d", {{"a", "2"}, {"sub/b", "3"}}));
  EXPECT_THAT(ReadFile(Path("graph-out/d/a")), IsOkAndHolds("2"));
  EXPECT_THAT(ReadFile(Path("graph-out/d/sub/b")), IsOkAndHolds("3"));
  EXPECT_THAT(ReadLink(Path("graph-out/d/link")), IsOkAndHolds("a"));
  EXPECT_FALSE(Exists(Path("graph-out/d/gone")));
}

TEST_F(MaterializeTest, AFolderWithSomethingMoreIsNotRight) {
  Place(Tree("graph-out/d", {{"a", "1"}}));
  ASSERT_THAT(WriteFile(Path("graph-out/d/mine"), "x"), IsOk());
  Place(Tree("graph-out/d", {{"a", "1"}}));
  EXPECT_FALSE(Exists(Path("graph-out/d/mine")));
}

TEST_F(MaterializeTest, EveryKindReplacesEveryOther) {
  const std::vector<OutputEntry> kinds = {
      File("graph-out/x", "bytes"),
      Tree("graph-out/x", {{"a", "1"}}),
      {"graph-out/x", Kind::kSymlink, Digest(), false, "elsewhere"}};
  for (const OutputEntry& before : kinds) {
    for (const OutputEntry& after : kinds) {
      Place(before);
      Place(after);
      const int64_t placed = placer_.placed();
      Place(after);
      EXPECT_EQ(placer_.placed(), placed) << "it was right";
    }
  }
}

TEST_F(MaterializeTest, AnOldFileInTheWayOfAFolderGoes) {
  Place(File("graph-out/p", "once a file"));
  Materializer next(folder_ + "/ws", *store_);
  ASSERT_THAT(next.Place(File("graph-out/p/q/a", "bytes")), IsOk());
  EXPECT_THAT(ReadFile(Path("graph-out/p/q/a")), IsOkAndHolds("bytes"));
}

TEST_F(MaterializeTest, AnOldLinkInTheWayIsNotFollowed) {
  ASSERT_THAT(MakeDirectories(Path("src")), IsOk());
  Place({"graph-out/p", Kind::kSymlink, Digest(), false, "../src"});
  Materializer next(folder_ + "/ws", *store_);
  ASSERT_THAT(next.Place(File("graph-out/p/a", "bytes")), IsOk());
  EXPECT_THAT(ListDirectory(Path("src")), IsOkAndHolds(IsEmpty()));
}

TEST_F(MaterializeTest, AFolderRemovedMeanwhileIsMadeAgain) {
  Place(File("graph-out/p/a", "bytes"));
  ASSERT_THAT(RemoveTree(Path("graph-out")), IsOk());
  Place(File("graph-out/p/a", "bytes"));
  EXPECT_THAT(ReadFile(Path("graph-out/p/a")), IsOkAndHolds("bytes"));
}

TEST_F(MaterializeTest, DamageInPlaceIsMendedFromTheStore) {
  Place(File("graph-out/a", "bytes"));
  ASSERT_THAT(SetMode(Path("graph-out/a"), 0644), IsOk());
  ASSERT_THAT(WriteFile(Path("graph-out/a"), "bYtes"), IsOk());
  Place(File("graph-out/a", "bytes"));
  EXPECT_THAT(ReadFile(Path("graph-out/a")), IsOkAndHolds("bytes"));
}

TEST_F(MaterializeTest, LostBytesAreSaidAndNothingIsHalfDone) {
  OutputEntry lost = File("graph-out/a", "old");
  Place(lost);
  lost.digest = Digest::Of("never put");
  EXPECT_THAT(placer_.Place(lost),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  OutputEntry tree = Tree("graph-out/d", {{"a", "1"}, {"b", "2"}});
  store_->records().Remove(RecordTable::Kind::kBlob, Digest::Of("2").hash());
  EXPECT_THAT(placer_.Place(tree),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_THAT(ReadFile(Path("graph-out/a")), IsOkAndHolds("old"));
  EXPECT_THAT(ListDirectory(Path("graph-out")), IsOkAndHolds(SizeIs(1)));
}

}  // namespace
}  // namespace graph
