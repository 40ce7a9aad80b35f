// SPDX-License-Identifier: Apache-2.0

#include "engine/query/output.h"

#include <gtest/gtest.h>

#include "tests/engine/query/small_graph.h"

namespace graph {
namespace {

std::vector<NodeId> AllOf(const QueryGraph& graph) {
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < graph.size(); ++i) nodes.push_back(NodeId{i});
  return nodes;
}

std::string Shown(QueryOutput output, const QueryGraph& graph) {
  return FormatQuery(output, graph, AllOf(graph));
}

QueryGraph OneTarget() {
  QueryGraph graph;
  QueryNode node;
  node.label = "//a:x";
  node.kind = "genrule rule";
  node.package = "//a";
  node.location = "a/BUILD.spec:3:1";
  node.attributes = {
      {"cmd", QueryAttribute::Type::kText, {"echo \"hi\""}},
      {"srcs", QueryAttribute::Type::kLabelList, {"//a:f.txt"}},
      {"tool", QueryAttribute::Type::kLabel, {}},
  };
  graph.Add(std::move(node));
  return graph;
}

TEST(FormatQuery, LabelIsOneALine) {
  EXPECT_EQ(Shown(QueryOutput::kLabel, SmallGraph("//a:x: //a:f.txt\n")),
            "//a:x\n//a:f.txt\n");
}

TEST(FormatQuery, LocationLeadsToTheLine) {
  EXPECT_EQ(Shown(QueryOutput::kLocation, OneTarget()),
            "a/BUILD.spec:3:1: genrule rule //a:x\n");
  EXPECT_EQ(Shown(QueryOutput::kLabelKind, OneTarget()),
            "genrule rule //a:x\n");
}

TEST(FormatQuery, JsonTellsAll) {
  EXPECT_EQ(Shown(QueryOutput::kJson, OneTarget()),
            "[\n"
            "  {\"label\": \"//a:x\", \"kind\": \"genrule rule\", "
            "\"package\": \"//a\", \"location\": \"a/BUILD.spec:3:1\", "
            "\"test\": false, \"attributes\": {\"cmd\": \"echo \\\"hi\\\"\", "
            "\"srcs\": [\"//a:f.txt\"], \"tool\": null}, \"deps\": []}\n"
            "]\n");
}

TEST(FormatQuery, NothingIsAnEmptyArray) {
  EXPECT_EQ(Shown(QueryOutput::kJson, QueryGraph()), "[]\n");
  EXPECT_EQ(Shown(QueryOutput::kTree, QueryGraph()), "");
}

TEST(FormatQuery, DotHasTheEdgesBetweenWhatIsShown) {
  const QueryGraph graph = SmallGraph("//a:x: //a:y //a:z\n//a:y: //a:z\n");
  const std::vector<NodeId> nodes = {*graph.Find("//a:x"),
                                     *graph.Find("//a:y")};
  EXPECT_EQ(FormatQuery(QueryOutput::kDot, graph, nodes),
            "digraph query {\n"
            "  node [shape=box];\n"
            "  \"//a:x\"\n"
            "  \"//a:y\"\n"
            "  \"//a:x\" -> \"//a:y\"\n"
            "}\n");
}

TEST(FormatQuery, TreeDrawsEachPartOnce) {
  EXPECT_EQ(Shown(QueryOutput::kTree, SmallGraph("//a:top: //a:l //a:r\n"
                                                 "//a:l: //a:base\n"
                                                 "//a:r: //a:base\n"
                                                 "//a:base: //a:f.txt\n"
                                                 "//a:alone:\n")),
            "//a:top\n"
            "├── //a:l\n"
            "│   └── //a:base\n"
            "│       └── //a:f.txt\n"
            "└── //a:r\n"
            "    └── //a:base (*)\n"
            "//a:alone\n");
}

TEST(FormatQuery, TreeEndsOnCycles) {
  EXPECT_EQ(
      Shown(QueryOutput::kTree, SmallGraph("//a:x: //a:y\n//a:y: //a:x\n")),
      "//a:x\n"
      "└── //a:y\n"
      "    └── //a:x (*)\n");
}

TEST(QueryOutputNamed, EveryNameIsFound) {
  for (absl::string_view name : QueryOutputNames()) {
    EXPECT_TRUE(QueryOutputNamed(name)) << name;
  }
  EXPECT_EQ(QueryOutputNamed("tree"), QueryOutput::kTree);
  EXPECT_EQ(QueryOutputNamed("xml"), std::nullopt);
}

}  // namespace
}  // namespace graph
