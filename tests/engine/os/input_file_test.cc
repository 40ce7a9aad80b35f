// SPDX-License-Identifier: Apache-2.0
#include "engine/os/input_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class InputFileTest : public testing::Test {
 protected:
  InputFileTest() : folder_(*MakeTemporaryDirectory("/tmp", "input-test-")) {}
  ~InputFileTest() override { RemoveTree(folder_).IgnoreError(); }
  std::string Path(const std::string& name) const {
    return folder_ + "/" + name;
  }

  const std::string folder_;
};

TEST_F(InputFileTest, AFileIsReadPieceByPiece) {
  ASSERT_THAT(WriteFile(Path("f"), "abcdefgh", 0755), IsOk());
  auto file = InputFile::Open(Path("f"));
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->size(), 8);
  EXPECT_TRUE(file->executable());
  char buffer[5];
  EXPECT_THAT(file->Read(buffer, 5), IsOkAndHolds(5));
  EXPECT_EQ(std::string(buffer, 5), "abcde");
  EXPECT_THAT(file->Read(buffer, 5), IsOkAndHolds(3));
  EXPECT_THAT(file->Read(buffer, 5), IsOkAndHolds(0));
}

TEST_F(InputFileTest, SealingSetsModeAndTime) {
  ASSERT_THAT(WriteFile(Path("f"), "x"), IsOk());
  auto file = InputFile::Open(Path("f"));
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->Seal(0555, 1'500'000'000), IsOk());
  EXPECT_EQ(Stat(Path("f"))->mode, 0555);
  EXPECT_EQ(Stat(Path("f"))->mtime_ns, 1'500'000'000);
}

TEST_F(InputFileTest, OnlyRegularFilesAreOpened) {
  ASSERT_THAT(WriteFile(Path("f"), "x"), IsOk());
  ASSERT_THAT(Symlink("f", Path("link")), IsOk());
  EXPECT_FALSE(InputFile::Open(Path("link")).ok());
  EXPECT_THAT(InputFile::Open(folder_),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  EXPECT_THAT(InputFile::Open(Path("absent")),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST_F(InputFileTest, RenameNewReplacesNothing) {
  ASSERT_THAT(WriteFile(Path("f"), "f"), IsOk());
  ASSERT_THAT(WriteFile(Path("g"), "g"), IsOk());
  EXPECT_THAT(RenameNew(Path("f"), Path("g")),
              StatusIs(absl::StatusCode::kAlreadyExists, testing::_));
  EXPECT_THAT(ReadFile(Path("g")), IsOkAndHolds("g"));
  EXPECT_THAT(RenameNew(Path("f"), Path("h")), IsOk());
  EXPECT_THAT(ReadFile(Path("h")), IsOkAndHolds("f"));
}

TEST_F(InputFileTest, NamesAreExchangedWhateverTheyName) {
  ASSERT_THAT(WriteFile(Path("f"), "x"), IsOk());
  ASSERT_THAT(MakeDirectories(Path("d/sub")), IsOk());
  ASSERT_THAT(ExchangeNames(Path("f"), Path("d")), IsOk());
  EXPECT_TRUE(IsDirectory(Path("f/sub")));
  EXPECT_THAT(ReadFile(Path("d")), IsOkAndHolds("x"));
  EXPECT_FALSE(ExchangeNames(Path("f"), Path("absent")).ok());
}

}  // namespace
}  // namespace graph
