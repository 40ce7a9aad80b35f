// SPDX-License-Identifier: Apache-2.0
#include "engine/os/filesystem.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "engine/os/environment.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class FilesystemTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = *MakeTemporaryDirectory(testing::TempDir(), "fs-");
  }
  void TearDown() override { EXPECT_THAT(RemoveTree(folder_), IsOk()); }

  std::string At(const std::string& name) { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(FilesystemTest, ReadGivesWhatWasWritten) {
  std::string bytes(1'000'000, 'x');
  bytes[77] = '\0';
  ASSERT_THAT(WriteFile(At("a"), bytes), IsOk());
  EXPECT_THAT(ReadFile(At("a")), IsOkAndHolds(bytes));
  ASSERT_THAT(WriteFile(At("a"), ""), IsOk());
  EXPECT_THAT(ReadFile(At("a")), IsOkAndHolds(""));
}

TEST_F(FilesystemTest, FilesWithoutASizeAreReadWhole) {
  // The kernel says that these are empty.
  EXPECT_THAT(ReadFile("/proc/self/status"), IsOkAndHolds(HasSubstr("Pid:")));
}

TEST_F(FilesystemTest, AbsenceIsNotFoundAndNamesThePath) {
  EXPECT_THAT(ReadFile(At("no")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(At("no"))));
  EXPECT_THAT(Stat(At("no")), StatusIs(absl::StatusCode::kNotFound, _));
  EXPECT_THAT(RemoveFile(At("no")), StatusIs(absl::StatusCode::kNotFound, _));
  EXPECT_THAT(ListDirectory(At("no")),
              StatusIs(absl::StatusCode::kNotFound, _));
}

TEST_F(FilesystemTest, AtomicWriteReplacesAndLeavesNothingElse) {
  ASSERT_THAT(WriteFile(At("a"), "old"), IsOk());
  ASSERT_THAT(WriteFileAtomic(At("a"), "new", {.mode = 0640, .sync = true}),
              IsOk());
  EXPECT_THAT(ReadFile(At("a")), IsOkAndHolds("new"));
  EXPECT_EQ(Stat(At("a"))->mode, 0640u);
  EXPECT_THAT(*ListDirectory(folder_), SizeIs(1));
}

TEST_F(FilesystemTest, FailedAtomicWriteLeavesNothing) {
  ASSERT_THAT(MakeDirectories(At("a/b")), IsOk());
  EXPECT_THAT(WriteFileAtomic(At("a"), "x"), testing::Not(IsOk()));
  EXPECT_THAT(*ListDirectory(folder_),
              ElementsAre(DirectoryEntry{"a", FileType::kDirectory}));
}

TEST_F(FilesystemTest, AppendAddsAtTheEnd) {
  ASSERT_THAT(AppendToFile(At("a"), "1"), IsOk());
  ASSERT_THAT(AppendToFile(At("a"), "2"), IsOk());
  EXPECT_THAT(ReadFile(At("a")), IsOkAndHolds("12"));
}

TEST_F(FilesystemTest, CopyKeepsBytesAndMode) {
  const std::string bytes(300'000, 'y');
  ASSERT_THAT(WriteFile(At("a"), bytes), IsOk());
  ASSERT_THAT(SetMode(At("a"), 0555), IsOk());
  ASSERT_THAT(CopyFile(At("a"), At("b")), IsOk());
  EXPECT_THAT(ReadFile(At("b")), IsOkAndHolds(bytes));
  EXPECT_EQ(Stat(At("b"))->mode, 0555u);
  EXPECT_THAT(CopyFile(At("a"), At("b")),
              StatusIs(absl::StatusCode::kAlreadyExists, _));
}

TEST_F(FilesystemTest, StateTellsTypesApart) {
  ASSERT_THAT(WriteFile(At("f"), "12345", 0755), IsOk());
  ASSERT_THAT(Symlink("f", At("l")), IsOk());
  EXPECT_EQ(Stat(folder_)->type, FileType::kDirectory);
  EXPECT_EQ(Stat(At("f"))->size, 5);
  EXPECT_TRUE(Stat(At("f"))->executable());
  EXPECT_EQ(Stat(At("l"))->type, FileType::kRegular);
  EXPECT_EQ(LinkStat(At("l"))->type, FileType::kSymlink);
  EXPECT_EQ(Stat(At("l"))->inode, Stat(At("f"))->inode);
}

TEST_F(FilesystemTest, StateChangesWithTheFile) {
  ASSERT_THAT(WriteFile(At("f"), "1"), IsOk());
  const FileState before = *Stat(At("f"));
  EXPECT_EQ(*Stat(At("f")), before);
  ASSERT_THAT(WriteFileAtomic(At("f"), "1"), IsOk());
  EXPECT_NE(*Stat(At("f")), before);
}

TEST_F(FilesystemTest, HardLinksShareAnInode) {
  ASSERT_THAT(WriteFile(At("f"), "1"), IsOk());
  ASSERT_THAT(HardLink(At("f"), At("g")), IsOk());
  EXPECT_EQ(Stat(At("f"))->inode, Stat(At("g"))->inode);
  EXPECT_EQ(Stat(At("f"))->links, 2u);
  EXPECT_THAT(HardLink(At("f"), At("g")),
              StatusIs(absl::StatusCode::kAlreadyExists, _));
}

TEST_F(FilesystemTest, ManyStatesComeInOrderAndAbsenceIsAState) {
  std::vector<std::string> paths;
  for (int i = 0; i < 2000; ++i) {
    paths.push_back(At(std::to_string(i)));
    if (i % 3 == 0) {
      ASSERT_THAT(WriteFile(paths.back(), std::string(i, 'x')), IsOk());
    }
  }
  for (int threads : {1, 2, 5}) {
    std::vector<FileState> states = StatMany(paths, threads);
    ASSERT_THAT(states, SizeIs(paths.size()));
    for (int i = 0; i < 2000; ++i) {
      EXPECT_EQ(states[i].type,
                i % 3 == 0 ? FileType::kRegular : FileType::kAbsent);
      EXPECT_EQ(states[i].size, i % 3 == 0 ? i : 0);
    }
  }
  EXPECT_THAT(StatMany({}), IsEmpty());
}

TEST_F(FilesystemTest, ListingIsSortedAndTyped) {
  ASSERT_THAT(WriteFile(At("b"), ""), IsOk());
  ASSERT_THAT(MakeDirectory(At("c")), IsOk());
  ASSERT_THAT(Symlink("c", At("a")), IsOk());
  EXPECT_THAT(
      ListDirectory(folder_),
      IsOkAndHolds(ElementsAre(DirectoryEntry{"a", FileType::kSymlink},
                               DirectoryEntry{"b", FileType::kRegular},
                               DirectoryEntry{"c", FileType::kDirectory})));
}

TEST_F(FilesystemTest, FilesAreReadRelativeToAnOpenFolder) {
  ASSERT_THAT(WriteFile(At("b"), "1"), IsOk());
  auto folder = OpenDirectory(folder_);
  ASSERT_THAT(folder, IsOk());
  EXPECT_THAT(ReadFileAt(*folder, "b"), IsOkAndHolds("1"));
  EXPECT_THAT(OpenDirectory(At("b")), testing::Not(IsOk()));
}

TEST_F(FilesystemTest, FoldersAreMadeWithTheirParentsAndOnce) {
  ASSERT_THAT(MakeDirectories(At("a/b/c")), IsOk());
  ASSERT_THAT(MakeDirectories(At("a/b/c")), IsOk());
  ASSERT_THAT(MakeDirectories(At("a/b/d/")), IsOk());
  EXPECT_TRUE(IsDirectory(At("a/b/d")));
  EXPECT_THAT(MakeDirectory(At("a")),
              StatusIs(absl::StatusCode::kAlreadyExists, _));
  ASSERT_THAT(WriteFile(At("f"), ""), IsOk());
  EXPECT_THAT(MakeDirectories(At("f")), testing::Not(IsOk()));
  EXPECT_THAT(MakeDirectories(At("f/g")), testing::Not(IsOk()));
}

TEST_F(FilesystemTest, RemoveTreeTakesWhateverIsThere) {
  ASSERT_THAT(MakeDirectories(At("t/locked/deep")), IsOk());
  ASSERT_THAT(WriteFile(At("t/locked/deep/f"), ""), IsOk());
  ASSERT_THAT(SetMode(At("t/locked/deep"), 0), IsOk());
  ASSERT_THAT(SetMode(At("t/locked"), 0555), IsOk());
  EXPECT_THAT(RemoveTree(At("t")), IsOk());
  EXPECT_FALSE(Exists(At("t")));
  EXPECT_THAT(RemoveTree(At("t")), IsOk());
  ASSERT_THAT(WriteFile(At("f"), ""), IsOk());
  EXPECT_THAT(RemoveTree(At("f")), IsOk());
  EXPECT_FALSE(Exists(At("f")));
}

TEST_F(FilesystemTest, RemoveTreeDoesNotFollowLinks) {
  ASSERT_THAT(MakeDirectories(At("keep")), IsOk());
  ASSERT_THAT(WriteFile(At("keep/f"), "1"), IsOk());
  ASSERT_THAT(MakeDirectories(At("t")), IsOk());
  ASSERT_THAT(Symlink("../keep", At("t/link")), IsOk());
  EXPECT_THAT(RemoveTree(At("t")), IsOk());
  ASSERT_THAT(Symlink("keep", At("link")), IsOk());
  EXPECT_THAT(RemoveTree(At("link")), IsOk());
  EXPECT_THAT(ReadFile(At("keep/f")), IsOkAndHolds("1"));
}

TEST_F(FilesystemTest, LinksAreReadAsWritten) {
  ASSERT_THAT(Symlink("../no where", At("l")), IsOk());
  EXPECT_THAT(ReadLink(At("l")), IsOkAndHolds("../no where"));
  EXPECT_TRUE(Exists(At("l")));
  EXPECT_THAT(ReadLink(folder_), testing::Not(IsOk()));
}

TEST_F(FilesystemTest, RenameReplacesFiles) {
  ASSERT_THAT(WriteFile(At("a"), "1"), IsOk());
  ASSERT_THAT(WriteFile(At("b"), "2"), IsOk());
  ASSERT_THAT(Rename(At("a"), At("b")), IsOk());
  EXPECT_THAT(ReadFile(At("b")), IsOkAndHolds("1"));
  EXPECT_FALSE(Exists(At("a")));
}

TEST_F(FilesystemTest, RemoveDirectoryWantsItEmpty) {
  ASSERT_THAT(MakeDirectories(At("a/b")), IsOk());
  EXPECT_THAT(RemoveDirectory(At("a")), testing::Not(IsOk()));
  EXPECT_THAT(RemoveDirectory(At("a/b")), IsOk());
}

TEST_F(FilesystemTest, PlacesAreReal) {
  ASSERT_THAT(Symlink(".", At("self")), IsOk());
  EXPECT_EQ(*RealPath(At("self/self")), *RealPath(folder_));
  EXPECT_THAT(ProgramPath(), IsOkAndHolds(HasSubstr("engine_os_test")));
  EXPECT_THAT(FreeBytes(folder_), IsOkAndHolds(testing::Gt(0)));
  const std::string before = *CurrentDirectory();
  ASSERT_THAT(ChangeDirectory(folder_), IsOk());
  EXPECT_EQ(*CurrentDirectory(), *RealPath(folder_));
  ASSERT_THAT(ChangeDirectory(before), IsOk());
}

TEST_F(FilesystemTest, SyncingWorksOnFilesAndFolders) {
  ASSERT_THAT(WriteFile(At("a"), "1"), IsOk());
  EXPECT_THAT(Sync(At("a")), IsOk());
  EXPECT_THAT(Sync(folder_), IsOk());
  EXPECT_THAT(Sync(At("no")), StatusIs(absl::StatusCode::kNotFound, _));
}

}  // namespace
}  // namespace graph
