// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/folder_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
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

}  // namespace
}  // namespace graph
