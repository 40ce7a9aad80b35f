// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/engine/exec/executor_fixture.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST_F(ExecutorTest, AChainIsBuiltInOrderAndPutInPlace) {
  g_.Cat({"s"}, "out/a");
  const ActionId b = g_.Cat({"out/a", "t"}, "out/b");
  const Outcome outcome = Build({"out/b"});
  EXPECT_THAT(outcome.status, IsOk());
  EXPECT_TRUE(outcome.counts.ok);
  EXPECT_THAT(runner_->ran(), ElementsAre("cat s out/a", "cat out/a t out/b"));
  EXPECT_EQ(Read("out/b"), "source other ");
  EXPECT_FALSE(Exists(folder_ + "/ws/out/a")) << "nobody asked for it";
  EXPECT_EQ(outcome.counts.total, 2);
  EXPECT_EQ(outcome.counts.run, 2);
  EXPECT_EQ(Of(outcome, b).state, ActionState::kDone);
  ASSERT_TRUE(outcome.artifacts[0].has_value());
  EXPECT_EQ(outcome.artifacts[0]->digest, Digest::Of("source other "));
  ASSERT_THAT(outcome.sources, SizeIs(2));
  EXPECT_EQ(outcome.sources[0].path, "s");
}

TEST_F(ExecutorTest, TheSecondTimeNothingRunsAndNoSourceIsRead) {
  g_.Cat({"s"}, "out/a");
  g_.Cat({"out/a"}, "out/b");
  const Digest key = Build({"out/b"}).actions[1].key;
  sources_.provided.clear();
  const Outcome again = Build({"out/b"});
  EXPECT_THAT(runner_->ran(), IsEmpty());
  EXPECT_EQ(again.counts.cached_local, 2);
  EXPECT_EQ(again.counts.run, 0);
  EXPECT_EQ(again.actions[1].how, How::kCachedLocal);
  EXPECT_EQ(again.actions[1].key, key);
  EXPECT_THAT(sources_.provided, IsEmpty());
}

TEST_F(ExecutorTest, AChangedSourceRunsWhatReadsIt) {
  g_.Cat({"s"}, "out/a");
  g_.Cat({"t"}, "out/b");
  Build({"out/a", "out/b"});
  sources_.files["s"] = "new ";
  Build({"out/a", "out/b"});
  EXPECT_THAT(runner_->ran(), ElementsAre("cat s out/a"));
  EXPECT_EQ(Read("out/a"), "new ");
}

TEST_F(ExecutorTest, AChangeThatMakesNoDifferenceStopsThere) {
  g_.Add("strip s out/a", {"s"}, {"out/a"});
  g_.Cat({"out/a"}, "out/b");
  behaviours_["strip"] = [this](const Spawn& spawn) {
    SpawnResult result;
    result.outputs = {{spawn.outputs[0].path, OutputEntry::Kind::kFile,
                       *store_->Put("always the same"), false, ""}};
    return result;
  };
  Build({"out/b"});
  sources_.files["s"] = "with another comment";
  Build({"out/b"});
  EXPECT_THAT(runner_->ran(), ElementsAre("strip s out/a"));
}

TEST_F(ExecutorTest, ASourceOfManyIsResolvedAndProvidedOnce) {
  std::vector<std::string> all;
  for (int i = 0; i < 50; ++i) {
    all.push_back(absl::StrCat("out/", i));
    g_.Cat({"s"}, all.back());
  }
  Build(all);
  EXPECT_EQ(sources_.resolved["s"], 1);
  EXPECT_EQ(sources_.provided["s"], 1);
}

TEST_F(ExecutorTest, TheCommandGetsTheFixedEnvironmentAndItsTimeout) {
  g_.next.env = {{"TZ", "Mars"}, {"MINE", "1"}};
  g_.next.timeout_s = 7;
  g_.Add("look", {"s"}, {});
  Spawn seen;
  behaviours_["look"] = [&](const Spawn& spawn) {
    seen = spawn;
    return SpawnResult();
  };
  Build({}, {ActionId{0}});
  EXPECT_EQ(seen.timeout_s, 7);
  EXPECT_THAT(seen.env, testing::IsSupersetOf(
                            {std::pair<std::string, std::string>("TZ", "Mars"),
                             {"MINE", "1"},
                             {"LC_ALL", "C.UTF-8"}}));
  EXPECT_TRUE(std::is_sorted(seen.env.begin(), seen.env.end()));
}

// --- Failure -----------------------------------------------------------------

TEST_F(ExecutorTest, TheCommandSeesThePackagesThatItNames) {
  std::vector<std::string> seen;
  behaviours_["cat"] = [&](const Spawn& spawn) {
    seen = spawn.packages;
    return absl::StatusOr<SpawnResult>(SpawnResult{.exit_code = 1});
  };
  g_.next.packages = {"gcc", "perl"};
  g_.Cat({"s"}, "out/a");
  Build({"out/a"});
  EXPECT_THAT(seen, ElementsAre("gcc", "perl"));
}

TEST_F(ExecutorTest, ACommandWhoseProgramsAreNotThereFails) {
  g_.next.packages = {"not-installed"};
  g_.Cat({"s"}, "out/a");
  const Outcome outcome = Build({"out/a"});
  EXPECT_THAT(runner_->ran(), IsEmpty());
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason, "not-installed is not installed");
}

TEST_F(ExecutorTest, AFailureTellsEverything) {
  g_.next.argv = {};
  g_.Add("bad it's", {"s"}, {"out/a"});
  behaviours_["bad"] = [](const Spawn&) {
    SpawnResult result;
    result.exit_code = 3;
    result.stdout_text = std::string(10'000, 'o');
    result.stderr_text = "the reason";
    return result;
  };
  const Outcome outcome = Build({"out/a"});
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_EQ(outcome.counts.failed, 1);
  ASSERT_THAT(outcome.failures, SizeIs(1));
  const ActionFailed& failure = outcome.failures[0];
  EXPECT_EQ(failure.reason, "exit code 3");
  EXPECT_EQ(failure.label, "//:out/a");
  EXPECT_THAT(failure.stdout_text, SizeIs(10'000));
  EXPECT_EQ(failure.stderr_text, "the reason");
  EXPECT_THAT(failure.repeat_command, HasSubstr("env -i HOME=/tmp"));
  EXPECT_THAT(failure.repeat_command, HasSubstr("bad 'it'\\''s'"));
  EXPECT_EQ(outcome.artifacts[0], std::nullopt);
  EXPECT_THAT(events_->All<ActionFailed>(), SizeIs(1));
  EXPECT_FALSE(events_->All<ActionFinished>()[0].ok);
}

TEST_F(ExecutorTest, AFailureIsNeverCached) {
  g_.Add("fail 1", {"s"}, {"out/a"});
  Build({"out/a"});
  Build({"out/a"});
  EXPECT_THAT(runner_->ran(), ElementsAre("fail 1"));
}

TEST_F(ExecutorTest, SignalsAndTimeoutsAreToldAsSuch) {
  g_.next.timeout_s = 5;
  g_.Add("slow", {"s"}, {"out/slow"});
  g_.Add("fail 139", {"s"}, {"out/crash"});
  behaviours_["slow"] = [](const Spawn&) {
    SpawnResult result;
    result.exit_code = 137;
    result.timed_out = true;
    return result;
  };
  options_.keep_going = true;
  const Outcome outcome = Build({"out/slow", "out/crash"});
  std::vector<std::string> reasons;
  for (const ActionFailed& failure : outcome.failures) {
    reasons.push_back(failure.reason);
  }
  EXPECT_THAT(reasons, UnorderedElementsAre("timed out after 5 s",
                                            "killed by signal 11"));
}

TEST_F(ExecutorTest, AMissingOutputIsAFailure) {
  g_.Add("lazy", {"s"}, {"out/a", "out/b"});
  const Outcome outcome = Build({"out/a"});
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason,
            "did not make its declared output `out/a`; did not make its "
            "declared output `out/b`");
  Build({"out/a"});
  EXPECT_THAT(runner_->ran(), SizeIs(1)) << "not cached";
}

TEST_F(ExecutorTest, AFileWhereAFolderWasDeclaredIsAFailure) {
  g_.File("out/dir", Artifact::Kind::kDirectory);
  g_.Cat({"s"}, "out/dir");
  const Outcome outcome = Build({"out/dir"});
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_THAT(outcome.failures[0].reason, HasSubstr("declared as a folder"));
}

TEST_F(ExecutorTest, AMissingSourceFailsWhatReadsIt) {
  g_.Cat({"absent"}, "out/a");
  g_.Cat({"s"}, "out/b");
  options_.keep_going = true;
  const Outcome outcome = Build({"out/a", "out/b"});
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason, "no file absent");
  EXPECT_EQ(Read("out/b"), "source ");
}

TEST_F(ExecutorTest, KeepGoingBuildsWhatIsNotSpoilt) {
  const ActionId bad = g_.Add("fail 1", {"s"}, {"out/bad"});
  const ActionId spoilt = g_.Cat({"out/bad"}, "out/spoilt");
  const ActionId good = g_.Cat({"s"}, "out/good");
  options_.keep_going = true;
  const Outcome outcome = Build({"out/spoilt", "out/good"});
  EXPECT_EQ(Of(outcome, bad).state, ActionState::kFailed);
  EXPECT_EQ(Of(outcome, spoilt).state, ActionState::kSkipped);
  EXPECT_EQ(Of(outcome, good).state, ActionState::kDone);
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_EQ(Read("out/good"), "source ");
}

// --- Tests -------------------------------------------------------------------

TEST_F(ExecutorTest, APassedTestIsCachedWithItsLog) {
  g_.next.is_test = true;
  const ActionId test = g_.Add("say passed", {"s"}, {});
  const Outcome first = Build({}, {test});
  EXPECT_THAT(LogOf(Of(first, test), *store_), IsOkAndHolds("passed"));
  const Outcome again = Build({}, {test});
  EXPECT_THAT(runner_->ran(), IsEmpty());
  EXPECT_EQ(Of(again, test).how, How::kCachedLocal);
  EXPECT_THAT(LogOf(Of(again, test), *store_), IsOkAndHolds("passed"));
}

TEST_F(ExecutorTest, AFailedTestKeepsItsLogAndStopsNothing) {
  g_.next.is_test = true;
  const ActionId test = g_.Add("fail 4", {"s"}, {});
  options_.jobs = 1;
  g_.Cat({"s"}, "out/a");
  const Outcome outcome = Build({"out/a"}, {test});
  EXPECT_EQ(Of(outcome, test).state, ActionState::kFailed);
  EXPECT_EQ(Of(outcome, test).exit_code, 4);
  EXPECT_THAT(LogOf(Of(outcome, test), *store_), IsOkAndHolds("broken"));
  EXPECT_THAT(outcome.failures, IsEmpty());
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_EQ(Read("out/a"), "source ");
  EXPECT_THAT(events_->All<ActionFailed>(), IsEmpty());
}

TEST_F(ExecutorTest, ATestWhoseToolCannotBeBuiltIsSkipped) {
  g_.Add("fail 1", {"s"}, {"out/tool"});
  g_.next.is_test = true;
  const ActionId test = g_.Add("say x", {"out/tool"}, {});
  const Outcome outcome = Build({}, {test});
  EXPECT_EQ(Of(outcome, test).state, ActionState::kSkipped);
  EXPECT_FALSE(outcome.counts.ok);
}

// --- Steps of the engine -----------------------------------------------------

TEST_F(ExecutorTest, StepsRunInTheEngineAndAreCached) {
  int calls = 0;
  steps_["shout"] = [&](const BuiltinRequest& request)
      -> absl::StatusOr<std::vector<OutputEntry>> {
    ++calls;
    return std::vector<OutputEntry>{
        {request.outputs[0].path, OutputEntry::Kind::kFile,
         *request.store.Put(request.action.content), true, ""}};
  };
  g_.next.kind = Action::Kind::kBuiltin;
  g_.next.content = "HELLO";
  g_.Add("shout 1", {"s"}, {"out/a"});
  Build({"out/a"});
  const Outcome again = Build({"out/a"});
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(again.counts.cached_local, 1);
  EXPECT_EQ(Read("out/a"), "HELLO");
  EXPECT_TRUE(Stat(folder_ + "/ws/out/a")->executable());
}

TEST_F(ExecutorTest, AStepThatFailsSaysWhy) {
  steps_["get"] = [](const BuiltinRequest&) {
    return absl::NotFoundError("https://x/y: 404");
  };
  g_.next.kind = Action::Kind::kFetch;
  g_.Add("get 1", {}, {"out/a"});
  const Outcome outcome = Build({"out/a"});
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason, "https://x/y: 404");
  EXPECT_EQ(outcome.failures[0].repeat_command, "");
}

TEST_F(ExecutorTest, FetchesDoNotHoldUpCommands) {
  Notification ran;
  steps_["get"] = [&](const BuiltinRequest& request)
      -> absl::StatusOr<std::vector<OutputEntry>> {
    if (!ran.WaitForNotificationWithTimeout(absl::Seconds(30))) {
      return absl::InternalError("the command never ran");
    }
    return std::vector<OutputEntry>{{request.outputs[0].path,
                                     OutputEntry::Kind::kFile,
                                     *request.store.Put("x"), false, ""}};
  };
  behaviours_["signal"] = [&](const Spawn&) {
    ran.Notify();
    return SpawnResult();
  };
  options_.jobs = 1;
  g_.next.kind = Action::Kind::kFetch;
  g_.Add("get 1", {}, {"out/a"});
  const ActionId command = g_.Add("signal", {"s"}, {});
  EXPECT_TRUE(Build({"out/a"}, {command}).counts.ok);
}

// --- Loss --------------------------------------------------------------------

TEST_F(ExecutorTest, ALostOutputIsMadeAgainForItsConsumer) {
  g_.Cat({"s", "t"}, "out/a");
  g_.Add("maybe out/a out/b", {"out/a"}, {"out/b"});
  bool lose = true;
  behaviours_["maybe"] =
      [&](const Spawn& spawn) -> absl::StatusOr<SpawnResult> {
    if (std::exchange(lose, false)) Damage("source other ");
    for (const SpawnInput& input : spawn.inputs) {
      auto bytes = store_->Get(input.digest);
      if (!bytes.ok()) return bytes.status();
    }
    SpawnResult result;
    result.outputs = {
        {"out/b", OutputEntry::Kind::kFile, *store_->Put("b"), false, ""}};
    return result;
  };
  const Outcome outcome = Build({"out/b"});
  EXPECT_TRUE(outcome.counts.ok);
  EXPECT_THAT(runner_->ran(),
              ElementsAre("cat s t out/a", "maybe out/a out/b", "cat s t out/a",
                          "maybe out/a out/b"));
}

TEST_F(ExecutorTest, ALostSourceIsProvidedAgain) {
  g_.Add("maybe", {"s"}, {});
  bool lose = true;
  behaviours_["maybe"] = [&](const Spawn&) -> absl::StatusOr<SpawnResult> {
    if (std::exchange(lose, false)) Damage("source ");
    auto bytes = store_->Get(Digest::Of("source "));
    if (!bytes.ok()) return bytes.status();
    return SpawnResult();
  };
  EXPECT_TRUE(Build({}, {ActionId{0}}).counts.ok);
  EXPECT_EQ(sources_.provided["s"], 2);
}

TEST_F(ExecutorTest, AResultWhoseBlobIsDamagedRunsAgain) {
  g_.Cat({"s"}, "out/a");
  Build({"out/a"});
  // Through the link in graph-out, as a careless program might.
  store_->records().Remove(RecordTable::Kind::kBlob,
                           Digest::Of("source ").hash());
  ASSERT_THAT(SetMode(folder_ + "/ws/out/a", 0644), IsOk());
  ASSERT_THAT(WriteFile(folder_ + "/ws/out/a", "damaged"), IsOk());
  const Outcome outcome = Build({"out/a"});
  EXPECT_TRUE(outcome.counts.ok);
  EXPECT_THAT(runner_->ran(), ElementsAre("cat s out/a"));
  EXPECT_EQ(Read("out/a"), "source ");
}

TEST_F(ExecutorTest, WhatIsLostForeverFailsInTheEnd) {
  g_.Cat({"s"}, "out/a");
  g_.Add("never", {"out/a"}, {"out/b"});
  behaviours_["never"] = [&](const Spawn&) -> absl::StatusOr<SpawnResult> {
    Damage("source ");
    return absl::NotFoundError("it is gone");
  };
  const Outcome outcome = Build({"out/b"});
  EXPECT_FALSE(outcome.counts.ok);
  ASSERT_THAT(outcome.failures, SizeIs(1));
  EXPECT_EQ(outcome.failures[0].reason, "it is gone");
}

// --- Interruption ------------------------------------------------------------

TEST_F(ExecutorTest, CancellingStopsTheRunnerAndTheRest) {
  g_.Add("wait", {"s"}, {"out/a"});
  g_.Cat({"out/a"}, "out/b");
  behaviours_["wait"] = [&](const Spawn&) -> absl::StatusOr<SpawnResult> {
    std::thread([&] { cancellation_.Cancel(); }).join();
    EXPECT_TRUE(runner_->cancelled());
    return absl::CancelledError("told to stop");
  };
  const Outcome outcome = Build({"out/b"});
  EXPECT_THAT(outcome.status,
              StatusIs(absl::StatusCode::kCancelled, "interrupted"));
  EXPECT_FALSE(outcome.counts.ok);
  EXPECT_THAT(outcome.failures, IsEmpty());
  EXPECT_EQ(outcome.actions[0].state, ActionState::kSkipped);
  EXPECT_EQ(outcome.actions[1].state, ActionState::kSkipped);
}

TEST_F(ExecutorTest, AfterACancellationNothingStarts) {
  g_.Cat({"s"}, "out/a");
  cancellation_.Cancel();
  EXPECT_THAT(Build({"out/a"}).status,
              StatusIs(absl::StatusCode::kCancelled, testing::_));
  EXPECT_THAT(runner_->ran(), IsEmpty());
}

// --- Isolation and scale -----------------------------------------------------

TEST_F(ExecutorTest, AnotherIsolationIsAnotherKey) {
  g_.Cat({"s"}, "out/a");
  const Digest strict = Build({"out/a"}).actions[0].key;
  FakeRunner weak(*store_, Isolation::kNone);
  RecordingSink events;
  Executor executor(g_.graph, sources_, *store_, cache_, weak, steps_, events,
                    cancellation_, options_);
  const std::vector<ArtifactId> wanted = {g_.File("out/a")};
  const Outcome outcome = executor.Build(wanted, {});
  EXPECT_NE(outcome.actions[0].key, strict);
  EXPECT_EQ(outcome.counts.run, 1);
  EXPECT_EQ(outcome.actions[0].isolation, Isolation::kNone);
}

TEST_F(ExecutorTest, ThousandsOfActionsOnManyThreads) {
  std::vector<std::string> all;
  for (int i = 0; i < 3000; ++i) {
    all.push_back(absl::StrCat("out/", i % 10, "/", i));
    std::vector<std::string> in = {"s"};
    if (i >= 10) in.push_back(all[i - 10 + i % 3]);
    g_.Cat(in, all.back());
  }
  options_.jobs = 8;
  const Outcome first = Build(all);
  EXPECT_TRUE(first.counts.ok);
  EXPECT_EQ(first.counts.run, 3000);
  const Outcome again = Build(all);
  EXPECT_EQ(again.counts.cached_local, 3000);
  EXPECT_EQ(again.artifacts, first.artifacts);
  EXPECT_THAT(events_->All<ActionFinished>(), SizeIs(3000));
  EXPECT_THAT(events_->All<ActionStarted>(), IsEmpty());
}

}  // namespace
}  // namespace graph
