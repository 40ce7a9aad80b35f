// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "tests/support/graph_builder.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using Lane = Scheduler::Lane;
using Work = Scheduler::Work;
using ::testing::HasSubstr;

class SchedulerTest : public testing::Test {
 protected:
  Scheduler Make(std::vector<ActionId> wanted, bool keep_going = false) {
    auto scheduler = Scheduler::Create(g_.graph, wanted, keep_going);
    EXPECT_THAT(scheduler, IsOk());
    return *std::move(scheduler);
  }
  static Work Check(ActionId id) { return {Work::Kind::kCheck, id}; }
  static Work Run(ActionId id) { return {Work::Kind::kRun, id}; }
  // Takes the next piece, which must be this, and runs it through.
  static void CheckAndRun(Scheduler& s, ActionId id) {
    ASSERT_EQ(s.Next(Lane::kCompute), Check(id));
    s.Missed(id);
    ASSERT_EQ(s.Next(Lane::kCompute), Run(id));
    s.Succeeded(id);
  }
  static void CheckAndFail(Scheduler& s, ActionId id) {
    ASSERT_EQ(s.Next(Lane::kCompute), Check(id));
    s.Missed(id);
    ASSERT_EQ(s.Next(Lane::kCompute), Run(id));
    s.Failed(id);
  }

  GraphBuilder g_;
};

TEST_F(SchedulerTest, NothingWantedIsFinished) {
  g_.Cat({"s"}, "a");
  Scheduler s = Make({});
  EXPECT_TRUE(s.finished());
  EXPECT_EQ(s.Next(Lane::kCompute), std::nullopt);
}

TEST_F(SchedulerTest, OnlyWhatIsNeededIsTouched) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId other = g_.Cat({"s"}, "other");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  EXPECT_EQ(s.total(), 2);
  EXPECT_EQ(s.state(a), ActionState::kReady);
  EXPECT_EQ(s.state(b), ActionState::kWaiting);
  EXPECT_EQ(s.state(other), ActionState::kUnwanted);
}

TEST_F(SchedulerTest, AnActionIsReadyWhenAllItsInputsAreDone) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"s"}, "b");
  const ActionId c = g_.Cat({"a", "b"}, "c");
  Scheduler s = Make({c});
  CheckAndRun(s, a);
  EXPECT_EQ(s.state(c), ActionState::kWaiting);
  CheckAndRun(s, b);
  EXPECT_EQ(s.state(c), ActionState::kReady);
  CheckAndRun(s, c);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AProducerOfTwoInputsCountsOnce) {
  const ActionId two = g_.Add("x", {"s"}, {"a", "b"});
  const ActionId c = g_.Cat({"a", "b"}, "c");
  Scheduler s = Make({c});
  CheckAndRun(s, two);
  CheckAndRun(s, c);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, ACacheHitNeverRuns) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  s.Found(a);
  EXPECT_EQ(s.state(a), ActionState::kDone);
  EXPECT_EQ(s.Next(Lane::kCompute), Check(b));
}

TEST_F(SchedulerTest, AConsumerMayBeDeclaredBeforeItsProducer) {
  const ActionId b = g_.Cat({"a"}, "b");
  const ActionId a = g_.Cat({"s"}, "a");
  Scheduler s = Make({b});
  CheckAndRun(s, a);
  CheckAndRun(s, b);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, TheLongestWayGoesFirst) {
  const ActionId leaf = g_.Cat({"s"}, "leaf");
  const ActionId start = g_.Cat({"s"}, "start");
  const ActionId middle = g_.Cat({"start"}, "middle");
  const ActionId end = g_.Cat({"middle", "leaf"}, "end");
  Scheduler s = Make({end});
  CheckAndRun(s, start);
  EXPECT_EQ(s.Next(Lane::kCompute), Check(leaf)) << "declared first";
  EXPECT_EQ(s.Next(Lane::kCompute), Check(middle));
}

TEST_F(SchedulerTest, EqualWaysGoInTheOrderOfDeclaration) {
  std::vector<ActionId> all;
  for (int i = 0; i < 5; ++i) all.push_back(g_.Cat({"s"}, absl::StrCat(i)));
  Scheduler s = Make(all);
  for (ActionId id : all) EXPECT_EQ(s.Next(Lane::kCompute), Check(id));
}

TEST_F(SchedulerTest, FetchesHaveALaneOfTheirOwn) {
  g_.next.kind = Action::Kind::kFetch;
  const ActionId fetch = g_.Add("get", {}, {"f"});
  const ActionId a = g_.Cat({"s"}, "a");
  Scheduler s = Make({fetch, a});
  EXPECT_EQ(s.Next(Lane::kFetch), Check(fetch));
  s.Missed(fetch);
  EXPECT_EQ(s.Next(Lane::kCompute), Check(a));
  EXPECT_EQ(s.Next(Lane::kCompute), std::nullopt);
  EXPECT_EQ(s.Next(Lane::kFetch), Run(fetch));
}

// --- Failure -----------------------------------------------------------------

TEST_F(SchedulerTest, AFailureStopsWhatHasNotStarted) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"s"}, "b");
  const ActionId c = g_.Cat({"s"}, "c");
  const ActionId d = g_.Cat({"a"}, "d");
  Scheduler s = Make({b, c, d});
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  ASSERT_EQ(s.Next(Lane::kCompute), Check(b));
  s.Missed(b);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(b));
  s.Failed(a);
  EXPECT_EQ(s.state(a), ActionState::kFailed);
  EXPECT_EQ(s.state(c), ActionState::kSkipped);
  EXPECT_EQ(s.state(d), ActionState::kSkipped);
  EXPECT_FALSE(s.finished()) << "b still runs";
  s.Succeeded(b);
  EXPECT_EQ(s.state(b), ActionState::kDone);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, WithKeepGoingOnlyDependentsAreSkipped) {
  const ActionId bad = g_.Cat({"s"}, "bad");
  const ActionId spoilt = g_.Cat({"bad"}, "spoilt");
  const ActionId deeper = g_.Cat({"spoilt", "good"}, "deeper");
  const ActionId good = g_.Cat({"s"}, "good");
  Scheduler s = Make({deeper, good}, true);
  CheckAndFail(s, bad);
  EXPECT_EQ(s.state(spoilt), ActionState::kSkipped);
  EXPECT_EQ(s.state(deeper), ActionState::kSkipped);
  CheckAndRun(s, good);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AFailedTestStopsNothing) {
  g_.next.is_test = true;
  const ActionId test = g_.Add("fail 1", {"s"}, {});
  const ActionId good = g_.Cat({"s"}, "good");
  Scheduler s = Make({test, good});
  CheckAndFail(s, test);
  CheckAndRun(s, good);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AMissAfterAStopIsSkipped) {
  const ActionId a = g_.Cat({"s"}, "a");
  Scheduler s = Make({a});
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  s.Stop();
  s.Missed(a);
  EXPECT_EQ(s.state(a), ActionState::kSkipped);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, ACancelledActionStopsTheRest) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"s"}, "b");
  Scheduler s = Make({a, b}, true);
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  s.Cancelled(a);
  EXPECT_EQ(s.state(a), ActionState::kSkipped);
  EXPECT_EQ(s.state(b), ActionState::kSkipped);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, ACircleIsRefused) {
  const ActionId a = g_.Cat({"b"}, "a");
  g_.Cat({"a"}, "b");
  EXPECT_THAT(
      Scheduler::Create(g_.graph, std::vector<ActionId>{a}, false).status(),
      StatusIs(absl::StatusCode::kInternal,
               HasSubstr("2 actions wait for each other")));
}

// --- Lost outputs ------------------------------------------------------------

TEST_F(SchedulerTest, LostOutputsAreMadeAgainBeforeTheirConsumer) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  s.Found(a);
  ASSERT_EQ(s.Next(Lane::kCompute), Check(b));
  s.Missed(b);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(b));
  s.Lost(b, std::vector<ActionId>{a});
  EXPECT_EQ(s.state(b), ActionState::kWaiting);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(a)) << "the cache is not asked";
  EXPECT_EQ(s.Next(Lane::kCompute), std::nullopt);
  s.Succeeded(a);
  CheckAndRun(s, b);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, TwoConsumersWaitForTheSameSecondRun) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  const ActionId c = g_.Cat({"a"}, "c");
  Scheduler s = Make({b, c});
  CheckAndRun(s, a);
  for (ActionId id : {b, c}) {
    ASSERT_EQ(s.Next(Lane::kCompute), Check(id));
    s.Missed(id);
    ASSERT_EQ(s.Next(Lane::kCompute), Run(id));
  }
  s.Lost(b, std::vector<ActionId>{a});
  ASSERT_EQ(s.Next(Lane::kCompute), Run(a));
  s.Lost(c, std::vector<ActionId>{a});
  EXPECT_EQ(s.Next(Lane::kCompute), std::nullopt);
  s.Succeeded(a);
  CheckAndRun(s, b);
  CheckAndRun(s, c);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AFailedSecondRunSkipsWhoWaitsForIt) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  const ActionId c = g_.Cat({"b"}, "c");
  Scheduler s = Make({c}, true);
  CheckAndRun(s, a);
  ASSERT_EQ(s.Next(Lane::kCompute), Check(b));
  s.Missed(b);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(b));
  s.Lost(b, std::vector<ActionId>{a});
  ASSERT_EQ(s.Next(Lane::kCompute), Run(a));
  s.Failed(a);
  EXPECT_EQ(s.state(b), ActionState::kSkipped);
  EXPECT_EQ(s.state(c), ActionState::kSkipped);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AToleratedFailureLetsItsConsumersGoOn) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  ASSERT_EQ(s.Next(Lane::kCompute), Check(a));
  s.Missed(a);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(a));
  s.Tolerated(a);
  EXPECT_EQ(s.state(a), ActionState::kFailed);
  CheckAndRun(s, b);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, AToleratedSecondRunWakesWhoWaitsForIt) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  CheckAndRun(s, a);
  ASSERT_EQ(s.Next(Lane::kCompute), Check(b));
  s.Missed(b);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(b));
  s.Lost(b, std::vector<ActionId>{a});
  ASSERT_EQ(s.Next(Lane::kCompute), Run(a));
  s.Tolerated(a);
  CheckAndRun(s, b);
  EXPECT_TRUE(s.finished());
}

TEST_F(SchedulerTest, ALossAfterAStopIsSkipped) {
  const ActionId a = g_.Cat({"s"}, "a");
  const ActionId b = g_.Cat({"a"}, "b");
  Scheduler s = Make({b});
  CheckAndRun(s, a);
  ASSERT_EQ(s.Next(Lane::kCompute), Check(b));
  s.Missed(b);
  ASSERT_EQ(s.Next(Lane::kCompute), Run(b));
  s.Stop();
  s.Lost(b, std::vector<ActionId>{a});
  EXPECT_TRUE(s.finished());
}

// --- All at once -------------------------------------------------------------

// Whatever happens, in whatever order, it ends, and every action in a state
// that fits those of its producers.
TEST_F(SchedulerTest, EveryCourseOfEventsEnds) {
  for (int seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    GraphBuilder g;
    std::vector<ActionId> all;
    for (int i = 0; i < 40; ++i) {
      std::vector<std::string> in = {"s"};
      for (int k = 0; k < 3 && i > 0; ++k) {
        in.push_back(absl::StrCat("a", random() % i));
      }
      std::sort(in.begin(), in.end());
      in.erase(std::unique(in.begin(), in.end()), in.end());
      all.push_back(g.Cat(in, absl::StrCat("a", i)));
    }
    auto s = Scheduler::Create(g.graph, all, seed % 2 == 0);
    ASSERT_THAT(s, IsOk());
    std::vector<Work> busy;
    int losses = 0;
    while (!s->finished()) {
      std::optional<Work> work;
      if (busy.size() < 4) work = s->Next(Lane::kCompute);
      if (work.has_value()) busy.push_back(*work);
      if (work.has_value() && random() % 2 == 0) continue;
      ASSERT_FALSE(busy.empty()) << "stuck, seed " << seed;
      std::swap(busy[random() % busy.size()], busy.back());
      const Work done = busy.back();
      busy.pop_back();
      std::vector<ActionId> producers;
      for (ArtifactId input : g.graph.action(done.action).inputs) {
        const ActionId producer = g.graph.artifact(input).producer;
        if (producer != kNoAction) producers.push_back(producer);
      }
      const int what = random() % 50;
      if (what == 0) {
        s->Failed(done.action);
      } else if (done.kind == Work::Kind::kCheck) {
        what % 2 == 0 ? s->Found(done.action) : s->Missed(done.action);
      } else if (what < 10 && !producers.empty() && ++losses < 30) {
        s->Lost(done.action, producers);
      } else {
        s->Succeeded(done.action);
      }
    }
    EXPECT_TRUE(busy.empty());
    for (ActionId id : all) {
      EXPECT_THAT(s->state(id),
                  testing::AnyOf(ActionState::kDone, ActionState::kFailed,
                                 ActionState::kSkipped));
    }
  }
}

TEST_F(SchedulerTest, AHundredThousandActionsAreQuick) {
  std::vector<ActionId> all;
  for (int i = 0; i < 100'000; ++i) {
    std::vector<std::string> in = {"s"};
    if (i > 10) in.push_back(absl::StrCat("a", i - 7));
    if (i > 10) in.push_back(absl::StrCat("a", i / 2));
    all.push_back(g_.Add("x", in, {absl::StrCat("a", i)}));
  }
  Scheduler s = Make(all);
  int done = 0;
  while (std::optional<Work> work = s.Next(Lane::kCompute)) {
    if (work->kind == Work::Kind::kCheck) {
      s.Missed(work->action);
    } else {
      s.Succeeded(work->action);
      ++done;
    }
  }
  EXPECT_EQ(done, 100'000);
  EXPECT_TRUE(s.finished());
}

}  // namespace
}  // namespace graph
