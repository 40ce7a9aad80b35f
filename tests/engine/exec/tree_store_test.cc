// SPDX-License-Identifier: Apache-2.0
// Trees that are made once and kept.

#include "engine/exec/tree_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/cas/local_store.h"
#include "engine/exec/tree_changes.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class TreeStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    cache_ = *MakeTemporaryDirectory(testing::TempDir(), "trees-");
    store_ = *LocalStore::Open(cache_ + "/cas");
  }
  void TearDown() override {
    store_.reset();
    EXPECT_THAT(RemoveTree(cache_), IsOk());
  }

  TreeEntry File(absl::string_view bytes) {
    TreeEntry entry;
    entry.digest = *store_->Put(bytes);
    return entry;
  }
  // Of `files` files in each of four folders, with links and an empty folder.
  TreeEntries Entries(int files = 20) {
    TreeEntries entries;
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < files; ++j) {
        entries[absl::StrCat(i, "/", j)] = File(absl::StrCat(i, " ", j));
      }
    }
    entries["1/2"].executable = true;
    entries["link"].kind = entries["0/link"].kind = TreeEntry::Kind::kSymlink;
    entries["link"].target = "1/1";
    entries["0/link"].target = "nowhere";
    entries["empty"].kind = TreeEntry::Kind::kEmptyDirectory;
    return entries;
  }
  Digest Put(const TreeEntries& entries) { return *PutTree(entries, *store_); }

  // What is on the disk, by taking it in anew.
  Digest Found(const std::string& path) {
    return *PutDirectory(path, /*consume=*/false, *store_);
  }
  std::string PathOf(const Digest& digest) {
    return cache_ + "/trees/" + digest.hex() + "/tree";
  }
  static uint64_t InodeOf(const std::string& path) {
    return LinkStat(path)->inode;
  }

  std::string cache_;
  std::unique_ptr<LocalStore> store_;
};

TEST_F(TreeStoreTest, ATreeIsMadeOnceAndStays) {
  const Digest digest = Put(Entries());
  uint64_t inode = 0;
  for (int i = 0; i < 2; ++i) {
    TreeStore trees(cache_, *store_);
    auto held = trees.Find(digest, "a");
    ASSERT_THAT(held, IsOk());
    EXPECT_EQ(Found((*held)->path()), digest);
    EXPECT_EQ((*held)->name(), digest.hex() + "/tree");
    if (i == 0) inode = InodeOf((*held)->path() + "/1");
    EXPECT_EQ(InodeOf((*held)->path() + "/1"), inode);
  }
}

TEST_F(TreeStoreTest, ASmallTreeIsNotKept) {
  TreeStore trees(cache_, *store_);
  auto held = trees.Find(Put(Entries(2)), "a");
  ASSERT_THAT(held, IsOk());
  EXPECT_EQ(*held, nullptr);
  EXPECT_FALSE(Exists(cache_ + "/trees"));
}

TEST_F(TreeStoreTest, AnotherTreeOfThePlaceIsMadeOfTheLast) {
  TreeEntries entries = Entries();
  const Digest first = Put(entries);
  entries["2/3"] = File("changed");
  entries["2/more/file"] = File("more");
  entries["3/3"].executable = true;
  entries.erase("2/4");
  entries.erase("0/link");
  entries["0/link/now/folder"] = File("of a link");
  entries["link"].target = "1/3";
  entries.erase("empty");
  const Digest second = Put(entries);
  uint64_t inode = 0;
  {
    TreeStore trees(cache_, *store_);
    ASSERT_THAT(trees.Find(first, "a"), IsOk());
    inode = InodeOf(PathOf(first) + "/1");
  }
  for (const Digest& next : {second, first}) {
    TreeStore trees(cache_, *store_);
    auto held = trees.Find(next, "a");
    ASSERT_THAT(held, IsOk());
    EXPECT_EQ(Found((*held)->path()), next);
    EXPECT_EQ(InodeOf((*held)->path() + "/1"), inode);
  }
  EXPECT_FALSE(Exists(PathOf(second)));
}

TEST_F(TreeStoreTest, ATreeInUseStaysWhenAnotherIsMade) {
  TreeEntries entries = Entries();
  const Digest first = Put(entries);
  entries["2/3"] = File("changed");
  const Digest second = Put(entries);
  TreeStore trees(cache_, *store_), others(cache_, *store_);
  auto held = trees.Find(first, "a");
  ASSERT_THAT(held, IsOk());
  for (TreeStore* store : {&trees, &others}) {
    auto other = store->Find(second, "a");
    ASSERT_THAT(other, IsOk());
    EXPECT_EQ(Found((*other)->path()), second);
  }
  EXPECT_EQ(Found((*held)->path()), first);
}

TEST_F(TreeStoreTest, ATreeOfLittleInCommonStays) {
  const Digest first = Put(Entries());
  TreeEntries entries;
  for (int i = 0; i < 50; ++i) entries[absl::StrCat(i)] = File("other");
  const Digest second = Put(entries);
  TreeStore trees(cache_, *store_);
  for (const Digest& digest : {first, second}) {
    ASSERT_THAT(trees.Find(digest, "a"), IsOk());
  }
  EXPECT_EQ(Found(PathOf(first)), first);
  EXPECT_EQ(Found(PathOf(second)), second);
}

TEST_F(TreeStoreTest, OfTwoWorkspacesEachGoesOnWithItsOwn) {
  TreeEntries ours = Entries(), theirs;
  for (int i = 0; i < 50; ++i) {
    theirs[absl::StrCat(i)] = File(absl::StrCat("theirs ", i));
  }
  const Digest first = Put(ours), other = Put(theirs);
  ours["2/3"] = File("changed");
  const Digest second = Put(ours);
  for (const Digest& digest : {first, other, second}) {
    TreeStore trees(cache_, *store_);
    ASSERT_THAT(trees.Find(digest, "a"), IsOk());
  }
  EXPECT_FALSE(Exists(PathOf(first)));
  EXPECT_EQ(Found(PathOf(other)), other);
  EXPECT_EQ(Found(PathOf(second)), second);
}

TEST_F(TreeStoreTest, DamageIsFoundByTheNextProcess) {
  const Digest digest = Put(Entries());
  {
    TreeStore trees(cache_, *store_);
    ASSERT_THAT(trees.Find(digest, "a"), IsOk());
  }
  const std::string path = PathOf(digest);
  ASSERT_THAT(SetMode(path + "/1/1", 0644), IsOk());
  ASSERT_THAT(WriteFile(path + "/1/1", "damage"), IsOk());
  ASSERT_THAT(RemoveFile(path + "/link"), IsOk());
  ASSERT_THAT(RemoveTree(path + "/3"), IsOk());
  ASSERT_THAT(SetMode(path + "/0", 0700), IsOk());
  TreeStore trees(cache_, *store_);
  // Small blobs are in the index, too: their file is made anew.
  auto held = trees.Find(digest, "a");
  if (absl::IsDataLoss(held.status())) held = trees.Find(digest, "a");
  ASSERT_THAT(held, IsOk());
  EXPECT_THAT(ReadFile(path + "/1/1"), IsOkAndHolds("1 1"));
  EXPECT_EQ(Found(path), digest);
  EXPECT_EQ(LinkStat(path + "/0")->mode, 0755u);
}

TEST_F(TreeStoreTest, LostBytesAreSaid) {
  TreeEntries entries = Entries();
  const std::string large(20'000, 'x');
  entries["1/large"] = File(large);
  const Digest digest = Put(entries);
  {
    TreeStore trees(cache_, *store_);
    ASSERT_THAT(trees.Find(digest, "a"), IsOk());
  }
  const std::string path = PathOf(digest) + "/1/large";
  ASSERT_THAT(SetMode(path, 0644), IsOk());
  ASSERT_THAT(WriteFile(path, std::string(20'000, 'y')), IsOk());
  TreeStore trees(cache_, *store_);
  EXPECT_THAT(trees.Find(digest, "a"),
              StatusIs(absl::StatusCode::kDataLoss, testing::_));
  EXPECT_THAT(trees.Find(digest, "a"),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  ASSERT_THAT(store_->Put(large), IsOk());
  ASSERT_THAT(trees.Find(digest, "a"), IsOk());
  EXPECT_THAT(ReadFile(path), IsOkAndHolds(large));
}

TEST_F(TreeStoreTest, AnUnfinishedTreeIsNeverSeen) {
  TreeEntries entries = Entries();
  const Digest first = Put(entries);
  entries["2/3"] = File("changed");
  const Digest second = Put(entries);
  {
    TreeStore trees(cache_, *store_);
    ASSERT_THAT(trees.Find(first, "a"), IsOk());
  }
  // As if we had been killed after the first was taken for the second.
  const std::string top = cache_ + "/trees/";
  ASSERT_THAT(Rename(top + first.hex(), top + "unfinished-" + second.hex()),
              IsOk());
  for (const Digest& digest : {second, first}) {
    TreeStore trees(cache_, *store_);
    auto held = trees.Find(digest, "a");
    ASSERT_THAT(held, IsOk());
    EXPECT_EQ(Found((*held)->path()), digest);
  }
}

TEST_F(TreeStoreTest, ADifferenceLooksOnlyAtWhatDiffers) {
  TreeEntries entries = Entries();
  const Digest first = Put(entries);
  entries["2/3"] = File("changed");
  auto difference = DifferenceOf(first, Put(entries), *store_);
  ASSERT_THAT(difference, IsOk());
  ASSERT_EQ(difference->changes.size(), 1u);
  EXPECT_EQ(difference->changes[0].path, "2/3");
  EXPECT_EQ(difference->same, 3 + 1 + 1 + 19);  // Folders, empty, link, files.
}

}  // namespace
}  // namespace graph
