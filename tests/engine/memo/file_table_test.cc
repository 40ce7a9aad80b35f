// SPDX-License-Identifier: Apache-2.0
#include "engine/memo/file_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace graph {
namespace {

const FileStamp kStamp = {.mode = 0100644, .size = 5, .ctime_ns = 9};

TEST(FileTableTest, KnowsAFileOnlyUnderItsStamp) {
  FileTable table;
  table.Set("a.txt", kStamp, Digest::Of("hello"));
  EXPECT_EQ(table.Find("a.txt", kStamp), Digest::Of("hello"));
  FileStamp touched = kStamp;
  touched.ctime_ns = 10;
  EXPECT_EQ(table.Find("a.txt", touched), std::nullopt);
  EXPECT_EQ(table.Find("b.txt", kStamp), std::nullopt);
}

TEST(FileTableTest, IsLoadedAsItWasWritten) {
  FileTable table;
  table.Set("a.txt", kStamp, Digest::Of("hello"));
  table.Set("b/c.txt", {.mode = 1}, Digest::Of(""));
  FileTable loaded;
  FileTable::Load(table.Encode(), loaded);
  EXPECT_FALSE(loaded.changed());
  EXPECT_EQ(loaded.Find("a.txt", kStamp), Digest::Of("hello"));
  EXPECT_EQ(loaded.Find("b/c.txt", {.mode = 1}), Digest::Of(""));
}

TEST(FileTableTest, DamagedBytesAreAnEmptyTable) {
  FileTable table;
  table.Set("a.txt", kStamp, Digest::Of("hello"));
  const std::string bytes = table.Encode();
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] ^= 1;
    FileTable loaded;
    FileTable::Load(flipped, loaded);
    EXPECT_EQ(loaded.Find("a.txt", kStamp), std::nullopt) << i;
    FileTable::Load(bytes.substr(0, i), loaded);
    EXPECT_EQ(loaded.Find("a.txt", kStamp), std::nullopt) << i;
  }
}

}  // namespace
}  // namespace graph
