// SPDX-License-Identifier: Apache-2.0
#include "engine/memo/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

const std::vector<Dependency> kDependencies = {
    {"app/BUILD.spec", {.mode = 0100644, .size = 12, .ctime_ns = 7}},
    {"app", {.mode = 040755, .inode = 3}},
    {"absent", {}},
};

TEST(RecordTest, GivesBackWhatWasWritten) {
  const std::string bytes = EncodeRecord(42, kDependencies, "an answer");
  absl::StatusOr<RecordView> view = RecordView::Parse(bytes, 42);
  ASSERT_THAT(view, IsOk());
  ASSERT_EQ(view->size(), 3);
  for (size_t i = 0; i < kDependencies.size(); ++i) {
    EXPECT_EQ(view->path(i), kDependencies[i].path);
    EXPECT_EQ(view->path(i).data()[view->path(i).size()], '\0');
    EXPECT_EQ(view->stamp(i), kDependencies[i].stamp);
  }
  EXPECT_EQ(view->value(), "an answer");
}

TEST(RecordTest, AnEmptyRecordIsARecord) {
  const std::string bytes = EncodeRecord(1, {}, "");
  absl::StatusOr<RecordView> view = RecordView::Parse(bytes, 1);
  ASSERT_THAT(view, IsOk());
  EXPECT_EQ(view->size(), 0);
  EXPECT_EQ(view->value(), "");
}

TEST(RecordTest, AnotherQuestionIsNotAnswered) {
  const std::string bytes = EncodeRecord(42, kDependencies, "an answer");
  EXPECT_THAT(RecordView::Parse(bytes, 43),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST(RecordTest, EveryTornRecordIsAbsent) {
  const std::string bytes = EncodeRecord(42, kDependencies, "an answer");
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(RecordView::Parse(bytes.substr(0, size), 42).ok()) << size;
  }
}

TEST(RecordTest, EveryFlippedByteMakesARecordAbsent) {
  const std::string bytes = EncodeRecord(42, kDependencies, "an answer");
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] ^= 1;
    EXPECT_FALSE(RecordView::Parse(flipped, 42).ok()) << i;
  }
}

TEST(FileStampTest, IsSettledOnceTheClockHasTickedWhateverItsMtime) {
  const FileStamp stamp = {.mode = 1, .mtime_ns = INT64_MAX, .ctime_ns = 1'000};
  EXPECT_FALSE(stamp.IsSettled(1'000));
  EXPECT_FALSE(stamp.IsSettled(10'001'000));
  EXPECT_TRUE(stamp.IsSettled(10'001'001));
}

}  // namespace
}  // namespace graph
