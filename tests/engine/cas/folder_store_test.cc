// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/folder_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "engine/cas/last_use.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

const std::string kA(64, 'a'), kB(64, 'b');

class FolderStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = *MakeTemporaryDirectory(testing::TempDir(), "folders-");
  }
  void TearDown() override { EXPECT_THAT(RemoveTree(root_), IsOk()); }

  FolderStore::Maker Makes(const std::string& text) {
    return [this, text](const std::string& path) -> absl::Status {
      ++made_;
      absl::Status status = MakeDirectory(path);
      return status.ok() ? WriteFile(path + "/text", text) : status;
    };
  }
  FolderStore::Maker Takes(FolderStore& folders, const std::string& name,
                           const std::string& wanted) {
    return [&folders, name, wanted](const std::string& path) {
      return folders.Take(name, wanted, path)
                 ? absl::OkStatus()
                 : absl::FailedPreconditionError("held");
    };
  }

  std::string root_;
  int made_ = 0;
};

TEST_F(FolderStoreTest, AFolderIsMadeOnce) {
  FolderStore folders(root_), others(root_);
  EXPECT_FALSE(folders.Find(kA).has_value());
  EXPECT_THAT(folders.FindOrMake(kA, Makes("1")), IsOk());
  EXPECT_THAT(others.FindOrMake(kA, Makes("2")), IsOk());
  EXPECT_EQ(made_, 1);
  EXPECT_THAT(ReadFile(others.Find(kA)->path() + "/text"), IsOkAndHolds("1"));
}

TEST_F(FolderStoreTest, OneThatCannotBeMadeLeavesNothing) {
  FolderStore folders(root_);
  const auto fails = [](const std::string& path) -> absl::Status {
    EXPECT_THAT(MakeDirectory(path), IsOk());
    return absl::ResourceExhaustedError("full");
  };
  EXPECT_THAT(folders.FindOrMake(kA, fails),
              StatusIs(absl::StatusCode::kResourceExhausted, testing::_));
  EXPECT_FALSE(folders.Find(kA).has_value());
  EXPECT_EQ(ListDirectory(root_)->size(), 1u);  // locks
}

TEST_F(FolderStoreTest, WhatAKilledMakerLeftIsReplaced) {
  FolderStore folders(root_);
  ASSERT_THAT(MakeDirectories(root_ + "/unfinished-" + kA + "/text"), IsOk());
  EXPECT_FALSE(folders.Find(kA).has_value());
  auto made = folders.FindOrMake(kA, Makes("1"));
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(ReadFile(made->path() + "/text"), IsOkAndHolds("1"));
}

TEST_F(FolderStoreTest, OneThatIsHeldIsNotTaken) {
  FolderStore folders(root_), others(root_);
  {
    auto held = folders.FindOrMake(kA, Makes("1"));
    ASSERT_THAT(held, IsOk());
    EXPECT_THAT(others.FindOrMake(kB, Takes(others, kA, kB)),
                StatusIs(absl::StatusCode::kFailedPrecondition, testing::_));
    EXPECT_THAT(ReadFile(held->path() + "/text"), IsOkAndHolds("1"));
  }
  auto taken = others.FindOrMake(kB, Takes(others, kA, kB));
  ASSERT_THAT(taken, IsOk());
  EXPECT_FALSE(folders.Find(kA).has_value());
  EXPECT_THAT(ReadFile(taken->path() + "/text"), IsOkAndHolds("1"));
}

TEST_F(FolderStoreTest, OneOfTheSameBeginningIsTakenAsWell) {
  FolderStore folders(root_);
  ASSERT_THAT(folders.FindOrMake(kA, Makes("1")), IsOk());
  const std::string near = "aa" + std::string(62, '0');
  EXPECT_THAT(folders.FindOrMake(near, Takes(folders, kA, near)), IsOk());
  EXPECT_FALSE(folders.Find(kA).has_value());
}

TEST_F(FolderStoreTest, OneThatIsNotThereIsNotTaken) {
  FolderStore folders(root_);
  EXPECT_THAT(folders.FindOrMake(kB, Takes(folders, kA, kB)),
              StatusIs(absl::StatusCode::kFailedPrecondition, testing::_));
}

// --- Housekeeping ----------------------------------------------------------

TEST_F(FolderStoreTest, WhatAFolderTakesIsNoted) {
  const FolderStore folders(root_);
  ASSERT_THAT(folders.FindOrMake(kA, Makes(std::string(10'000, 'x'))), IsOk());
  const std::vector<KeptFolder> all = folders.List();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, kA);
  EXPECT_EQ(all[0].space, 4096 + 12'288 + 4096);  // With the note itself.
  EXPECT_NEAR(all[0].last_use, NowSeconds(), 100);
}

TEST_F(FolderStoreTest, ToMeasureCountsFilesOfSeveralFoldersOnceAndIsNoUse) {
  const FolderStore folders(root_);
  ASSERT_THAT(folders.FindOrMake(kA, Makes(std::string(50'000, 'x'))), IsOk());
  const auto links = [&](const std::string& path) -> absl::Status {
    EXPECT_THAT(MakeDirectory(path), IsOk());
    return HardLink(root_ + "/" + kA + "/text", path + "/text");
  };
  ASSERT_THAT(folders.FindOrMake(kB, links), IsOk());
  EXPECT_LT(folders.List()[1].space, 50'000);
  ASSERT_EQ(std::system(
                ("touch -d @1000000000 " + root_ + "/" + kB + "/kept").c_str()),
            0);
  std::vector<KeptFolder> all = folders.Measure();
  EXPECT_GT(all[0].space, 50'000);
  EXPECT_LT(all[1].space, 50'000);
  EXPECT_TRUE(folders.Remove(kA));
  all = folders.Measure();
  EXPECT_GT(all[0].space, 50'000);
  EXPECT_EQ(all[0].last_use, 1'000'000'000);
  EXPECT_EQ(folders.List()[0].space, all[0].space);
}

TEST_F(FolderStoreTest, FilesThatAreBlobsAsWellAreNotCounted) {
  const FolderStore folders(root_, FolderStore::Links::kToBlobs);
  const std::string blob = root_ + "/blob";
  ASSERT_THAT(WriteFile(blob, std::string(50'000, 'x')), IsOk());
  const auto links = [&](const std::string& path) -> absl::Status {
    EXPECT_THAT(MakeDirectory(path), IsOk());
    return HardLink(blob, path + "/text");
  };
  ASSERT_THAT(folders.FindOrMake(kA, links), IsOk());
  EXPECT_LT(folders.Measure()[0].space, 50'000);
  ASSERT_THAT(RemoveFile(blob), IsOk());
  EXPECT_GT(folders.Measure()[0].space, 50'000);
}

TEST_F(FolderStoreTest, OneThatIsHeldIsNotRemoved) {
  const FolderStore folders(root_);
  {
    auto held = folders.FindOrMake(kA, Makes("1"));
    ASSERT_THAT(held, IsOk());
    EXPECT_TRUE(folders.IsHeld(kA));
    EXPECT_FALSE(folders.Remove(kA));
  }
  EXPECT_FALSE(folders.IsHeld(kA));
  EXPECT_TRUE(folders.Remove(kA));
  EXPECT_FALSE(folders.Remove(kA));
  EXPECT_FALSE(Exists(root_ + "/" + kA));
  EXPECT_TRUE(folders.List().empty());
}

TEST_F(FolderStoreTest, LeftoversAndStraysAreTold) {
  const FolderStore folders(root_);
  ASSERT_THAT(folders.FindOrMake(kA, Makes("1")), IsOk());
  ASSERT_THAT(MakeDirectories(root_ + "/unfinished-" + kB + "/x"), IsOk());
  ASSERT_THAT(MakeDirectories(root_ + "/unfinished-old/x"), IsOk());
  ASSERT_THAT(WriteFile(root_ + "/index-1", ""), IsOk());
  ASSERT_THAT(WriteFile(root_ + "/notes", ""), IsOk());
  constexpr absl::string_view kOwn[] = {"index-"};
  EXPECT_THAT(folders.Strays(kOwn), testing::ElementsAre("notes"));
  EXPECT_THAT(folders.Leftovers(false),
              testing::ElementsAre("unfinished-" + kB, "unfinished-old"));
  EXPECT_TRUE(Exists(root_ + "/unfinished-" + kB));
  EXPECT_EQ(folders.Leftovers(true).size(), 2u);
  EXPECT_FALSE(Exists(root_ + "/unfinished-" + kB));
}

TEST_F(FolderStoreTest, AnUnfinishedFolderThatIsBeingMadeIsNoLeftover) {
  const FolderStore folders(root_);
  const auto looks = [&](const std::string& path) -> absl::Status {
    EXPECT_THAT(MakeDirectory(path), IsOk());
    EXPECT_THAT(folders.Leftovers(true), testing::IsEmpty());
    return absl::OkStatus();
  };
  EXPECT_THAT(folders.FindOrMake(kA, looks), IsOk());
}

TEST_F(FolderStoreTest, FoldersElsewhereAreUsedAndLeftAlone) {
  ASSERT_THAT(MakeDirectory(root_ + "/elsewhere"), IsOk());
  ASSERT_THAT(Symlink("elsewhere", root_ + "/link"), IsOk());
  const FolderStore folders(root_ + "/link");
  ASSERT_THAT(folders.FindOrMake(kA, Makes("1")), IsOk());
  EXPECT_TRUE(folders.Find(kA).has_value());
  EXPECT_TRUE(folders.List().empty());
}

}  // namespace
}  // namespace graph
