// SPDX-License-Identifier: Apache-2.0
#include "engine/load/source_tree.h"

#include "engine/load/file_view.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MemoryTree Tree() {
  return MemoryTree({{"BUILD.spec", "root"},
                     {"a/BUILD.spec", "a"},
                     {"a/b/c.txt", "c"},
                     {"a.txt", "t"}});
}

TEST(MemoryTreeTest, FoldersComeFromTheirFiles) {
  MemoryTree tree = Tree();
  EXPECT_THAT(tree.List(""),
              IsOkAndHolds(ElementsAre(SourceEntry{"BUILD.spec"},
                                       SourceEntry{"a", EntryKind::kDirectory},
                                       SourceEntry{"a.txt"})));
  EXPECT_THAT(tree.List("a"), IsOkAndHolds(ElementsAre(
                                  SourceEntry{"BUILD.spec"},
                                  SourceEntry{"b", EntryKind::kDirectory})));
  EXPECT_THAT(tree.List("none"), IsOkAndHolds(IsEmpty()));
}

TEST(MemoryTreeTest, StatTellsFilesFromFolders) {
  MemoryTree tree = Tree();
  EXPECT_EQ(tree.Stat("a/b"), EntryKind::kDirectory);
  EXPECT_EQ(tree.Stat("a/b/c.txt"), EntryKind::kFile);
  EXPECT_EQ(tree.Stat("a/b/c"), EntryKind::kAbsent);
  EXPECT_EQ(tree.Stat(""), EntryKind::kDirectory);
}

TEST(MemoryTreeTest, RemovedFileIsAbsent) {
  MemoryTree tree = Tree();
  EXPECT_THAT(tree.ReadFile("a/b/c.txt"), IsOkAndHolds("c"));
  tree.Remove("a/b/c.txt");
  EXPECT_THAT(tree.ReadFile("a/b/c.txt"),
              StatusIs(absl::StatusCode::kNotFound, "no file `a/b/c.txt`"));
  EXPECT_EQ(tree.Stat("a/b"), EntryKind::kAbsent);
}

class FileViewTest : public testing::Test {
 protected:
  FileViewTest() { rules_.Add("core/defs.spec", ""); }

  MemoryTree tree_ = Tree();
  MemoryTree rules_;
  FileView view_ = FileView({{"", &tree_}, {"rules", &rules_}});
};

TEST_F(FileViewTest, WhatWasLookedAtIsInTheLog) {
  EXPECT_THAT(view_.Read("", "a/BUILD.spec"), IsOk());
  EXPECT_THAT(view_.Read("", "a/BUILD.spec"), IsOk());
  EXPECT_THAT(view_.Read("rules", "core/defs.spec"), IsOk());
  EXPECT_THAT(view_.Read("", "x/BUILD.spec"),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  view_.List("", "a");
  view_.List("", "a");
  ReadLog log = view_.log();
  EXPECT_THAT(log.files, ElementsAre(ReadLog::Item{"", "a/BUILD.spec"},
                                     ReadLog::Item{"rules", "core/defs.spec"}));
  EXPECT_THAT(log.absent, ElementsAre(ReadLog::Item{"", "x/BUILD.spec"}));
  EXPECT_THAT(log.folders, ElementsAre(ReadLog::Item{"", "a"}));
}

TEST_F(FileViewTest, StatIsNotInTheLog) {
  EXPECT_EQ(view_.Stat("", "a.txt"), EntryKind::kFile);
  EXPECT_EQ(view_.Stat("none", "a.txt"), EntryKind::kAbsent);
  EXPECT_THAT(view_.log().files, IsEmpty());
  EXPECT_THAT(view_.log().folders, IsEmpty());
}

TEST_F(FileViewTest, ListingIsMadeOnce) {
  const Listing& before = view_.List("", "a/b");
  tree_.Add("a/b/d.txt", "");
  EXPECT_EQ(&view_.List("", "a/b"), &before);
  EXPECT_EQ(view_.Stat("", "a/b/d.txt"), EntryKind::kAbsent);
}

TEST_F(FileViewTest, FolderWithABuildFileIsAPackage) {
  EXPECT_TRUE(view_.List("", "a").is_package());
  EXPECT_FALSE(view_.List("", "a/b").is_package());
}

TEST_F(FileViewTest, UnknownRepositoryIsNotFound) {
  EXPECT_THAT(view_.Read("none", "x"),
              StatusIs(absl::StatusCode::kNotFound, "no repository `@none`"));
  EXPECT_TRUE(view_.List("none", "").entries().empty());
}

TEST(PathTest, SplitAndJoinAreInverse) {
  EXPECT_EQ(JoinPath("a/b", "c"), "a/b/c");
  EXPECT_EQ(JoinPath("", "c"), "c");
  EXPECT_EQ(JoinPath("a", ""), "a");
  EXPECT_EQ(SplitPath("a/b/c"),
            std::make_pair(absl::string_view("a/b"), absl::string_view("c")));
  EXPECT_EQ(SplitPath("c"),
            std::make_pair(absl::string_view(), absl::string_view("c")));
}

}  // namespace
}  // namespace graph
