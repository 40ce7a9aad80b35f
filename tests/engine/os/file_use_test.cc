// SPDX-License-Identifier: Apache-2.0
#include "engine/os/file_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/os/clock.h"
#include "engine/os/input_file.h"
#include "engine/os/shared_words.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class FileUseTest : public testing::Test {
 protected:
  FileUseTest() : folder_(*MakeTemporaryDirectory("/tmp", "use-test-")) {}
  ~FileUseTest() override { RemoveTree(folder_).IgnoreError(); }

  const std::string folder_;
};

TEST_F(FileUseTest, AUseIsNowAndChangesNothingElse) {
  const std::string path = folder_ + "/f";
  ASSERT_THAT(WriteFile(path, "x"), IsOk());
  auto file = InputFile::Open(path);
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->Seal(0444, 1'500'000'000), IsOk());
  ASSERT_THAT(MarkUsed(path), IsOk());
  auto use = LinkStatUse(path);
  ASSERT_THAT(use, IsOk());
  EXPECT_EQ(use->state, *LinkStat(path));
  EXPECT_EQ(use->state.mtime_ns, 1'500'000'000);
  EXPECT_GT(use->used_ns, FileClockNanos() - 10'000'000'000);
  EXPECT_THAT(LinkStatUse(folder_ + "/absent"),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST_F(FileUseTest, WordsAreSharedByTheirFile) {
  const std::string path = folder_ + "/words";
  auto ours = SharedWords::Create(path, 512);
  ASSERT_THAT(ours, IsOk());
  auto theirs = SharedWords::Open(path);
  ASSERT_THAT(theirs, IsOk());
  EXPECT_EQ(theirs->size(), 512);
  EXPECT_EQ((*theirs)[511], 0);
  (*ours)[511] = 7;
  EXPECT_EQ((*theirs)[511], 7);
  EXPECT_FALSE(SharedWords::Create(path, 512).ok());
}

}  // namespace
}  // namespace graph
