// SPDX-License-Identifier: Apache-2.0

#include "engine/query/reach.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

namespace graph {
namespace {

// For each node, those of `universe` that depend on it: one array, and where
// each node's part of it begins.
class ReverseEdges {
 public:
  ReverseEdges(const QueryGraph& graph, const NodeSet& universe)
      : begin_(graph.size() + 2) {
    for (NodeId from : universe) {
      for (NodeId to : graph.deps(from)) ++begin_[to.index + 2];
    }
    for (size_t i = 2; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    // begin_[i + 1] is where i's part begins, and moves to its end.
    from_.resize(begin_.back());
    for (NodeId from : universe) {
      for (NodeId to : graph.deps(from)) from_[begin_[to.index + 1]++] = from;
    }
  }

  std::span<const NodeId> of(NodeId to) const {
    return std::span(from_).subspan(begin_[to.index],
                                    begin_[to.index + 1] - begin_[to.index]);
  }

 private:
  std::vector<uint32_t> begin_;
  std::vector<NodeId> from_;
};

// Breadth first, level by level. `next(node)` gives the nodes beyond an edge.
NodeSet Reach(size_t size, const NodeSet& from, int depth, const auto& next) {
  std::vector<bool> seen(size);
  for (NodeId id : from) seen[id.index] = true;
  NodeSet level = from;
  for (int d = 0; d < depth && !level.empty(); ++d) {
    NodeSet beyond;
    for (NodeId id : level) {
      for (NodeId other : next(id)) {
        if (seen[other.index]) continue;
        seen[other.index] = true;
        beyond.push_back(other);
      }
    }
    level = std::move(beyond);
  }
  NodeSet reached;
  for (uint32_t i = 0; i < size; ++i) {
    if (seen[i]) reached.push_back(NodeId{i});
  }
  return reached;
}

}  // namespace

NodeSet Union(const NodeSet& a, const NodeSet& b) {
  NodeSet result;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(),
                 std::back_inserter(result));
  return result;
}

NodeSet Intersection(const NodeSet& a, const NodeSet& b) {
  NodeSet result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(result));
  return result;
}

NodeSet Difference(const NodeSet& a, const NodeSet& b) {
  NodeSet result;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(),
                      std::back_inserter(result));
  return result;
}

NodeSet Dependencies(const QueryGraph& graph, const NodeSet& from, int depth) {
  return Reach(graph.size(), from, depth,
               [&graph](NodeId id) { return graph.deps(id); });
}

NodeSet Dependents(const QueryGraph& graph, const NodeSet& universe,
                   const NodeSet& to, int depth) {
  const ReverseEdges reverse(graph, universe);
  return Reach(graph.size(), Intersection(universe, to), depth,
               [&reverse](NodeId id) { return reverse.of(id); });
}

std::vector<NodeId> ShortestPath(const QueryGraph& graph, const NodeSet& from,
                                 const NodeSet& to) {
  constexpr uint32_t kUnseen = UINT32_MAX;
  std::vector<uint32_t> came_from(graph.size(), kUnseen);
  for (NodeId id : from) came_from[id.index] = id.index;
  std::vector<NodeId> queue = from;
  for (size_t at = 0; at < queue.size(); ++at) {
    NodeId id = queue[at];
    if (std::binary_search(to.begin(), to.end(), id)) {
      std::vector<NodeId> path = {id};
      while (came_from[id.index] != id.index) {
        id = NodeId{came_from[id.index]};
        path.push_back(id);
      }
      std::reverse(path.begin(), path.end());
      return path;
    }
    for (NodeId other : graph.deps(id)) {
      if (came_from[other.index] != kUnseen) continue;
      came_from[other.index] = id.index;
      queue.push_back(other);
    }
  }
  return {};
}

}  // namespace graph
