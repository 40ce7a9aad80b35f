// SPDX-License-Identifier: Apache-2.0
// What a session notes of files: request memory, source trees, sources.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/cas/memory_store.h"
#include "engine/os/filesystem.h"
#include "engine/session/disk_tree.h"
#include "engine/session/request_memory.h"
#include "engine/session/source_files.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class FilesTest : public testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::string> top =
        MakeTemporaryDirectory(testing::TempDir(), "session-");
    ASSERT_THAT(top, IsOk());
    top_ = *top;
  }
  void TearDown() override { ASSERT_THAT(RemoveTree(top_), IsOk()); }

  std::string At(absl::string_view name) const {
    return absl::StrCat(top_, "/", name);
  }
  void Write(absl::string_view name, absl::string_view text) {
    const std::string path = At(name);
    ASSERT_THAT(MakeDirectories(path.substr(0, path.rfind('/'))), IsOk());
    ASSERT_THAT(WriteFile(path, text), IsOk());
  }
  Artifact Source(std::string path) const { return {.path = std::move(path)}; }

  std::string top_;
};

using RequestMemoryTest = FilesTest;

TEST_F(RequestMemoryTest, AnAnswerHoldsAsLongAsItsFilesDo) {
  Write("in", "a");
  Write("out", "b");
  const RequestMemory memory(At("memory"));
  Reads reads;
  reads.Add(At("in"), SettledStamp(At("in")));
  reads.Add(At("absent"), SettledStamp(At("absent")));
  EXPECT_TRUE(reads.fit());
  ASSERT_THAT(memory.Remember(7, reads, {At("out")}, "answer"), IsOk());
  EXPECT_EQ(memory.Recall(7), "answer");
  EXPECT_EQ(memory.Recall(8), std::nullopt);

  Write("absent", "now there");
  EXPECT_EQ(memory.Recall(7), std::nullopt);
  ASSERT_THAT(RemoveFile(At("absent")), IsOk());
  EXPECT_EQ(memory.Recall(7), "answer");

  Write("out", "c");
  EXPECT_EQ(memory.Recall(7), std::nullopt);
}

TEST_F(RequestMemoryTest, AChangeOfTheSameSizeRightAfterReadingIsSeen) {
  for (int i = 0; i < 20; ++i) {
    Write("in", absl::StrCat(i % 10));
    const RequestMemory memory(At("memory"));
    Reads reads;
    reads.Add(At("in"), SettledStamp(At("in")));
    ASSERT_THAT(memory.Remember(7, reads, {}, "answer"), IsOk());
    Write("in", absl::StrCat((i + 1) % 10));
    EXPECT_EQ(memory.Recall(7), std::nullopt) << i;
  }
}

TEST_F(RequestMemoryTest, WhatIsForgottenIsGone) {
  const RequestMemory memory(At("memory"));
  ASSERT_THAT(memory.Remember(7, Reads(), {}, "answer"), IsOk());
  ASSERT_THAT(memory.Forget(), IsOk());
  EXPECT_EQ(memory.Recall(7), std::nullopt);
}

TEST_F(RequestMemoryTest, AMissingOutputIsNotRemembered) {
  const RequestMemory memory(At("memory"));
  ASSERT_THAT(memory.Remember(7, Reads(), {At("gone")}, "answer"), IsOk());
  EXPECT_EQ(memory.Recall(7), std::nullopt);
}

using DiskTreeTest = FilesTest;

TEST_F(DiskTreeTest, ReadsListsAndNotesWhatItWasAsked) {
  Write("pkg/a.txt", "a");
  Write("pkg/sub/b.txt", "b");
  ASSERT_THAT(Symlink("a.txt", At("pkg/link")), IsOk());
  ASSERT_THAT(Symlink("nowhere", At("pkg/dangling")), IsOk());
  Reads reads;
  const DiskTree tree(top_, reads);
  EXPECT_THAT(tree.ReadFile("pkg/a.txt"), IsOkAndHolds("a"));
  EXPECT_THAT(tree.ReadFile("pkg/none"),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_THAT(tree.List("pkg"),
              IsOkAndHolds(testing::ElementsAre(
                  SourceEntry{"a.txt", EntryKind::kFile, false},
                  SourceEntry{"link", EntryKind::kFile, true},
                  SourceEntry{"sub", EntryKind::kDirectory, false})));
  EXPECT_THAT(tree.List("none"), IsOkAndHolds(testing::IsEmpty()));
  EXPECT_EQ(tree.Stat("pkg/sub"), EntryKind::kDirectory);
  EXPECT_EQ(tree.Stat("nothing"), EntryKind::kAbsent);
  EXPECT_TRUE(reads.fit());
  std::vector<std::string> noted;
  for (const auto& [path, stamp] : reads.Sorted()) noted.push_back(path);
  EXPECT_THAT(noted, testing::UnorderedElementsAre(
                         At("pkg/a.txt"), At("pkg/none"), At("pkg"), At("none"),
                         At("pkg/sub"), At("nothing"), At("pkg/link"),
                         At("pkg/dangling")));
}

class SourceFilesTest : public FilesTest {
 protected:
  FileTable table_;
  Reads reads_;
  MemoryStore store_;
};

TEST_F(SourceFilesTest, DigestsAFileAndKeepsItWhenAsked) {
  Write("a.txt", "hello");
  SourceFiles sources(top_, table_, reads_, store_);
  absl::StatusOr<SpawnInput> input = sources.Resolve(Source("a.txt"));
  ASSERT_THAT(input, IsOk());
  EXPECT_EQ(input->digest, Digest::Of("hello"));
  EXPECT_FALSE(input->executable);
  EXPECT_FALSE(store_.Get(input->digest).ok());
  ASSERT_THAT(sources.Provide(Source("a.txt"), *input), IsOk());
  EXPECT_THAT(store_.Get(input->digest), IsOkAndHolds("hello"));
}

TEST_F(SourceFilesTest, TheExecutableBitIsTheOwners) {
  Write("run.sh", "#!/bin/sh\n");
  ASSERT_THAT(SetMode(At("run.sh"), 0700), IsOk());
  SourceFiles sources(top_, table_, reads_, store_);
  EXPECT_TRUE(sources.Resolve(Source("run.sh"))->executable);
}

TEST_F(SourceFilesTest, AFileThatChangesAfterItsDigestIsNotTaken) {
  Write("a.txt", "hello");
  SourceFiles sources(top_, table_, reads_, store_);
  const SpawnInput input = *sources.Resolve(Source("a.txt"));
  Write("a.txt", "other");
  EXPECT_THAT(sources.Provide(Source("a.txt"), input),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       testing::HasSubstr("`a.txt` was changed")));
}

TEST_F(SourceFilesTest, AFileWithItsOldStampIsNotReadAgain) {
  Write("a.txt", "hello");
  table_.Set(At("a.txt"), SettledStamp(At("a.txt")), Digest::Of("remembered"));
  SourceFiles sources(top_, table_, reads_, store_);
  EXPECT_EQ(sources.Resolve(Source("a.txt"))->digest, Digest::Of("remembered"));
}

TEST_F(SourceFilesTest, WhatIsNoFileIsAnError) {
  Write("folder/a.txt", "");
  SourceFiles sources(top_, table_, reads_, store_);
  EXPECT_THAT(sources.Resolve(Source("folder")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       testing::HasSubstr("glob([\"folder/**\"])")));
  EXPECT_THAT(sources.Resolve(Source("gone")),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

}  // namespace
}  // namespace graph
