// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/cas/memory_store.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;

TreeEntry File(const Digest& digest, bool executable = false) {
  return {TreeEntry::Kind::kFile, digest, executable, ""};
}
TreeEntry Link(std::string target) {
  return {TreeEntry::Kind::kSymlink, Digest(), false, std::move(target)};
}
TreeEntry Empty() { return {TreeEntry::Kind::kEmptyDirectory, {}, false, ""}; }

class TreeTest : public testing::Test {
 protected:
  Digest Blob(absl::string_view bytes) { return *store_.Put(bytes); }

  MemoryStore store_;
};

TEST_F(TreeTest, ATreeComesBackAsItWasPut) {
  const TreeEntries entries = {{"a/b/c", File(Blob("c"))},
                               {"a-b/x", File(Blob("x"), true)},
                               {"a.txt", Link("a/b")},
                               {"empty/in/empty", Empty()},
                               {"z", File(Blob("z"))}};
  auto root = PutTree(entries, store_);
  ASSERT_THAT(root, IsOk());
  EXPECT_THAT(GetTree(*root, store_), IsOkAndHolds(entries));
}

TEST_F(TreeTest, TheEmptyTreeIsTheEmptyBlob) {
  EXPECT_THAT(PutTree({}, store_), IsOkAndHolds(EmptyDigest()));
  EXPECT_THAT(GetTree(EmptyDigest(), store_), IsOkAndHolds(TreeEntries{}));
}

TEST_F(TreeTest, EqualFoldersAreOneBlob) {
  const TreeEntries entries = {{"one/f", File(Blob("f"))},
                               {"two/f", File(Blob("f"))}};
  const Digest root = *PutTree(entries, store_);
  auto folder = Directory::Decode(*store_.Get(root));
  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(folder->directories[0].digest, folder->directories[1].digest);
}

TEST_F(TreeTest, FoldersAreSortedByNameNotByPath) {
  // `a-b/x` sorts before `a/x`, but `a` before `a-b`.
  const Digest root =
      *PutTree({{"a-b/x", File(Blob("x"))}, {"a/x", File(Blob("x"))}}, store_);
  auto folder = Directory::Decode(*store_.Get(root));
  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(folder->directories[0].name, "a");
  EXPECT_EQ(folder->directories[1].name, "a-b");
}

TEST_F(TreeTest, APathCannotBeBothFileAndFolder) {
  EXPECT_THAT(PutTree({{"a", File(Blob("1"))},
                       {"a-b", File(Blob("2"))},
                       {"a/b", File(Blob("3"))}},
                      store_),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("`a` would be both a file and a folder")));
}

TEST_F(TreeTest, AFolderThatGotEntriesIsNoLongerEmpty) {
  const Digest root =
      *PutTree({{"a", Empty()}, {"a/b", File(Blob("b"))}}, store_);
  EXPECT_THAT(GetTree(root, store_),
              IsOkAndHolds(TreeEntries{{"a/b", File(Blob("b"))}}));
}

TEST_F(TreeTest, PathsThatLeaveTheTreeAreRefused) {
  for (const char* path : {"../x", "a/../x", "/x", "a//x", "./x", ""}) {
    EXPECT_THAT(PutTree({{path, File(Blob("x"))}}, store_),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("cannot be the name of a file")))
        << path;
  }
}

TEST_F(TreeTest, MessagesWithNamesThatLeaveTheFolderAreRefused) {
  for (const char* name : {"..", ".", "a/b", ""}) {
    Directory folder;
    folder.files.push_back({name, Blob("x"), false});
    EXPECT_THAT(Directory::Decode(folder.Encode()),
                StatusIs(absl::StatusCode::kDataLoss, testing::_))
        << name;
  }
  EXPECT_THAT(Directory::Decode("no message"),
              StatusIs(absl::StatusCode::kDataLoss, testing::_));
}

TEST_F(TreeTest, AMissingFolderIsNotFound) {
  const Digest root = *PutTree({{"a/b", File(Blob("b"))}}, store_);
  auto folder = Directory::Decode(*store_.Get(root));
  store_.Remove(folder->directories[0].digest);
  EXPECT_THAT(GetTree(root, store_),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

// --- On disk -----------------------------------------------------------------

class TreeOnDiskTest : public TreeTest {
 protected:
  TreeOnDiskTest() : folder_(*MakeTemporaryDirectory("/tmp", "tree-test-")) {}
  ~TreeOnDiskTest() override { RemoveTree(folder_).IgnoreError(); }
  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/", name);
  }

  const std::string folder_;
};

TEST_F(TreeOnDiskTest, AFolderGoesInAndComesOut) {
  ASSERT_THAT(MakeDirectories(Path("in/sub/empty")), IsOk());
  ASSERT_THAT(WriteFile(Path("in/sub/tool"), "#!", 0755), IsOk());
  ASSERT_THAT(WriteFile(Path("in/text"), "text"), IsOk());
  ASSERT_THAT(Symlink("sub/tool", Path("in/link")), IsOk());
  auto root = PutDirectory(Path("in"), false, store_);
  ASSERT_THAT(root, IsOk());
  EXPECT_THAT(GetTree(*root, store_),
              IsOkAndHolds(TreeEntries{{"link", Link("sub/tool")},
                                       {"sub/empty", Empty()},
                                       {"sub/tool", File(Blob("#!"), true)},
                                       {"text", File(Blob("text"))}}));
  EXPECT_TRUE(Exists(Path("in/text")));

  ASSERT_THAT(LinkDirectory(*root, Path("out"), store_), IsOk());
  EXPECT_THAT(PutDirectory(Path("out"), false, store_), IsOkAndHolds(*root));
  EXPECT_TRUE(Stat(Path("out/sub/tool"))->executable());
  EXPECT_FALSE(Stat(Path("out/text"))->executable());
}

TEST_F(TreeOnDiskTest, AConsumedFolderIsGone) {
  ASSERT_THAT(MakeDirectories(Path("in/sub")), IsOk());
  ASSERT_THAT(WriteFile(Path("in/sub/text"), "text"), IsOk());
  ASSERT_THAT(PutDirectory(Path("in"), true, store_), IsOk());
  EXPECT_FALSE(Exists(Path("in")));
}

TEST_F(TreeOnDiskTest, LinkDirectoryDoesNotReplace) {
  ASSERT_THAT(MakeDirectories(Path("there")), IsOk());
  EXPECT_THAT(LinkDirectory(EmptyDigest(), Path("there"), store_),
              StatusIs(absl::StatusCode::kAlreadyExists, testing::_));
}

}  // namespace
}  // namespace graph
