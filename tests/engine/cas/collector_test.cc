// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/cas/ceiling.h"
#include "engine/cas/last_use.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/store_layout.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kBlobSpace = 20'480;
constexpr int64_t kDay = 86'400;

// The i-th blob: a file of kBlobSpace.
std::string BytesOf(int i) {
  return std::string(20'000, 'a' + i % 26) + absl::StrCat(i);
}

class CollectorTest : public testing::Test {
 protected:
  CollectorTest() : folder_(*MakeTemporaryDirectory("/tmp", "collect-test-")) {
    Reopen();
  }
  ~CollectorTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }
  void Reopen() {
    store_.reset();
    auto store = LocalStore::Open(folder_ + "/store");
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }
  // Puts the i-th blob, used last so many days ago.
  Digest PutOld(int i, int64_t days) {
    const Digest digest = *store_->Put(BytesOf(i));
    SetAge(digest, days);
    return digest;
  }
  void SetAge(const Digest& digest, int64_t days) {
    const std::string path = BlobPath(store_->root(), digest, false);
    ASSERT_EQ(std::system(absl::StrCat("touch -a -d @",
                                       NowSeconds() - days * kDay, " ", path)
                              .c_str()),
              0);
  }
  bool IsThere(const Digest& digest) const {
    return Exists(BlobPath(store_->root(), digest, false));
  }
  // As a process that has opened the store and used nothing yet would.
  CollectReport MakeRoom(CollectOptions options) {
    Reopen();
    auto report = Collect(*store_, options);
    EXPECT_THAT(report, IsOk());
    return report.ok() ? *report : CollectReport();
  }
  // A process that runs `work` on the store and then waits to be killed.
  pid_t Start(const std::function<void(LocalStore&)>& work) {
    int ready[2];
    EXPECT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
      auto store = LocalStore::Open(folder_ + "/store");
      if (!store.ok()) _exit(1);
      work(**store);
      if (write(ready[1], "x", 1) != 1) _exit(1);
      while (true) pause();
    }
    char byte = 0;
    EXPECT_EQ(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
  }
  static void Kill(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }

  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
};

TEST_F(CollectorTest, WhatWasUsedLongestAgoGoesFirst) {
  std::vector<Digest> blobs;
  for (int i = 0; i < 10; ++i) blobs.push_back(PutOld(i, 10 - i));
  const CollectReport report = MakeRoom({.max_bytes = 5 * kBlobSpace});
  // Down to nine tenths of the ceiling.
  EXPECT_EQ(report.files, 6);
  EXPECT_EQ(report.bytes, 6 * kBlobSpace);
  EXPECT_EQ(report.size_after, 4 * kBlobSpace);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(IsThere(blobs[i]), i >= 6) << i;
  EXPECT_EQ(store_->Statistics()->files, 4);
  EXPECT_THAT(ListDirectory(store_->root() + "/quarantine").status(),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST_F(CollectorTest, AStoreBelowItsCeilingIsLeftAlone) {
  PutOld(1, 100);
  EXPECT_EQ(MakeRoom({.max_bytes = kBlobSpace}).bytes, 0);
  EXPECT_EQ(MakeRoom({}).bytes, 0);
}

TEST_F(CollectorTest, AgeAloneIsAReasonToGo) {
  const Digest old = PutOld(1, 31), young = PutOld(2, 29);
  EXPECT_EQ(MakeRoom({.older_than_s = 30 * kDay}).files, 1);
  EXPECT_FALSE(IsThere(old));
  EXPECT_TRUE(IsThere(young));
}

TEST_F(CollectorTest, ADryRunTakesNothing) {
  const Digest blob = PutOld(1, 5);
  const CollectReport report = MakeRoom({.max_bytes = 0, .dry_run = true});
  EXPECT_EQ(report.files, 1);
  EXPECT_EQ(report.size_after, 0);
  EXPECT_TRUE(IsThere(blob));
}

TEST_F(CollectorTest, WhatWorkspacesHoldStaysAWeekLonger) {
  const Digest linked = PutOld(1, 6);
  ASSERT_THAT(store_->Link(linked, false, folder_ + "/output"), IsOk());
  SetAge(linked, 6);
  const Digest alone = PutOld(2, 1);
  MakeRoom({.max_bytes = kBlobSpace * 3 / 2});
  EXPECT_TRUE(IsThere(linked));
  EXPECT_FALSE(IsThere(alone));
  MakeRoom({.max_bytes = 0});
  EXPECT_FALSE(IsThere(linked));
  EXPECT_THAT(ReadFile(folder_ + "/output"), IsOkAndHolds(BytesOf(1)));
}

TEST_F(CollectorTest, RecordsGoToo) {
  LocalActionCache cache(*store_);
  ActionResult result;
  result.stdout_digest = result.stderr_digest = EmptyDigest();
  for (int i = 0; i < 100; ++i) {
    result.parts = *store_->Put(absl::StrCat("parts ", i));
    ASSERT_THAT(cache.Record(Digest::Of(absl::StrCat("key ", i)), result),
                IsOk());
  }
  ASSERT_THAT(store_->Flush(), IsOk());
  const int64_t before = store_->usage().record_space;
  EXPECT_GT(before, 0);
  const CollectReport report = MakeRoom({.max_bytes = before / 2});
  EXPECT_GT(report.records, 50);
  EXPECT_LE(store_->usage().record_space, before / 2);
  EXPECT_EQ(MakeRoom({.max_bytes = 0}).size_after, 0);
}

TEST_F(CollectorTest, ALargeStoreIsJudgedByASample) {
  // As many records as make it large; all as old as each other.
  for (int i = 0; i < 210'000; ++i) {
    ASSERT_THAT(store_->Put(absl::StrCat("blob ", i)), IsOk());
  }
  ASSERT_THAT(store_->Flush(), IsOk());
  const int64_t before = store_->usage().total();
  const CollectReport report = MakeRoom({.max_bytes = before / 2});
  EXPECT_LE(report.size_after, before * 46 / 100);
  EXPECT_GE(report.size_after, before * 44 / 100);
}

// --- Leases ------------------------------------------------------------------

TEST_F(CollectorTest, WhatThisProcessUsedStays) {
  const Digest put = PutOld(1, 5);
  const Digest found = PutOld(2, 5);
  const Digest unused = PutOld(3, 5);
  Reopen();
  ASSERT_THAT(store_->Put(BytesOf(1)), IsOk());
  ASSERT_THAT(store_->Missing(std::vector<Digest>{found}),
              IsOkAndHolds(IsEmpty()));
  SetAge(put, 5);
  SetAge(found, 5);
  auto report = Collect(*store_, {.max_bytes = 0});
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->held_bytes, 2 * kBlobSpace);
  EXPECT_TRUE(IsThere(put));
  EXPECT_TRUE(IsThere(found));
  EXPECT_FALSE(IsThere(unused));
}

TEST_F(CollectorTest, WhatAnotherLivingProcessUsedStaysUntilItIsGone) {
  const Digest file = PutOld(1, 5);
  const Digest small = *store_->Put("a small one");
  const pid_t child = Start([&](LocalStore& store) {
    if (!store.Missing(std::vector<Digest>{file, small}).ok()) _exit(1);
  });
  SetAge(file, 5);
  MakeRoom({.max_bytes = 0});
  EXPECT_TRUE(IsThere(file));
  EXPECT_THAT(store_->Get(small), IsOk());
  Kill(child);
  MakeRoom({.max_bytes = 0});
  EXPECT_FALSE(IsThere(file));
  EXPECT_THAT(store_->Get(small),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  store_.reset();
  EXPECT_THAT(ListDirectory(folder_ + "/store/leases"),
              IsOkAndHolds(IsEmpty()));
}

TEST_F(CollectorTest, TwoDoNotMakeRoomAtOnce) {
  auto lock = FileLock::Acquire(store_->root() + "/collecting",
                                FileLock::Mode::kExclusive);
  ASSERT_THAT(lock, IsOk());
  EXPECT_TRUE(MakeRoom({.max_bytes = 0}).busy);
}

// Whoever was told that a blob is there finds it, however hard others collect.
TEST_F(CollectorTest, NothingVanishesFromUnderItsUsers) {
  constexpr int kBlobs = 60;
  std::vector<pid_t> collectors;
  for (int i = 0; i < 2; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      while (true) {
        auto store = LocalStore::Open(folder_ + "/store");
        if (store.ok()) Collect(**store, {.max_bytes = 0}).IgnoreError();
      }
    }
    collectors.push_back(child);
  }
  for (int round = 0; round < 20; ++round) {
    Reopen();  // A new lease, so that all can be taken again.
    for (int i = 0; i < kBlobs; ++i) {
      const std::string bytes = i % 2 == 0 ? BytesOf(i) : absl::StrCat("s", i);
      const Digest digest = Digest::Of(bytes);
      auto missing = store_->Missing(std::vector<Digest>{digest});
      ASSERT_THAT(missing, IsOk());
      if (!missing->empty()) {
        ASSERT_THAT(store_->Put(bytes), IsOk());
      }
      ASSERT_THAT(store_->Get(digest), IsOkAndHolds(bytes))
          << round << " " << i << (missing->empty() ? " found" : " put");
    }
  }
  for (pid_t child : collectors) Kill(child);
}

// --- Folders -----------------------------------------------------------------

class FolderCollectorTest : public CollectorTest {
 protected:
  // A folder of `blobs` times kBlobSpace, and a little more.
  std::string Make(int i, int blobs, int64_t days) {
    const std::string name(64, 'a' + i);
    EXPECT_THAT(folders_[0].FindOrMake(
                    name,
                    [&](const std::string& path) -> absl::Status {
                      EXPECT_THAT(MakeDirectory(path), IsOk());
                      for (int file = 0; file < blobs; ++file) {
                        EXPECT_THAT(WriteFile(absl::StrCat(path, "/", file),
                                              std::string(20'000, 'x')),
                                    IsOk());
                      }
                      return absl::OkStatus();
                    }),
                IsOk());
    EXPECT_EQ(std::system(absl::StrCat("touch -d @", NowSeconds() - days * kDay,
                                       " ", PathOf(name), "/kept")
                              .c_str()),
              0);
    return name;
  }
  std::string PathOf(const std::string& name) {
    return folders_[0].root() + "/" + name;
  }
  CollectReport MakeRoomFor(const CollectOptions& options) {
    Reopen();
    auto report = Collect(*store_, options, folders_);
    EXPECT_THAT(report, IsOk());
    return report.ok() ? *report : CollectReport();
  }

  const std::vector<FolderStore> folders_ = {FolderStore(folder_ + "/kept")};
};

TEST_F(FolderCollectorTest, FoldersAndBlobsGoByTheirAge) {
  const Digest oldest = PutOld(1, 9), newest = PutOld(2, 1);
  const std::string older = Make(1, 3, 8), newer = Make(2, 3, 2);
  const CollectReport report = MakeRoomFor({.max_bytes = 5 * kBlobSpace});
  EXPECT_FALSE(IsThere(oldest));
  EXPECT_FALSE(Exists(PathOf(older)));
  EXPECT_TRUE(Exists(PathOf(newer)));
  EXPECT_TRUE(IsThere(newest));
  EXPECT_EQ(report.folders, 1);
  EXPECT_EQ(report.files, 1);
  EXPECT_EQ(report.size_before - report.size_after, report.bytes);
  EXPECT_GT(report.bytes, 4 * kBlobSpace);
}

TEST_F(FolderCollectorTest, AFolderThatIsHeldStays) {
  const std::string name = Make(1, 3, 8);
  {
    const auto held = folders_[0].Find(name);
    ASSERT_TRUE(held.has_value());
    const CollectReport report = MakeRoomFor({.max_bytes = 0});
    EXPECT_EQ(report.folders, 0);
    EXPECT_GT(report.held_bytes, 3 * kBlobSpace);
    EXPECT_TRUE(Exists(PathOf(name) + "/2"));
  }
  EXPECT_EQ(MakeRoomFor({.max_bytes = 0}).folders, 1);
  EXPECT_FALSE(Exists(PathOf(name)));
}

TEST_F(FolderCollectorTest, WhatIsOldGoesBelowTheCeilingToo) {
  const std::string older = Make(1, 1, 8), newer = Make(2, 1, 2);
  EXPECT_EQ(MakeRoomFor({.older_than_s = 5 * kDay}).folders, 1);
  EXPECT_FALSE(Exists(PathOf(older)));
  EXPECT_TRUE(Exists(PathOf(newer)));
}

TEST_F(FolderCollectorTest, ADryRunOnlyTells) {
  const std::string name = Make(1, 1, 8);
  ASSERT_THAT(MakeDirectory(folders_[0].root() + "/unfinished-" + name),
              IsOk());
  EXPECT_EQ(MakeRoomFor({.max_bytes = 0, .dry_run = true}).folders, 1);
  EXPECT_TRUE(Exists(PathOf(name)));
  EXPECT_EQ(folders_[0].Leftovers(/*remove=*/false).size(), 1u);
  EXPECT_EQ(MakeRoomFor({.max_bytes = 0}).folders, 1);
  EXPECT_THAT(folders_[0].Leftovers(/*remove=*/false), IsEmpty());
}

TEST_F(FolderCollectorTest, ACeilingCoversThem) {
  const std::string name = Make(1, 20, 8);
  Reopen();
  Ceiling ceiling(*store_, folders_, 10 * kBlobSpace, [](std::string) {});
  ceiling.Finish(absl::Seconds(10));
  EXPECT_FALSE(Exists(PathOf(name)));
}

// --- The ceiling -------------------------------------------------------------

TEST_F(CollectorTest, ACeilingIsHeldWhileOthersWrite) {
  std::vector<Digest> old;
  for (int i = 0; i < 50; ++i) old.push_back(PutOld(i, 3));
  Reopen();
  constexpr int64_t kMost = 60 * kBlobSpace;
  Ceiling ceiling(*store_, {}, kMost, [](std::string) { ADD_FAILURE(); });
  for (int i = 100; i < 140; ++i) ASSERT_THAT(store_->Put(BytesOf(i)), IsOk());
  for (int i = 0; i < 500 && store_->usage().total() > kMost; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_LE(store_->usage().total(), kMost);
  for (int i = 100; i < 140; ++i) {
    EXPECT_THAT(store_->Get(Digest::Of(BytesOf(i))), IsOk());
  }
}

TEST_F(CollectorTest, MoreThanTheCeilingInUseIsSaidAndGoesInTheEnd) {
  std::vector<std::string> said;
  {
    Ceiling ceiling(*store_, {}, 10 * kBlobSpace,
                    [&](std::string text) { said.push_back(text); });
    for (int i = 0; i < 40; ++i) ASSERT_THAT(store_->Put(BytesOf(i)), IsOk());
    for (int i = 0; i < 40; ++i) {
      EXPECT_THAT(store_->Get(Digest::Of(BytesOf(i))), IsOk());
    }
    for (int i = 0; i < 500 && store_->Statistics().ok(); ++i) {
      if (i % 5 == 0) store_->Put(BytesOf(100 + i)).IgnoreError();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (i > 40) break;
    }
    ceiling.Finish(absl::Seconds(10));
  }
  EXPECT_LE(store_->usage().total(), 10 * kBlobSpace);
  ASSERT_EQ(said.size(), 1);
  EXPECT_THAT(said[0], HasSubstr("because running builds use it"));
}

TEST_F(CollectorTest, FilesThatNobodyCountedAreCounted) {
  for (int i = 0; i < 20; ++i) PutOld(i, 1);
  store_.reset();
  ASSERT_THAT(RemoveFile(folder_ + "/store/index"), IsOk());
  Reopen();
  Ceiling ceiling(*store_, {}, 10 * kBlobSpace, [](std::string) {});
  ceiling.Finish(absl::Seconds(10));
  EXPECT_TRUE(store_->usage().counted);
  EXPECT_EQ(store_->usage().files, 9);
}

TEST_F(CollectorTest, WhatWasSetAsideLongAgoIsRemoved) {
  ASSERT_THAT(MakeDirectories(store_->root() + "/quarantine"), IsOk());
  ASSERT_THAT(WriteFile(store_->root() + "/quarantine/x", "12345"), IsOk());
  EXPECT_EQ(EmptyQuarantine(store_->root(), 60), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(EmptyQuarantine(store_->root(), 0), 5);
  EXPECT_FALSE(Exists(store_->root() + "/quarantine/x"));
}

}  // namespace
}  // namespace graph
