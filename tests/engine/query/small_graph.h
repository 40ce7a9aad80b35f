// SPDX-License-Identifier: Apache-2.0
// A graph to ask questions of, written as lines `label: dep dep`.

#ifndef GRAPH_TESTS_ENGINE_QUERY_SMALL_GRAPH_H_
#define GRAPH_TESTS_ENGINE_QUERY_SMALL_GRAPH_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/query/query_graph.h"

namespace graph {

// The part of `//pkg:name` before the colon.
inline std::string PackageOf(absl::string_view label) {
  return std::string(label.substr(0, label.find(':')));
}

// Labels that end in `.txt` are source files, others are genrules. What stands
// only behind a colon is a node too.
inline QueryGraph SmallGraph(absl::string_view lines) {
  QueryGraph graph;
  const auto node = [&graph](absl::string_view label) {
    if (auto known = graph.Find(label)) return *known;
    QueryNode made;
    made.label = std::string(label);
    made.package = PackageOf(label);
    made.kind = absl::string_view(label).substr(label.size() - 4) == ".txt"
                    ? "source file"
                    : "genrule rule";
    return graph.Add(std::move(made));
  };
  for (absl::string_view line :
       absl::StrSplit(lines, '\n', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(": ", 1));
    const NodeId from = node(absl::StripSuffix(parts.first, ":"));
    std::vector<NodeId> deps;
    for (absl::string_view dep :
         absl::StrSplit(parts.second, ' ', absl::SkipEmpty())) {
      deps.push_back(node(dep));
    }
    graph.SetDeps(from, std::move(deps));
  }
  return graph;
}

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_QUERY_SMALL_GRAPH_H_
