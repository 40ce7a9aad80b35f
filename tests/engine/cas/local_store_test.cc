// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/local_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/cas/last_use.h"
#include "engine/os/file_use.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kBig(100'000, 'b');
const std::string kSmall = "small";

class LocalStoreTest : public testing::Test {
 protected:
  LocalStoreTest() : folder_(*MakeTemporaryDirectory("/tmp", "store-test-")) {
    Reopen();
  }
  ~LocalStoreTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }

  void Reopen() {
    store_.reset();
    auto store = LocalStore::Open(Path("store"));
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }
  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/", name);
  }
  std::string BlobPath(const Digest& digest, bool executable = false) const {
    const std::string hex = digest.hex();
    return absl::StrCat(folder_, "/store/blobs/", hex.substr(0, 2), "/", hex,
                        "-", digest.size(), executable ? ".x" : "");
  }
  std::string File(absl::string_view name, absl::string_view bytes,
                   uint32_t mode = 0644) const {
    EXPECT_THAT(WriteFile(Path(name), bytes, mode), IsOk());
    return Path(name);
  }
  // Other bytes of the same length, by a program that may write anywhere.
  void Damage(const std::string& path) const {
    auto bytes = ReadFile(path);
    ASSERT_THAT(bytes, IsOk());
    bytes->back() ^= 1;
    ASSERT_THAT(SetMode(path, 0644), IsOk());
    ASSERT_THAT(WriteFile(path, *bytes), IsOk());
  }

  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
};

TEST_F(LocalStoreTest, BlobsComeBackAsTheyWerePut) {
  for (const std::string& bytes : {std::string(), kSmall, kBig}) {
    auto digest = store_->Put(bytes);
    ASSERT_THAT(digest, IsOkAndHolds(Digest::Of(bytes)));
    EXPECT_THAT(store_->Get(*digest), IsOkAndHolds(bytes));
  }
}

TEST_F(LocalStoreTest, BlobsOutliveTheProcess) {
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  ASSERT_THAT(store_->Put(kBig), IsOk());
  Reopen();
  EXPECT_THAT(store_->Get(Digest::Of(kSmall)), IsOkAndHolds(kSmall));
  EXPECT_THAT(store_->Get(Digest::Of(kBig)), IsOkAndHolds(kBig));
}

TEST_F(LocalStoreTest, WhatWasNeverPutIsNotFound) {
  EXPECT_THAT(store_->Get(Digest::Of("never")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("not in")));
  EXPECT_THAT(store_->Link(Digest::Of("never"), false, Path("link")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("not in")));
}

TEST_F(LocalStoreTest, AHashWithAnotherSizeIsAnotherBlob) {
  ASSERT_THAT(store_->Put(kBig), IsOk());
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  const Digest big(Digest::Of(kBig).hash(), 99);
  const Digest small(Digest::Of(kSmall).hash(), 99);
  EXPECT_THAT(store_->Get(big), StatusIs(absl::StatusCode::kNotFound,
                                         HasSubstr("not in the store")));
  EXPECT_THAT(store_->Get(small), StatusIs(absl::StatusCode::kNotFound,
                                           HasSubstr("not in the store")));
  EXPECT_THAT(store_->Get(Digest::Of(kBig)), IsOk());
  EXPECT_THAT(store_->Get(Digest::Of(kSmall)), IsOk());
}

TEST_F(LocalStoreTest, MissingNamesWhatGetWouldNotFind) {
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  ASSERT_THAT(store_->Put(kBig), IsOk());
  const Digest never = Digest::Of("never");
  const std::vector<Digest> wanted = {Digest::Of(kSmall), never,
                                      Digest::Of(kBig), EmptyDigest()};
  EXPECT_THAT(store_->Missing(wanted), IsOkAndHolds(ElementsAre(never)));
}

TEST_F(LocalStoreTest, AConsumedFileKeepsItsInode) {
  const std::string path = File("output", kBig);
  const uint64_t inode = Stat(path)->inode;
  ASSERT_THAT(store_->PutFile(path, true), IsOkAndHolds(Digest::Of(kBig)));
  EXPECT_FALSE(Exists(path));
  EXPECT_EQ(Stat(BlobPath(Digest::Of(kBig)))->inode, inode);
}

TEST_F(LocalStoreTest, AConsumedFileThatIsThereAlreadyIsDropped) {
  ASSERT_THAT(store_->Put(kBig), IsOk());
  const uint64_t inode = Stat(BlobPath(Digest::Of(kBig)))->inode;
  const std::string path = File("output", kBig);
  ASSERT_THAT(store_->PutFile(path, true), IsOk());
  EXPECT_FALSE(Exists(path));
  EXPECT_EQ(Stat(BlobPath(Digest::Of(kBig)))->inode, inode);
}

TEST_F(LocalStoreTest, ACopiedFileIsLeftAlone) {
  for (const std::string& bytes : {kSmall, kBig}) {
    const std::string path = File("source", bytes, 0640);
    const FileState before = *Stat(path);
    ASSERT_THAT(store_->PutFile(path, false), IsOkAndHolds(Digest::Of(bytes)));
    EXPECT_EQ(*Stat(path), before);
    EXPECT_THAT(store_->Get(Digest::Of(bytes)), IsOkAndHolds(bytes));
  }
}

TEST_F(LocalStoreTest, LinksAreReadOnlyAndExecutableAsAsked) {
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  ASSERT_THAT(store_->Put(kBig), IsOk());
  for (const std::string& bytes : {std::string(), kSmall, kBig}) {
    const Digest digest = Digest::Of(bytes);
    const std::string plain = Path(absl::StrCat("plain", bytes.size()));
    const std::string program = Path(absl::StrCat("program", bytes.size()));
    ASSERT_THAT(store_->Link(digest, false, plain), IsOk());
    ASSERT_THAT(store_->Link(digest, true, program), IsOk());
    EXPECT_THAT(ReadFile(plain), IsOkAndHolds(bytes));
    EXPECT_THAT(ReadFile(program), IsOkAndHolds(bytes));
    EXPECT_EQ(Stat(plain)->mode, 0444);
    EXPECT_EQ(Stat(program)->mode, 0555);
    EXPECT_EQ(Stat(plain)->links, 2);
    EXPECT_EQ(Stat(program)->links, 2);
  }
}

TEST_F(LocalStoreTest, AnExecutableOutputIsTheExecutableBlob) {
  const std::string path = File("tool", kBig, 0755);
  const uint64_t inode = Stat(path)->inode;
  ASSERT_THAT(store_->PutFile(path, true), IsOk());
  ASSERT_THAT(store_->Link(Digest::Of(kBig), true, Path("link")), IsOk());
  EXPECT_EQ(Stat(Path("link"))->inode, inode);
}

TEST_F(LocalStoreTest, LinkDoesNotReplace) {
  ASSERT_THAT(store_->Put(kBig), IsOk());
  const std::string path = File("mine", "precious");
  EXPECT_THAT(store_->Link(Digest::Of(kBig), false, path),
              StatusIs(absl::StatusCode::kAlreadyExists, testing::_));
  EXPECT_THAT(ReadFile(path), IsOkAndHolds("precious"));
}

TEST_F(LocalStoreTest, AFileMayHaveMoreLinksThanTheFileSystemAllows) {
  const Digest digest = Digest::Of(kSmall);
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  ASSERT_THAT(MakeDirectories(Path("many")), IsOk());
  for (int i = 0; i < 65'001; ++i) {
    ASSERT_THAT(store_->Link(digest, false, Path(absl::StrCat("many/", i))),
                IsOk());
  }
  EXPECT_THAT(ReadFile(Path("many/65000")), IsOkAndHolds(kSmall));
}

TEST_F(LocalStoreTest, ThreadsThatLinkASmallBlobForTheFirstTimeShareAnInode) {
  for (int round = 0; round < 50; ++round) {
    const Digest digest = *store_->Put(absl::StrCat("blob ", round));
    std::vector<std::string> links;
    for (int t = 0; t < 4; ++t) {
      links.push_back(Path(absl::StrCat("link-", round, "-", t)));
    }
    std::vector<std::thread> threads;
    for (const std::string& link : links) {
      threads.emplace_back([this, &digest, &link] {
        EXPECT_THAT(store_->Link(digest, false, link), IsOk());
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& link : links) {
      EXPECT_TRUE(store_->IsLinked(digest, false, link));
    }
  }
}

// --- Damage ------------------------------------------------------------------

TEST_F(LocalStoreTest, DamagedBytesAreSaidOnceThenNotFound) {
  const Digest digest = *store_->Put(kBig);
  Damage(BlobPath(digest));
  EXPECT_THAT(store_->Get(digest),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("set aside")));
  EXPECT_THAT(store_->Get(digest),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_EQ(store_->Statistics()->quarantined, 1);
}

TEST_F(LocalStoreTest, ADamagedBlobIsNeverLinked) {
  const Digest digest = *store_->Put(kBig);
  Damage(BlobPath(digest));
  EXPECT_THAT(store_->Link(digest, false, Path("link")),
              StatusIs(absl::StatusCode::kDataLoss, testing::_));
  EXPECT_FALSE(Exists(Path("link")));
}

TEST_F(LocalStoreTest, ATornBlobIsMissing) {
  const Digest digest = *store_->Put(kBig);
  ASSERT_THAT(SetMode(BlobPath(digest), 0644), IsOk());
  ASSERT_THAT(WriteFile(BlobPath(digest), kBig.substr(1)), IsOk());
  EXPECT_THAT(store_->Missing(std::vector<Digest>{digest}),
              IsOkAndHolds(ElementsAre(digest)));
}

TEST_F(LocalStoreTest, DamageThroughALinkIsNoticed) {
  const Digest digest = *store_->Put(kBig);
  ASSERT_THAT(store_->Link(digest, false, Path("link")), IsOk());
  EXPECT_TRUE(store_->IsLinked(digest, false, Path("link")));
  Damage(Path("link"));
  EXPECT_FALSE(store_->IsLinked(digest, false, Path("link")));
  EXPECT_THAT(store_->Get(digest),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

TEST_F(LocalStoreTest, ABrokenSealOverWholeBytesIsMended) {
  const Digest digest = *store_->Put(kBig);
  ASSERT_THAT(store_->Link(digest, false, Path("link")), IsOk());
  ASSERT_THAT(SetMode(Path("link"), 0600), IsOk());
  EXPECT_TRUE(store_->IsLinked(digest, false, Path("link")));
  EXPECT_EQ(Stat(Path("link"))->mode, 0444);
}

TEST_F(LocalStoreTest, ToPutADamagedBlobAgainHealsIt) {
  const Digest digest = *store_->Put(kBig);
  Damage(BlobPath(digest));
  ASSERT_THAT(store_->Put(kBig), IsOk());
  EXPECT_THAT(store_->Get(digest), IsOkAndHolds(kBig));
}

TEST_F(LocalStoreTest, ASmallBlobHealsItsDamagedFile) {
  const Digest digest = *store_->Put(kSmall);
  ASSERT_THAT(store_->Link(digest, false, Path("first")), IsOk());
  Damage(Path("first"));
  ASSERT_THAT(store_->Link(digest, false, Path("second")), IsOk());
  EXPECT_THAT(ReadFile(Path("second")), IsOkAndHolds(kSmall));
}

TEST_F(LocalStoreTest, TheOtherFileOfABlobStandsInForADamagedOne) {
  const Digest digest = *store_->Put(kBig);
  ASSERT_THAT(store_->Link(digest, true, Path("program")), IsOk());
  Damage(BlobPath(digest, false));
  EXPECT_THAT(store_->Get(digest), IsOkAndHolds(kBig));
  EXPECT_THAT(store_->Link(digest, false, Path("plain")), IsOk());
}

TEST_F(LocalStoreTest, IsLinkedTellsLinksFromEqualCopies) {
  const Digest digest = *store_->Put(kBig);
  ASSERT_THAT(store_->Link(digest, false, Path("link")), IsOk());
  EXPECT_TRUE(store_->IsLinked(digest, false, Path("link")));
  EXPECT_FALSE(store_->IsLinked(digest, true, Path("link")));
  EXPECT_FALSE(store_->IsLinked(digest, false, File("copy", kBig)));
  EXPECT_FALSE(store_->IsLinked(digest, false, Path("absent")));
}

// --- The store as a whole ----------------------------------------------------

TEST_F(LocalStoreTest, ANewerStoreIsRefusedInASentence) {
  store_.reset();
  ASSERT_THAT(WriteFile(Path("store/format"), "graph store 3\n"), IsOk());
  EXPECT_THAT(LocalStore::Open(Path("store")),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("made by a newer graph (store format 3, this "
                                 "one knows up to 2)")));
}

TEST_F(LocalStoreTest, AnOlderStoreKeepsItsFilesAndLosesItsIndex) {
  const Digest big = *store_->Put(kBig);
  const Digest small = *store_->Put(kSmall);
  store_.reset();
  ASSERT_THAT(WriteFile(Path("store/format"), "graph store 1\n"), IsOk());
  Reopen();
  EXPECT_THAT(ReadFile(Path("store/format")), IsOkAndHolds("graph store 2\n"));
  EXPECT_THAT(store_->Get(big), IsOkAndHolds(kBig));
  EXPECT_THAT(store_->Missing(std::vector<Digest>{small}),
              IsOkAndHolds(ElementsAre(small)));
  EXPECT_FALSE(store_->usage().counted);
  ASSERT_THAT(store_->Statistics(), IsOk());
  EXPECT_TRUE(store_->usage().counted);
  EXPECT_EQ(store_->usage().files, 1);
}

TEST_F(LocalStoreTest, AFolderThatIsNoStoreIsRefused) {
  store_.reset();
  ASSERT_THAT(WriteFile(Path("store/format"), "my notes"), IsOk());
  EXPECT_THAT(LocalStore::Open(Path("store")),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("does not look like")));
}

TEST_F(LocalStoreTest, TemporaryFilesEndWithTheStore) {
  auto path = store_->NewTemporaryPath();
  ASSERT_THAT(path, IsOk());
  EXPECT_NE(*path, *store_->NewTemporaryPath());
  ASSERT_THAT(WriteFile(*path, "half"), IsOk());
  store_.reset();
  EXPECT_THAT(ListDirectory(Path("store/tmp")), IsOkAndHolds(IsEmpty()));
}

TEST_F(LocalStoreTest, StatisticsCountWhatIsThere) {
  ASSERT_THAT(store_->Put(kBig), IsOk());
  ASSERT_THAT(store_->Put(kSmall), IsOk());
  ASSERT_THAT(store_->Flush(), IsOk());
  auto statistics = store_->Statistics();
  ASSERT_THAT(statistics, IsOk());
  EXPECT_EQ(statistics->files, 1);
  EXPECT_EQ(statistics->file_space, 102'400);  // 25 blocks.
  EXPECT_EQ(statistics->small_blobs, 1);
  EXPECT_GT(statistics->record_space, static_cast<int64_t>(kSmall.size()));
  EXPECT_EQ(statistics->results, 0);
  EXPECT_EQ(statistics->leases, 1);
  EXPECT_GE(statistics->oldest_use, NowSeconds() - 10);
  EXPECT_EQ(statistics->quarantined, 0);
}

TEST_F(LocalStoreTest, WhatIsThereIsCountedAsItComesAndGoes) {
  EXPECT_EQ(store_->usage().total(), 0);
  const Digest big = *store_->Put(kBig);
  EXPECT_EQ(store_->usage().files, 1);
  EXPECT_EQ(store_->usage().file_space, 102'400);
  ASSERT_THAT(store_->Put(kBig), IsOk());
  EXPECT_EQ(store_->usage().files, 1);
  ASSERT_THAT(store_->Link(big, true, Path("program")), IsOk());
  EXPECT_EQ(store_->usage().files, 2);
  Reopen();
  EXPECT_EQ(store_->usage().files, 2);
  Damage(BlobPath(big));
  EXPECT_FALSE(store_->Link(big, false, Path("plain")).ok() &&
               store_->usage().files != 2);
  ASSERT_THAT(store_->Statistics(), IsOk());
  EXPECT_EQ(store_->usage().files, store_->Statistics()->files);
}

TEST_F(LocalStoreTest, CountsThatAKillLeftWrongArePutRight) {
  ASSERT_THAT(store_->Put(kBig), IsOk());
  store_->records().CountFiles(7, 700'000);
  ASSERT_THAT(store_->Statistics(), IsOk());
  EXPECT_EQ(store_->usage().files, 1);
  EXPECT_EQ(store_->usage().file_space, 102'400);
}

TEST_F(LocalStoreTest, AUseIsWrittenDownOnceInAWhile) {
  const Digest digest = *store_->Put(kBig);
  const std::string path = BlobPath(digest);
  const auto age = [&](int64_t seconds) {
    const std::string stamp = absl::StrCat("@", NowSeconds() - seconds);
    ASSERT_EQ(
        std::system(absl::StrCat("touch -a -d ", stamp, " ", path).c_str()), 0);
  };
  age(3600);
  const int64_t before = LinkStatUse(path)->used_ns;
  ASSERT_THAT(store_->Link(digest, false, Path("a")), IsOk());
  EXPECT_EQ(LinkStatUse(path)->used_ns, before);
  age(2 * kUseGrainS);
  ASSERT_THAT(store_->Link(digest, false, Path("b")), IsOk());
  EXPECT_GT(LinkStatUse(path)->used_ns, before);
  EXPECT_EQ(Stat(path)->mtime_ns, LocalStore::kSealTimeNs);
}

}  // namespace
}  // namespace graph
