// SPDX-License-Identifier: Apache-2.0

#include "engine/query/reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr uint32_t kNodes = 24;

// Edges go anywhere, so there are cycles too.
QueryGraph RandomGraph(uint32_t seed) {
  std::mt19937 random(seed);
  QueryGraph graph;
  for (uint32_t i = 0; i < kNodes; ++i) {
    QueryNode node;
    node.label = "//p:" + std::to_string(i);
    graph.Add(std::move(node));
  }
  for (uint32_t i = 0; i < kNodes; ++i) {
    NodeSet deps;
    for (uint32_t n = random() % 4; n > 0; --n) {
      deps.push_back(NodeId{static_cast<uint32_t>(random() % kNodes)});
    }
    graph.SetDeps(NodeId{i}, deps);
  }
  return graph;
}

// distance[a][b]: how many edges from a to b, the slow way; -1: no way.
std::vector<std::vector<int>> Distances(const QueryGraph& graph) {
  std::vector<std::vector<int>> distance(kNodes, std::vector<int>(kNodes, -1));
  for (uint32_t a = 0; a < kNodes; ++a) {
    distance[a][a] = 0;
    for (uint32_t step = 0; step < kNodes; ++step) {
      for (uint32_t from = 0; from < kNodes; ++from) {
        if (distance[a][from] != static_cast<int>(step)) continue;
        for (NodeId to : graph.deps(NodeId{from})) {
          int& d = distance[a][to.index];
          if (d < 0) d = static_cast<int>(step) + 1;
        }
      }
    }
  }
  return distance;
}

NodeSet All() {
  NodeSet all;
  for (uint32_t i = 0; i < kNodes; ++i) all.push_back(NodeId{i});
  return all;
}

class RandomGraphs : public testing::TestWithParam<uint32_t> {
 protected:
  const QueryGraph graph_ = RandomGraph(GetParam());
  const std::vector<std::vector<int>> distance_ = Distances(graph_);
};

TEST_P(RandomGraphs, DependenciesAreWhatIsNearEnough) {
  for (int depth : {0, 1, 2, kAnyDepth}) {
    for (uint32_t a = 0; a < kNodes; ++a) {
      NodeSet expected;
      for (uint32_t b = 0; b < kNodes; ++b) {
        if (distance_[a][b] >= 0 && distance_[a][b] <= depth) {
          expected.push_back(NodeId{b});
        }
      }
      EXPECT_EQ(Dependencies(graph_, {NodeId{a}}, depth), expected);
    }
  }
}

TEST_P(RandomGraphs, DependentsAreTheOtherSide) {
  for (int depth : {0, 1, 2, kAnyDepth}) {
    for (uint32_t b = 0; b < kNodes; ++b) {
      NodeSet expected;
      for (uint32_t a = 0; a < kNodes; ++a) {
        if (distance_[a][b] >= 0 && distance_[a][b] <= depth) {
          expected.push_back(NodeId{a});
        }
      }
      EXPECT_EQ(Dependents(graph_, All(), {NodeId{b}}, depth), expected);
    }
  }
}

TEST_P(RandomGraphs, ShortestPathsAreWaysAndShortest) {
  for (uint32_t a = 0; a < kNodes; ++a) {
    for (uint32_t b = 0; b < kNodes; ++b) {
      const auto path = ShortestPath(graph_, {NodeId{a}}, {NodeId{b}});
      ASSERT_EQ(static_cast<int>(path.size()) - 1, distance_[a][b]);
      for (size_t i = 1; i < path.size(); ++i) {
        const auto deps = graph_.deps(path[i - 1]);
        EXPECT_NE(std::find(deps.begin(), deps.end(), path[i]), deps.end());
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGraphs, testing::Range(0u, 20u));

TEST(NodeSets, AreCombined) {
  const NodeSet a = {NodeId{1}, NodeId{2}, NodeId{3}};
  const NodeSet b = {NodeId{2}, NodeId{4}};
  EXPECT_THAT(Union(a, b),
              ElementsAre(NodeId{1}, NodeId{2}, NodeId{3}, NodeId{4}));
  EXPECT_THAT(Intersection(a, b), ElementsAre(NodeId{2}));
  EXPECT_THAT(Difference(a, b), ElementsAre(NodeId{1}, NodeId{3}));
  EXPECT_THAT(Intersection(a, {}), IsEmpty());
}

TEST(QueryGraph, AnEdgeCountsOnce) {
  QueryGraph graph = RandomGraph(1);
  graph.SetDeps(NodeId{0}, {NodeId{3}, NodeId{1}, NodeId{3}});
  EXPECT_THAT(graph.deps(NodeId{0}), ElementsAre(NodeId{1}, NodeId{3}));
}

TEST(QueryGraph, FindsByLabel) {
  const QueryGraph graph = RandomGraph(1);
  EXPECT_EQ(graph.Find("//p:7"), NodeId{7});
  EXPECT_EQ(graph.Find("//p:x"), std::nullopt);
  EXPECT_EQ(graph.size(), kNodes);
}

}  // namespace
}  // namespace graph
