// SPDX-License-Identifier: Apache-2.0
// Damage of each kind is planted and mended end to end, in tests/e2e/cache.
#include "engine/cas/examine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cas/local_action_cache.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ExamineTest : public testing::Test {
 protected:
  ExamineTest() : folder_(*MakeTemporaryDirectory("/tmp", "examine-test-")) {
    store_ = *LocalStore::Open(folder_ + "/store");
  }
  ~ExamineTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }
  std::vector<Finding> Findings(bool repair) {
    EXPECT_THAT(store_->Flush(), IsOk());
    auto examination = Examine(*store_, repair, 3);
    EXPECT_THAT(examination, IsOk());
    return examination.ok() ? examination->findings : std::vector<Finding>();
  }

  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
};

TEST_F(ExamineTest, AStoreInUseIsClean) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(store_->Put(std::string(i * 400, 'x')), IsOk());
  }
  ASSERT_THAT(store_->NewTemporaryPath(), IsOk());
  EXPECT_THAT(Findings(false), IsEmpty());
}

TEST_F(ExamineTest, AResultWhoseTreeLacksAFileIsOpen) {
  const Digest file = *store_->Put(std::string(20'000, 'x'));
  const Digest root =
      *PutTree({{"a/b", {TreeEntry::Kind::kFile, file, false, ""}}}, *store_);
  LocalActionCache cache(*store_);
  ActionResult result;
  result.stdout_digest = result.stderr_digest = result.parts = EmptyDigest();
  result.outputs = {{"out", OutputEntry::Kind::kDirectory, root, false, ""}};
  const Digest key = Digest::Of("key");
  ASSERT_THAT(cache.Record(key, result), IsOk());
  EXPECT_THAT(Findings(false), IsEmpty());
  ASSERT_THAT(RemoveFile(BlobPath(store_->root(), file, false)), IsOk());
  store_->records().CountFiles(-1, -20'480);
  const std::vector<Finding> found = Findings(true);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, Finding::Kind::kOpenResult);
  EXPECT_TRUE(found[0].mended);
  EXPECT_FALSE(store_->records().Has(RecordTable::Kind::kAction, key.hash()));
}

TEST_F(ExamineTest, ToLookIsNoUse) {
  const Digest digest = *store_->Put(std::string(20'000, 'x'));
  store_ = nullptr;
  store_ = *LocalStore::Open(folder_ + "/store");
  EXPECT_THAT(Findings(false), IsEmpty());
  Leases leases(store_->LeaseFolder());
  leases.Refresh();
  EXPECT_FALSE(leases.Hold(digest.hash()));
}

TEST_F(ExamineTest, AFolderThatIsNoStoreGetsNoFormat) {
  EXPECT_THAT(ExamineFormat(folder_, true), IsEmpty());
  EXPECT_FALSE(Exists(folder_ + "/format"));
}

}  // namespace
}  // namespace graph
