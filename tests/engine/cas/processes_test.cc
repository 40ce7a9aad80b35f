// SPDX-License-Identifier: Apache-2.0
// The store under several processes, and under processes that are killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <random>

#include "absl/strings/str_cat.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/local_store.h"
#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"
#include "tests/support/sanitizers.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

// Big ones become files, the others records.
std::string BytesOf(int i) {
  return std::string(i % 3 == 0 ? 20'000 : 100, 'a' + i % 26) + absl::StrCat(i);
}

Digest KeyOf(int i) { return Digest::Of(absl::StrCat("key", i)); }

// Puts the i-th blob and a result that names it.
void PutOne(int i, LocalStore& store, LocalActionCache& cache) {
  ActionResult result;
  result.stdout_digest = result.stderr_digest = result.parts = EmptyDigest();
  result.outputs = {{absl::StrCat("out", i), OutputEntry::Kind::kFile,
                     *store.Put(BytesOf(i)), false, ""}};
  cache.Record(KeyOf(i), result).IgnoreError();
}

// Every result that is found must name a blob that is there and right.
int CountSound(LocalStore& store, int count) {
  LocalActionCache cache(store);
  int found = 0;
  for (int i = 0; i < count; ++i) {
    auto result = cache.Find(KeyOf(i), Isolation::kStrict);
    EXPECT_THAT(result, IsOk());
    if (!result->has_value()) continue;
    ++found;
    EXPECT_THAT(store.Get((*result)->outputs[0].digest),
                IsOkAndHolds(BytesOf(i)));
  }
  return found;
}

class ProcessesTest : public testing::Test {
 protected:
  ProcessesTest() : folder_(*MakeTemporaryDirectory("/tmp", "cas-test-")) {}
  ~ProcessesTest() override { RemoveTree(folder_).IgnoreError(); }

  pid_t Start(const std::function<void(LocalStore&)>& work) const {
    const pid_t child = fork();
    if (child != 0) return child;
    {
      auto store = LocalStore::Open(folder_ + "/store");
      if (!store.ok()) _exit(1);
      work(**store);
    }
    _exit(0);
  }
  static int Wait(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
  }

  const std::string folder_;
};

TEST_F(ProcessesTest, TwoWriteAtOnce) {
  constexpr int kCount = 1500;
  std::vector<pid_t> children;
  for (int part = 0; part < 3; ++part) {
    // Overlapping thirds: some blobs come from two.
    children.push_back(Start([part](LocalStore& store) {
      LocalActionCache cache(store);
      for (int i = part * 500; i < part * 500 + 700 && i < kCount; ++i) {
        PutOne(i, store, cache);
      }
      if (!store.Flush().ok()) _exit(2);
    }));
  }
  for (pid_t child : children) EXPECT_EQ(Wait(child), 0);
  auto store = LocalStore::Open(folder_ + "/store");
  ASSERT_THAT(store, IsOk());
  EXPECT_EQ(CountSound(**store, kCount), kCount);
}

TEST_F(ProcessesTest, OneSeesSoonWhatAnotherPut) {
  auto store = LocalStore::Open(folder_ + "/store");
  ASSERT_THAT(store, IsOk());
  EXPECT_EQ(CountSound(**store, 1), 0);
  EXPECT_EQ(Wait(Start([](LocalStore& other) {
              LocalActionCache cache(other);
              PutOne(0, other, cache);
            })),
            0);
  EXPECT_EQ(CountSound(**store, 1), 1);
}

TEST_F(ProcessesTest, KilledWritersLeaveASoundStore) {
  constexpr int kKills = Rounds(60), kCount = 3000;
  std::mt19937 random(1);
  for (int kill_number = 0; kill_number < kKills; ++kill_number) {
    std::vector<pid_t> children;
    for (int part = 0; part < 2; ++part) {
      children.push_back(Start([part](LocalStore& store) {
        LocalActionCache cache(store);
        for (int i = part; true; i = (i + 2) % kCount) PutOne(i, store, cache);
      }));
    }
    for (pid_t child : children) {
      usleep(random() % 20'000);
      kill(child, SIGKILL);
    }
    for (pid_t child : children) Wait(child);
  }
  auto store = LocalStore::Open(folder_ + "/store");
  ASSERT_THAT(store, IsOk());
  EXPECT_GT(CountSound(**store, kCount), 0);
  EXPECT_EQ((*store)->Statistics()->quarantined, 0);
  LocalActionCache cache(**store);
  for (int i = 0; i < kCount; ++i) PutOne(i, **store, cache);
  ASSERT_THAT((*store)->Flush(), IsOk());
  EXPECT_EQ(CountSound(**store, kCount), kCount);
}

}  // namespace
}  // namespace graph
