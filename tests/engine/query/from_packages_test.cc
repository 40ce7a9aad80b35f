// SPDX-License-Identifier: Apache-2.0

#include "engine/query/from_packages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/rule_class.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Label L(absl::string_view text) { return *Label::Parse(text, {}); }

AttributeSchema Schema(std::string name, AttributeType type) {
  AttributeSchema schema;
  schema.name = std::move(name);
  schema.type = type;
  schema.default_value = Attribute(EmptyValue(type));
  return schema;
}

// A rule with srcs, outs, cmd and a private tool.
const RuleClass* MakeJoiner() {
  std::vector<AttributeSchema> schemas = {
      Schema("srcs", AttributeType::kLabelList),
      Schema("outs", AttributeType::kOutputList),
      Schema("cmd", AttributeType::kString),
      Schema("_tool", AttributeType::kLabel)};
  schemas[3].default_value = Attribute(L("//tools:join"));
  return new RuleClass("joiner", "//tools:defs.spec",
                       RuleClass::Traits{.test = true}, std::move(schemas));
}

Target Rule(absl::string_view label) {
  static const RuleClass* const kJoiner = MakeJoiner();
  Target target;
  target.label = L(label);
  target.details = std::make_unique<Target::Details>();
  target.details->rule = kJoiner;
  target.location = {3, 1};
  return target;
}

Target File(absl::string_view label) {
  Target target;
  target.label = L(label);
  return target;
}

Package Named(absl::string_view path) {
  return Package({"", std::string(path)});
}

std::vector<std::string> DepsOf(const QueryGraph& graph,
                                absl::string_view label) {
  std::vector<std::string> labels;
  for (NodeId id : graph.deps(*graph.Find(label))) {
    labels.push_back(graph.node(id).label);
  }
  return labels;
}

class FromPackagesTest : public testing::Test {
 protected:
  FromPackagesTest() : app_(Named("app")), tools_(Named("tools")) {
    app_.Add(File("//app:a.txt"));
    tools_.Add(File("//tools:join"));
  }

  QueryGraph Convert() const {
    const std::vector<const Package*> packages = {&app_, &tools_};
    return GraphOfPackages(packages);
  }

  Package app_;
  Package tools_;
};

TEST_F(FromPackagesTest, ARuleTellsWhatWasSaid) {
  Target target = Rule("//app:x");
  target.details->settings.push_back(
      {0, Attribute(LabelList{L("//app:a.txt")})});
  target.details->settings.push_back({2, Attribute(std::string("cat"))});
  app_.Add(std::move(target));
  const QueryGraph graph = Convert();
  const QueryNode& node = graph.node(*graph.Find("//app:x"));
  EXPECT_EQ(node.kind, "joiner rule");
  EXPECT_EQ(node.package, "//app");
  EXPECT_EQ(node.build_file, "//app:BUILD.spec");
  EXPECT_EQ(node.location, "app/BUILD.spec:3:1");
  EXPECT_TRUE(node.is_test);
  ASSERT_NE(node.attribute("srcs"), nullptr);
  EXPECT_EQ(node.attribute("srcs")->ToString(), "[//app:a.txt]");
  EXPECT_TRUE(node.attribute("srcs")->has_labels());
  EXPECT_EQ(node.attribute("cmd")->ToString(), "cat");
  EXPECT_EQ(node.attribute("visibility")->ToString(), "[//visibility:private]");
}

TEST_F(FromPackagesTest, WhatWasNotSaidAndIsEmptyIsLeftOut) {
  app_.Add(Rule("//app:x"));
  const QueryGraph graph = Convert();
  const QueryNode& node = graph.node(*graph.Find("//app:x"));
  EXPECT_EQ(node.attribute("cmd"), nullptr);
  EXPECT_EQ(node.attribute("_tool"), nullptr);
  EXPECT_EQ(node.attribute("size")->ToString(), "medium");
}

TEST_F(FromPackagesTest, PrivateAttributesAreDependedOn) {
  app_.Add(Rule("//app:x"));
  EXPECT_THAT(DepsOf(Convert(), "//app:x"), ElementsAre("//tools:join"));
}

TEST_F(FromPackagesTest, EveryBranchAndItsConditionAreDependedOn) {
  tools_.Add(File("//tools:one"));
  tools_.Add(File("//tools:two"));
  tools_.Add(File("//tools:if"));
  AttributePart part;
  part.branches = {{L("//tools:if"), LabelList{L("//tools:one")}},
                   {Label(), LabelList{L("//tools:two")}}};
  Target target = Rule("//app:x");
  target.details->settings.push_back(
      {0, Attribute(std::vector<AttributePart>{part})});
  app_.Add(std::move(target));
  const QueryGraph graph = Convert();
  EXPECT_THAT(DepsOf(graph, "//app:x"),
              testing::UnorderedElementsAre("//tools:join", "//tools:one",
                                            "//tools:two", "//tools:if"));
  EXPECT_EQ(graph.node(*graph.Find("//app:x")).attribute("srcs")->ToString(),
            "[//tools:one, //tools:two]");
}

TEST_F(FromPackagesTest, AnOutputDependsOnItsRuleAndNotTheOtherWay) {
  Target rule = Rule("//app:x");
  rule.details->settings.push_back({1, Attribute(LabelList{L("//app:x.out")})});
  app_.Add(std::move(rule));
  Target output = File("//app:x.out");
  output.details = std::make_unique<Target::Details>();
  output.details->kind = Target::Kind::kOutputFile;
  output.details->generator = L("//app:x");
  app_.Add(std::move(output));
  const QueryGraph graph = Convert();
  EXPECT_THAT(DepsOf(graph, "//app:x.out"), ElementsAre("//app:x"));
  EXPECT_THAT(DepsOf(graph, "//app:x"), ElementsAre("//tools:join"));
  EXPECT_EQ(graph.node(*graph.Find("//app:x.out")).kind, "generated file");
}

TEST_F(FromPackagesTest, WhatIsNotLoadedHasNoNode) {
  Target target = Rule("//app:x");
  target.details->settings.push_back(
      {0, Attribute(LabelList{L("//elsewhere:y")})});
  app_.Add(std::move(target));
  const QueryGraph graph = Convert();
  EXPECT_EQ(graph.Find("//elsewhere:y"), std::nullopt);
  EXPECT_THAT(DepsOf(graph, "//app:x"), ElementsAre("//tools:join"));
}

TEST_F(FromPackagesTest, BuildFilesAndModulesAreSourceFiles) {
  app_.set_modules({L("//tools:defs.spec")});
  const QueryGraph graph = Convert();
  ASSERT_TRUE(graph.Find("//app:BUILD.spec").has_value());
  EXPECT_EQ(graph.node(*graph.Find("//app:BUILD.spec")).kind, "source file");
  ASSERT_TRUE(graph.Find("//tools:defs.spec").has_value());
  EXPECT_EQ(graph.node(*graph.Find("//tools:defs.spec")).package, "//tools");
  EXPECT_THAT(std::vector<std::string>(graph.modules("//app").begin(),
                                       graph.modules("//app").end()),
              ElementsAre("//tools:defs.spec"));
  EXPECT_THAT(graph.modules("//nowhere"), IsEmpty());
}

TEST_F(FromPackagesTest, MacrosAreShownOutermostFirst) {
  Target target = Rule("//app:x");
  const auto file = std::make_shared<const std::string>("app/defs.spec");
  target.details->macros = {{"outer", file, {9, 3}}, {"inner", file, {4, 5}}};
  app_.Add(std::move(target));
  const QueryGraph graph = Convert();
  EXPECT_THAT(
      graph.node(*graph.Find("//app:x")).macros,
      ElementsAre("outer (app/defs.spec:9:3)", "inner (app/defs.spec:4:5)"));
}

TEST(FromPackages, EmbeddedRepositoriesAreNamed) {
  Package core({"rules", "core"});
  core.Add(Rule("@rules//core:x"));
  const std::vector<const Package*> packages = {&core};
  const QueryGraph graph = GraphOfPackages(packages);
  const QueryNode& node = graph.node(*graph.Find("@rules//core:x"));
  EXPECT_EQ(node.package, "@rules//core");
  EXPECT_EQ(node.build_file, "@rules//core:BUILD.spec");
  EXPECT_EQ(node.location, "@rules//core/BUILD.spec:3:1");
}

TEST(FromPackages, TheRootPackageHasABuildFile) {
  Package root({"", ""});
  root.Add(Rule("//:x"));
  const std::vector<const Package*> packages = {&root};
  const QueryGraph graph = GraphOfPackages(packages);
  EXPECT_EQ(graph.node(*graph.Find("//:x")).build_file, "//:BUILD.spec");
  EXPECT_TRUE(graph.Find("//:BUILD.spec").has_value());
}

TEST(QueryAttribute, ListsAreMatchedInBrackets) {
  const QueryAttribute list{"tags", QueryAttribute::Type::kList, {"a", "b"}};
  const QueryAttribute text{"cmd", QueryAttribute::Type::kText, {"a"}};
  const QueryAttribute none{"tool", QueryAttribute::Type::kLabel, {}};
  EXPECT_EQ(list.ToString(), "[a, b]");
  EXPECT_EQ(text.ToString(), "a");
  EXPECT_EQ(none.ToString(), "");
}

}  // namespace
}  // namespace graph
