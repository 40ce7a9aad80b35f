// SPDX-License-Identifier: Apache-2.0

#include "engine/query/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/engine/query/small_graph.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;
using Code = absl::StatusCode;

// `//...` names all; anything else is one label.
PatternResolver LabelsIn(const QueryGraph& graph) {
  return [&graph](const std::string& pattern)
             -> absl::StatusOr<std::vector<std::string>> {
    std::vector<std::string> labels;
    if (graph.Find(pattern)) labels.push_back(pattern);
    for (uint32_t i = 0; pattern == "//..." && i < graph.size(); ++i) {
      labels.push_back(graph.node(NodeId{i}).label);
    }
    if (labels.empty()) return absl::NotFoundError("no target " + pattern);
    return labels;
  };
}

std::string Answer(const QueryGraph& graph, absl::string_view text) {
  auto expression = ParseExpression(text);
  if (!expression.ok()) return std::string(expression.status().message());
  auto nodes = Evaluate(**expression, text, graph, LabelsIn(graph));
  if (!nodes.ok()) return std::string(nodes.status().message());
  return absl::StrJoin(*nodes, " ", [&graph](std::string* out, NodeId id) {
    absl::StrAppend(out, graph.node(id).label);
  });
}

//     //a:top        //b:other
//      /   \            |
//  //a:left //a:right   |
//      \   /            |
//     //b:base ---------+
//        |
//     //b:f.txt
QueryGraph Diamond() {
  return SmallGraph(
      "//a:top: //a:left //a:right\n"
      "//a:left: //b:base\n"
      "//a:right: //b:base\n"
      "//b:other: //b:base\n"
      "//b:base: //b:f.txt\n");
}

TEST(Evaluate, DepsIncludesWhereItStarts) {
  EXPECT_EQ(Answer(Diamond(), "deps(//a:left)"), "//a:left //b:base //b:f.txt");
}

TEST(Evaluate, DepsStopsAtItsDepth) {
  EXPECT_EQ(Answer(Diamond(), "deps(//a:top, 0)"), "//a:top");
  EXPECT_EQ(Answer(Diamond(), "deps(//a:top, 1)"),
            "//a:left //a:right //a:top");
  EXPECT_EQ(Answer(Diamond(), "deps(//a:top, 99)"),
            "//a:left //a:right //a:top //b:base //b:f.txt");
}

TEST(Evaluate, RdepsStaysInsideItsUniverse) {
  EXPECT_EQ(Answer(Diamond(), "rdeps(//..., //b:base)"),
            "//a:left //a:right //a:top //b:base //b:other");
  EXPECT_EQ(Answer(Diamond(), "rdeps(//a:left, //b:base)"),
            "//a:left //b:base");
  EXPECT_EQ(Answer(Diamond(), "rdeps(//..., //b:base, 1)"),
            "//a:left //a:right //b:base //b:other");
  EXPECT_EQ(Answer(Diamond(), "rdeps(//a:left, //b:other)"), "");
}

TEST(Evaluate, AllPathsKeepsEveryWay) {
  EXPECT_EQ(Answer(Diamond(), "allpaths(//a:top, //b:base)"),
            "//a:left //a:right //a:top //b:base");
  EXPECT_EQ(Answer(Diamond(), "allpaths(//b:base, //a:top)"), "");
}

TEST(Evaluate, SomePathIsShortestAndInOrder) {
  EXPECT_EQ(Answer(Diamond(), "somepath(//a:top, //b:f.txt)"),
            "//a:top //a:left //b:base //b:f.txt");
  EXPECT_EQ(Answer(Diamond(), "somepath(//b:base, //a:top)"), "");
  EXPECT_EQ(Answer(Diamond(), "somepath(//a:top, //a:top)"), "//a:top");
}

TEST(Evaluate, SomePathInsideAnotherExpressionIsASet) {
  EXPECT_EQ(Answer(Diamond(), "somepath(//a:top, //b:base) + //a:left"),
            "//a:left //a:top //b:base");
}

TEST(Evaluate, KindAndFilterFindAnywhere) {
  EXPECT_EQ(Answer(Diamond(), "kind(source, //...)"), "//b:f.txt");
  EXPECT_EQ(Answer(Diamond(), "kind('^genrule rule$', deps(//b:base))"),
            "//b:base");
  EXPECT_EQ(Answer(Diamond(), "filter('t$', //...)"),
            "//a:left //a:right //b:f.txt");
  EXPECT_EQ(Answer(Diamond(), "filter('//(a|c):[lr]', //...)"),
            "//a:left //a:right");
}

TEST(Evaluate, SetOperationsGoFromLeftToRight) {
  EXPECT_EQ(Answer(Diamond(), "deps(//a:top) - deps(//b:other) + //b:base"),
            "//a:left //a:right //a:top //b:base");
  EXPECT_EQ(Answer(Diamond(), "deps(//a:left) ^ deps(//b:other)"),
            "//b:base //b:f.txt");
  EXPECT_EQ(Answer(Diamond(), "set(//a:top //a:top //b:other)"),
            "//a:top //b:other");
}

TEST(Evaluate, LetIsSeenInItsBodyOnly) {
  EXPECT_EQ(Answer(Diamond(), "let v = //b:base in deps($v) - $v"),
            "//b:f.txt");
  EXPECT_EQ(
      Answer(Diamond(), "let v = //b:base in (let v = //a:top in $v) + $v"),
      "//a:top //b:base");
  EXPECT_EQ(Answer(Diamond(), "(let v = //b:base in $v) + $v"),
            "query:1:28: error: no `let` binds `$v` here\n"
            "  1 | (let v = //b:base in $v) + $v\n"
            "    |                            ^^");
}

TEST(Evaluate, SiblingsAreAllOfThePackage) {
  EXPECT_EQ(Answer(Diamond(), "siblings(//b:other)"),
            "//b:base //b:f.txt //b:other");
}

TEST(Evaluate, AnUnknownTargetIsNotFound) {
  const QueryGraph graph = Diamond();
  auto expression = ParseExpression("deps(//nope)");
  ASSERT_THAT(expression, IsOk());
  EXPECT_THAT(Evaluate(**expression, "deps(//nope)", graph, LabelsIn(graph)),
              StatusIs(Code::kNotFound, "no target //nope"));
}

TEST(Evaluate, AWrongRegularExpressionIsPointedAt) {
  EXPECT_THAT(Answer(Diamond(), "kind('a(', //...)"),
              HasSubstr("query:1:6: error: not a regular expression: "));
}

TEST(Evaluate, ALongTextAndANestedRegexEndSoon) {
  QueryGraph graph;
  QueryNode node;
  node.label = "//a:a";
  node.attributes = {
      {"cmd", QueryAttribute::Type::kText, {std::string(1000000, 'a')}}};
  graph.Add(std::move(node));
  EXPECT_EQ(Answer(graph, "attr(cmd, '(a*)*b', //a:a)"), "");
}

TEST(Evaluate, AChainOfManyTargetsIsNoRecursion) {
  QueryGraph graph;
  constexpr uint32_t kLength = 100000;
  for (uint32_t i = 0; i < kLength; ++i) {
    QueryNode node;
    node.label = absl::StrCat("//p:", i);
    graph.Add(std::move(node));
    if (i > 0) graph.SetDeps(NodeId{i - 1}, {NodeId{i}});
  }
  auto nodes = Evaluate(**ParseExpression("allpaths(//p:0, //p:99999)"), "",
                        graph, LabelsIn(graph));
  ASSERT_THAT(nodes, IsOk());
  EXPECT_EQ(nodes->size(), kLength);
}

TEST(Evaluate, CyclesEnd) {
  const QueryGraph graph = SmallGraph("//a:x: //a:y\n//a:y: //a:x\n");
  EXPECT_EQ(Answer(graph, "deps(//a:x)"), "//a:x //a:y");
  EXPECT_EQ(Answer(graph, "rdeps(//a:x, //a:x)"), "//a:x //a:y");
}

// A package with two tests, a suite that names one, and a suite that names
// none, and what writes it.
QueryGraph Suites() {
  QueryGraph graph;
  const auto add = [&graph](std::string label, bool is_test,
                            std::vector<QueryAttribute> attributes) {
    QueryNode node;
    node.label = label;
    node.package = PackageOf(label);
    node.kind = is_test ? "sh_test rule" : "other rule";
    node.is_test = is_test;
    node.build_file = absl::StrCat(node.package, ":BUILD.spec");
    node.attributes = std::move(attributes);
    graph.Add(std::move(node));
  };
  using Type = QueryAttribute::Type;
  add("//t:one", true,
      {{"size", Type::kText, {"small"}},
       {"tags", Type::kList, {"slow", "net"}}});
  add("//t:two", true, {{"data", Type::kLabelList, {"//t:data"}}});
  add("//t:named", false, {{"tests", Type::kLabelList, {"//t:two"}}});
  add("//t:all", false, {{"tests", Type::kLabelList, {}}});
  add("//t:outer", false, {{"tests", Type::kLabelList, {"//t:named"}}});
  add("//t:data", false, {{"tests_of", Type::kText, {"x"}}});
  add("//t:BUILD.spec", false, {});
  add("//lib:defs.spec", false, {});
  graph.SetModules("//t", {"//lib:defs.spec"});
  return graph;
}

TEST(Evaluate, TestsOpensSuites) {
  EXPECT_EQ(Answer(Suites(), "tests(//t:outer)"), "//t:two");
  EXPECT_EQ(Answer(Suites(), "tests(//t:all)"), "//t:one //t:two");
  EXPECT_EQ(Answer(Suites(), "tests(//t:one + //t:data)"), "//t:one");
}

TEST(Evaluate, LabelsGivesWhatAnAttributeNames) {
  EXPECT_EQ(Answer(Suites(), "labels(data, //...)"), "//t:data");
  EXPECT_EQ(Answer(Suites(), "labels(size, //...)"), "");
}

TEST(Evaluate, AttrMatchesTextsAndLists) {
  EXPECT_EQ(Answer(Suites(), "attr(size, small, //...)"), "//t:one");
  EXPECT_EQ(Answer(Suites(), "attr(tags, '[[ ]net[],]', //...)"), "//t:one");
  EXPECT_EQ(Answer(Suites(), "attr(tags, 'ne[,\\]]', //...)"), "");
  EXPECT_EQ(Answer(Suites(), "attr(nothing, '', //...)"), "");
}

TEST(Evaluate, BuildFilesAreThePackageAndItsModules) {
  EXPECT_EQ(Answer(Suites(), "buildfiles(//t:one)"),
            "//lib:defs.spec //t:BUILD.spec");
}

}  // namespace
}  // namespace graph
