// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/record_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/cas/lmdb_file.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using Kind = RecordTable::Kind;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

Digest::Hash HashOf(absl::string_view text) { return Digest::Of(text).hash(); }

class RecordTableTest : public testing::Test {
 protected:
  RecordTableTest() : folder_(*MakeTemporaryDirectory("/tmp", "table-test-")) {
    Reopen();
  }
  ~RecordTableTest() override {
    table_.reset();
    RemoveTree(folder_).IgnoreError();
  }
  void Reopen() {
    table_.reset();
    auto table = RecordTable::Open(path());
    ASSERT_THAT(table, IsOk());
    table_ = *std::move(table);
  }
  void Fill(int count) {
    for (int i = 0; i < count; ++i) {
      table_->Put(Kind::kBlob, HashOf(absl::StrCat(i)), absl::StrCat("v", i));
    }
  }
  std::string path() const { return folder_ + "/index"; }
  std::string marks() const { return path() + ".writers"; }

  const std::string folder_;
  std::unique_ptr<RecordTable> table_;
};

TEST_F(RecordTableTest, APutIsSeenAtOnce) {
  table_->Put(Kind::kBlob, HashOf("a"), "1");
  EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("a")), Optional(Eq("1")));
  table_->Put(Kind::kBlob, HashOf("a"), "2");
  EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("a")), Optional(Eq("2")));
}

TEST_F(RecordTableTest, KindsDoNotMix) {
  table_->Put(Kind::kBlob, HashOf("a"), "1");
  EXPECT_EQ(table_->Find(Kind::kAction, HashOf("a")), std::nullopt);
}

TEST_F(RecordTableTest, PutsAreCommittedWhenTheTableCloses) {
  Fill(5000);
  Reopen();
  EXPECT_EQ(table_->size(), 5000);
  EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("4999")), Optional(Eq("v4999")));
}

TEST_F(RecordTableTest, PutsAreCommittedSoonEvenIfNobodyAsks) {
  Fill(10);
  for (int i = 0; i < 500 && table_->size() < 10; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(table_->size(), 10);
}

TEST_F(RecordTableTest, ACountIsSeenOnceAlsoWhileItIsCommitted) {
  const absl::Time end = absl::Now() + absl::Milliseconds(300);
  for (int64_t i = 1; absl::Now() < end; ++i) {
    table_->CountFiles(1, 10);
    const RecordTable::Usage usage = table_->usage();
    ASSERT_EQ(usage.files, i);
    ASSERT_EQ(usage.file_space, 10 * i);
  }
}

TEST_F(RecordTableTest, ARemovedRecordIsAbsent) {
  Fill(2);
  ASSERT_THAT(table_->Flush(false), IsOk());
  table_->Remove(Kind::kBlob, HashOf("0"));
  EXPECT_EQ(table_->Find(Kind::kBlob, HashOf("0")), std::nullopt);
  Reopen();
  EXPECT_EQ(table_->Find(Kind::kBlob, HashOf("0")), std::nullopt);
  EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("1")), Optional(Eq("v1")));
}

TEST_F(RecordTableTest, ManyThreadsReadAndWrite) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 1000; ++i) {
        const std::string name = absl::StrCat(t, "-", i);
        table_->Put(Kind::kBlob, HashOf(name), name);
        EXPECT_THAT(table_->Find(Kind::kBlob, HashOf(name)),
                    Optional(Eq(name)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_THAT(table_->Flush(true), IsOk());
  EXPECT_EQ(table_->size(), 4000);
}

TEST_F(RecordTableTest, ATornValueIsAbsent) {
  table_.reset();
  const std::string key =
      "b" + std::string(reinterpret_cast<const char*>(HashOf("a").data()),
                        Digest::kHashBytes);
  for (absl::string_view torn : {"", "short", "12345678then other bytes"}) {
    {
      auto file = LmdbFile::Open(path());
      ASSERT_THAT(file, IsOk());
      const std::vector<LmdbFile::Change> changes = {{key, torn}};
      ASSERT_THAT((*file)->Commit(changes), IsOk());
    }
    Reopen();
    EXPECT_EQ(table_->Find(Kind::kBlob, HashOf("a")), std::nullopt);
    table_.reset();
  }
}

TEST_F(RecordTableTest, AFileOfGarbageIsSetAside) {
  table_.reset();
  ASSERT_THAT(WriteFile(path(), std::string(20'000, 'x')), IsOk());
  Reopen();
  Fill(1);
  EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("0")), Optional(Eq("v0")));
}

TEST_F(RecordTableTest, AFileThatIsCutOffNeverCrashes) {
  Fill(20'000);
  Reopen();
  table_.reset();
  const auto whole = std::filesystem::file_size(path());
  const std::string copy = *ReadFile(path());
  for (int tenths : {9, 5, 2, 1}) {
    ASSERT_THAT(WriteFile(path(), copy.substr(0, whole * tenths / 10)), IsOk());
    Reopen();
    for (int i = 0; i < 20'000; i += 7) {
      auto found = table_->Find(Kind::kBlob, HashOf(absl::StrCat(i)));
      if (found.has_value()) {
        EXPECT_EQ(*found, absl::StrCat("v", i));
      }
    }
    table_->Put(Kind::kBlob, HashOf("new"), "new");
    EXPECT_THAT(table_->Find(Kind::kBlob, HashOf("new")), Optional(Eq("new")));
    table_.reset();
  }
}

// --- Housekeeping ------------------------------------------------------------

TEST_F(RecordTableTest, ThePartsTogetherShowEveryRecordOnce) {
  Fill(3000);
  table_->Put(Kind::kAction, HashOf("action"), "result");
  ASSERT_THAT(table_->Flush(false), IsOk());
  int blobs = 0, actions = 0;
  int64_t space = 0;
  for (int part = 0; part < 256; ++part) {
    table_->Visit(Kind::kBlob, part, [&](const RecordTable::Record& record) {
      EXPECT_EQ(record.hash[0], part);
      EXPECT_TRUE(record.sound);
      EXPECT_EQ(record.value[0], 'v');
      space += record.space;
      ++blobs;
    });
    table_->Visit(Kind::kAction, part, [&](const RecordTable::Record& record) {
      space += record.space;
      ++actions;
    });
  }
  EXPECT_EQ(blobs, 3000);
  EXPECT_EQ(actions, 1);
  EXPECT_EQ(table_->usage().record_space, space);
}

TEST_F(RecordTableTest, OnlyWhatMayGoIsRemoved) {
  Fill(3);
  ASSERT_THAT(table_->Flush(false), IsOk());
  auto removed = table_->RemoveIf(
      Kind::kBlob, {HashOf("0"), HashOf("1"), HashOf("never")},
      [](const RecordTable::Record& record) { return record.value == "v1"; });
  ASSERT_THAT(removed, IsOk());
  ASSERT_THAT(*removed, SizeIs(1));
  EXPECT_EQ((*removed)[0].value, "v1");
  EXPECT_EQ(table_->Find(Kind::kBlob, HashOf("1")), std::nullopt);
  EXPECT_EQ(table_->size(), 2);
}

TEST_F(RecordTableTest, TheCountOfSpaceFollowsReplacedAndRemovedRecords) {
  table_->Put(Kind::kBlob, HashOf("a"), std::string(5000, 'x'));
  ASSERT_THAT(table_->Flush(false), IsOk());
  const int64_t large = table_->usage().record_space;
  EXPECT_GE(large, 8192);
  table_->Put(Kind::kBlob, HashOf("a"), "small");
  ASSERT_THAT(table_->Flush(false), IsOk());
  EXPECT_LT(table_->usage().record_space, 100);
  EXPECT_GT(table_->usage().record_space, 0);
  table_->Remove(Kind::kBlob, HashOf("a"));
  ASSERT_THAT(table_->Flush(false), IsOk());
  EXPECT_EQ(table_->usage().record_space, 0);
}

TEST_F(RecordTableTest, CountsAreCommittedToo) {
  table_->CountFiles(2, 8192);
  EXPECT_EQ(table_->usage().files, 2);
  EXPECT_FALSE(table_->usage().counted);
  table_->SetCounted();
  Reopen();
  table_->CountFiles(-1, -4096);
  EXPECT_EQ(table_->usage().files, 1);
  EXPECT_EQ(table_->usage().file_space, 4096);
  EXPECT_TRUE(table_->usage().counted);
  EXPECT_EQ(table_->size(), 0);
}

// --- Loss of power -----------------------------------------------------------

TEST_F(RecordTableTest, UnsyncedCommitsAreMarked) {
  Fill(1);
  ASSERT_THAT(table_->Flush(false), IsOk());
  EXPECT_THAT(ListDirectory(marks()), IsOkAndHolds(SizeIs(1)));
  ASSERT_THAT(table_->Flush(true), IsOk());
  EXPECT_THAT(ListDirectory(marks()), IsOkAndHolds(IsEmpty()));
}

TEST_F(RecordTableTest, AfterALossOfPowerTheTableStartsEmpty) {
  Fill(3);
  table_.reset();
  ASSERT_THAT(WriteFile(marks() + "/1", "another start of the machine"),
              IsOk());
  Reopen();
  EXPECT_EQ(table_->size(), 0);
  EXPECT_THAT(ListDirectory(marks()), IsOkAndHolds(IsEmpty()));
}

TEST_F(RecordTableTest, WhatWasSyncedBeforeALossOfPowerStays) {
  Fill(3);
  ASSERT_THAT(table_->Flush(true), IsOk());
  Reopen();
  EXPECT_EQ(table_->size(), 3);
}

}  // namespace
}  // namespace graph
