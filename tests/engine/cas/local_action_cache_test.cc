// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/local_action_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class LocalActionCacheTest : public testing::Test {
 protected:
  LocalActionCacheTest()
      : folder_(*MakeTemporaryDirectory("/tmp", "ac-test-")) {
    Reopen();
  }
  ~LocalActionCacheTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }
  void Reopen() {
    store_.reset();
    store_ = *LocalStore::Open(folder_ + "/store");
  }

  ActionResult Result() {
    ActionResult result;
    const Digest tree =
        *PutTree({{"in/tree",
                   {TreeEntry::Kind::kFile, *store_->Put("leaf"), false, ""}}},
                 *store_);
    result.outputs = {
        {"a", OutputEntry::Kind::kFile, *store_->Put("bytes"), true, ""},
        {"b", OutputEntry::Kind::kDirectory, tree, false, ""},
        {"c", OutputEntry::Kind::kSymlink, Digest(), false, "../else"}};
    result.stdout_digest = *store_->Put("said");
    result.stderr_digest = EmptyDigest();
    result.isolation = Isolation::kBasic;
    result.wall_us = 1234567;
    result.cpu_us = 89;
    result.max_rss_kb = 4096;
    result.writer = "graph 1.2";
    result.trust_tier = "ci";
    result.parts = Digest::Of("parts");
    return result;
  }
  std::optional<ActionResult> Find(Isolation at_least = Isolation::kNone) {
    auto found = LocalActionCache(*store_).Find(key_, at_least);
    EXPECT_THAT(found, IsOk());
    return *found;
  }
  void Record(const ActionResult& result) {
    ASSERT_THAT(LocalActionCache(*store_).Record(key_, result), IsOk());
  }
  void Forget(absl::string_view bytes) {
    store_->records().Remove(RecordTable::Kind::kBlob,
                             Digest::Of(bytes).hash());
  }

  const Digest key_ = Digest::Of("key");
  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
};

TEST_F(LocalActionCacheTest, AnEntryComesBackWhole) {
  const ActionResult put = Result();
  Record(put);
  Reopen();
  std::optional<ActionResult> found = Find();
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->outputs[0], put.outputs[0]);
  EXPECT_EQ(found->outputs[1], put.outputs[1]);
  EXPECT_EQ(found->outputs[2].target, "../else");
  EXPECT_EQ(found->stdout_digest, put.stdout_digest);
  EXPECT_EQ(found->stderr_digest, put.stderr_digest);
  EXPECT_EQ(found->isolation, put.isolation);
  EXPECT_EQ(found->wall_us, put.wall_us);
  EXPECT_EQ(found->cpu_us, put.cpu_us);
  EXPECT_EQ(found->max_rss_kb, put.max_rss_kb);
  EXPECT_EQ(found->writer, put.writer);
  EXPECT_EQ(found->trust_tier, put.trust_tier);
  EXPECT_EQ(found->parts, put.parts);
}

TEST_F(LocalActionCacheTest, AnUnknownKeyIsAbsent) {
  EXPECT_EQ(Find(), std::nullopt);
}

TEST_F(LocalActionCacheTest, WeakerIsolationNeverAnswersStricter) {
  Record(Result());  // kBasic
  EXPECT_TRUE(Find(Isolation::kNone).has_value());
  EXPECT_TRUE(Find(Isolation::kBasic).has_value());
  EXPECT_FALSE(Find(Isolation::kStrict).has_value());
}

TEST_F(LocalActionCacheTest, NoIsolationIsNotTakenForMore) {
  ActionResult result = Result();
  result.isolation = Isolation::kNone;
  Record(result);
  EXPECT_TRUE(Find(Isolation::kNone).has_value());
  EXPECT_FALSE(Find(Isolation::kBasic).has_value());
}

TEST_F(LocalActionCacheTest, AnEntryWithoutItsOutputIsAbsent) {
  Record(Result());
  Forget("bytes");
  EXPECT_EQ(Find(), std::nullopt);
}

TEST_F(LocalActionCacheTest, AnEntryWithoutItsOutputDeepInATreeIsAbsent) {
  Record(Result());
  Forget("leaf");
  EXPECT_EQ(Find(), std::nullopt);
}

TEST_F(LocalActionCacheTest, AnEntryWithoutItsLogIsAbsent) {
  Record(Result());
  Forget("said");
  EXPECT_EQ(Find(), std::nullopt);
}

TEST_F(LocalActionCacheTest, AnEntryThatCannotBeReadIsAbsent) {
  for (absl::string_view bytes : {"", "garbage", "\x08\x02"}) {
    store_->records().Put(RecordTable::Kind::kAction, key_.hash(), bytes);
    EXPECT_EQ(Find(), std::nullopt);
  }
}

}  // namespace
}  // namespace graph
