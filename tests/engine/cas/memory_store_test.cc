// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/memory_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;

TEST(MemoryStoreTest, BlobsComeBackUntilRemoved) {
  MemoryStore store;
  const Digest digest = *store.Put("bytes");
  EXPECT_THAT(store.Get(digest), IsOkAndHolds("bytes"));
  store.Remove(digest);
  EXPECT_THAT(store.Get(digest),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_THAT(store.Missing(std::vector<Digest>{digest, EmptyDigest()}),
              IsOkAndHolds(ElementsAre(digest)));
}

TEST(MemoryStoreTest, FilesGoInAndComeOut) {
  MemoryStore store;
  const std::string folder = *MakeTemporaryDirectory("/tmp", "memory-test-");
  ASSERT_THAT(WriteFile(folder + "/in", "bytes"), IsOk());
  auto digest = store.PutFile(folder + "/in", false);
  ASSERT_THAT(digest, IsOkAndHolds(Digest::Of("bytes")));
  EXPECT_TRUE(Exists(folder + "/in"));
  ASSERT_THAT(store.PutFile(folder + "/in", true), IsOk());
  EXPECT_FALSE(Exists(folder + "/in"));
  ASSERT_THAT(store.Link(*digest, true, folder + "/out"), IsOk());
  EXPECT_EQ(Stat(folder + "/out")->mode, 0555);
  EXPECT_THAT(store.Link(*digest, true, folder + "/out"),
              StatusIs(absl::StatusCode::kAlreadyExists, testing::_));
  EXPECT_THAT(RemoveTree(folder), IsOk());
}

TEST(MemoryActionCacheTest, WeakerIsolationNeverAnswersStricter) {
  MemoryActionCache cache;
  ActionResult result;
  result.isolation = Isolation::kBasic;
  ASSERT_THAT(cache.Record(Digest::Of("key"), result), IsOk());
  EXPECT_TRUE((*cache.Find(Digest::Of("key"), Isolation::kBasic)).has_value());
  EXPECT_FALSE(
      (*cache.Find(Digest::Of("key"), Isolation::kStrict)).has_value());
  EXPECT_FALSE((*cache.Find(Digest::Of("no"), Isolation::kNone)).has_value());
}

TEST(MemoryActionCacheTest, WithAStoreAnEntryWithoutItsBlobsIsAbsent) {
  MemoryStore store;
  MemoryActionCache cache(&store);
  ActionResult result;
  result.outputs = {
      {"a", OutputEntry::Kind::kFile, *store.Put("bytes"), false, ""}};
  ASSERT_THAT(cache.Record(Digest::Of("key"), result), IsOk());
  EXPECT_TRUE((*cache.Find(Digest::Of("key"), Isolation::kStrict)).has_value());
  store.Remove(Digest::Of("bytes"));
  EXPECT_FALSE(
      (*cache.Find(Digest::Of("key"), Isolation::kStrict)).has_value());
}

}  // namespace
}  // namespace graph
