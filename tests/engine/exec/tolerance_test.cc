// SPDX-License-Identifier: Apache-2.0
// What becomes of failures that are tolerated, and of who needs what failed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/exec/executor_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ToleranceTest : public ExecutorTest {
 protected:
  // `cat` of what is there of `in`, all of it optional.
  ActionId Gather(const std::vector<std::string>& in, const std::string& out,
                  int64_t min_success) {
    for (const std::string& path : in) {
      g_.next.optional_inputs.push_back(g_.File(path));
    }
    g_.next.min_success = min_success;
    return g_.Cat(in, out);
  }
  ActionId Tolerant(const std::string& command, const std::string& out) {
    g_.next.tolerant = true;
    return g_.Add(command, {"s"}, {out});
  }
};

TEST_F(ToleranceTest, AConsumerTakesWhatIsThere) {
  Tolerant("cat s out/a", "out/a");
  const ActionId bad = Tolerant("fail 3", "out/b");
  Gather({"out/a", "out/b"}, "out/all", 1);
  const Outcome outcome = Build({"out/all", "out/b"});
  EXPECT_TRUE(outcome.counts.ok);
  EXPECT_EQ(outcome.counts.failed, 0);
  EXPECT_EQ(outcome.counts.tolerated, 1);
  EXPECT_THAT(outcome.failures, IsEmpty());
  ASSERT_THAT(outcome.tolerated, SizeIs(1));
  EXPECT_EQ(outcome.tolerated[0].reason, "exit code 3");
  EXPECT_TRUE(outcome.tolerated[0].tolerated);
  EXPECT_TRUE(Of(outcome, bad).tolerated);
  EXPECT_EQ(outcome.artifacts[1], std::nullopt);
  EXPECT_EQ(Read("out/all"), "source ");
}

TEST_F(ToleranceTest, WhatFailedIsTriedAgainAndItsConsumersWithIt) {
  Tolerant("flaky s out/b", "out/b");
  Gather({"out/b"}, "out/all", 0);
  behaviours_["flaky"] = [](const Spawn&) {
    SpawnResult result;
    result.exit_code = 1;
    return result;
  };
  EXPECT_EQ(Build({"out/all"}).counts.tolerated, 1);
  EXPECT_EQ(Read("out/all"), "");
  Build({"out/all"});
  EXPECT_THAT(runner_->ran(), ElementsAre("flaky s out/b"));
  behaviours_["flaky"] = [this](const Spawn& spawn) {
    SpawnResult result;
    result.outputs = {{spawn.argv.back(), OutputEntry::Kind::kFile,
                       *store_->Put("mended"), false, ""}};
    return absl::StatusOr<SpawnResult>(std::move(result));
  };
  EXPECT_EQ(Build({"out/all"}).counts.tolerated, 0);
  EXPECT_EQ(Read("out/all"), "mended");
}

TEST_F(ToleranceTest, TooFewAreAFailureThatNamesWhatIsMissing) {
  Tolerant("cat s out/a", "out/a");
  Tolerant("fail 1", "out/b");
  Tolerant("fail 1", "out/c");
  Gather({"out/a", "out/b", "out/c"}, "out/all", 2);
  const Outcome outcome = Build({"out/all"});
  EXPECT_FALSE(outcome.counts.ok);
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason,
            "too few of its optional inputs were made: 1 of 3, and it needs 2; "
            "missing: out/b, out/c");
}

TEST_F(ToleranceTest, WhatCannotDoWithoutItFails) {
  Tolerant("fail 1", "out/b");
  g_.Cat({"out/b"}, "out/needs");
  const Outcome outcome = Build({"out/needs"});
  EXPECT_FALSE(outcome.counts.ok);
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason, "needs out/b, which  failed to make");
}

TEST_F(ToleranceTest, WhatCannotDoWithoutItMayBeTolerantToo) {
  Tolerant("fail 1", "out/b");
  g_.next.tolerant = true;
  g_.Cat({"out/b"}, "out/next");
  Gather({"out/next"}, "out/all", 0);
  const Outcome outcome = Build({"out/all"});
  EXPECT_TRUE(outcome.counts.ok);
  EXPECT_EQ(outcome.counts.tolerated, 2);
}

TEST_F(ToleranceTest, WhatCouldNotBeRunIsNotTolerated) {
  Tolerant("gone", "out/b");
  behaviours_["gone"] = [](const Spawn&) -> absl::StatusOr<SpawnResult> {
    return absl::ResourceExhaustedError("no room left");
  };
  const Outcome outcome = Build({"out/b"});
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_EQ(outcome.counts.failed, 1);
}

TEST_F(ToleranceTest, WhoIsAskedForByNameIsNotTolerated) {
  const ActionId bad = Tolerant("fail 1", "out/b");
  options_.intolerant = {bad.index};
  const Outcome outcome = Build({"out/b"});
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_EQ(outcome.counts.failed, 1);
  EXPECT_EQ(outcome.counts.tolerated, 0);
}

TEST_F(ToleranceTest, AnOlderOutputDoesNotStayInItsPlace) {
  Tolerant("flaky s out/b", "out/b");
  behaviours_["flaky"] = [this](const Spawn& spawn) {
    SpawnResult result;
    result.outputs = {{spawn.argv.back(), OutputEntry::Kind::kFile,
                       *store_->Put("old"), false, ""}};
    return absl::StatusOr<SpawnResult>(std::move(result));
  };
  Build({"out/b"});
  ASSERT_EQ(Read("out/b"), "old");
  sources_.files["s"] = "changed";
  behaviours_["flaky"] = [](const Spawn&) {
    SpawnResult result;
    result.exit_code = 1;
    return result;
  };
  Build({"out/b"});
  EXPECT_FALSE(Exists(folder_ + "/ws/out/b"));
}

}  // namespace
}  // namespace graph
