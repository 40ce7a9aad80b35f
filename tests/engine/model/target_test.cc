// SPDX-License-Identifier: Apache-2.0
#include "engine/model/target.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/configuration.h"
#include "engine/model/package.h"
#include "engine/model/rule_class.h"
#include "engine/model/visibility.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Strings = StringList;

Label L(absl::string_view text) { return *Label::Parse(text, {}); }

AttributeSchema Schema(absl::string_view name, AttributeType type) {
  AttributeSchema schema;
  schema.name = std::string(name);
  schema.type = type;
  schema.default_value = Attribute(EmptyValue(type));
  return schema;
}

std::unique_ptr<const RuleClass> Rule(RuleClass::Traits traits = {}) {
  return std::make_unique<const RuleClass>(
      "thing", "//defs:thing.spec", traits,
      std::vector<AttributeSchema>{Schema("srcs", AttributeType::kLabelList),
                                   Schema("cmd", AttributeType::kString)});
}

Target MakeTarget(absl::string_view label) {
  static const RuleClass* const kRule = Rule().release();
  Target target;
  target.label = L(label);
  target.details = std::make_unique<Target::Details>();
  target.details->rule = kRule;
  return target;
}

TEST(RuleClassTest, CommonAttributesFollowItsOwn) {
  std::unique_ptr<const RuleClass> rule = Rule();
  EXPECT_EQ(rule->Find("cmd"), 1);
  ASSERT_TRUE(rule->Find("tags").has_value());
  EXPECT_TRUE(rule->attributes()[*rule->Find("tags")].is_common);
  EXPECT_FALSE(rule->Find("args").has_value());
  EXPECT_FALSE(rule->Find("cmds").has_value());
}

TEST(RuleClassTest, TestsAreExecutableAndHaveASize) {
  std::unique_ptr<const RuleClass> rule = Rule({.test = true});
  EXPECT_TRUE(rule->executable());
  EXPECT_TRUE(rule->Find("args").has_value());
  EXPECT_TRUE(rule->Find("size").has_value());
}

TEST(RuleClassTest, OwnAttributeReplacesTheCommonOne) {
  AttributeSchema own = Schema("tags", AttributeType::kString);
  RuleClass rule("r", "//d:d.spec", {}, {own});
  EXPECT_EQ(rule.attributes()[*rule.Find("tags")].type, AttributeType::kString);
}

TEST(FileFilterTest, AcceptsItsSuffixes) {
  EXPECT_FALSE(FileFilter().Accepts("a.c"));
  EXPECT_TRUE((FileFilter{FileFilter::Kind::kAny, {}}).Accepts("a.c"));
  FileFilter c{FileFilter::Kind::kSuffixes, {".c", ".h"}};
  EXPECT_TRUE(c.Accepts("dir/a.h"));
  EXPECT_FALSE(c.Accepts("a.cc"));
}

TEST(TargetTest, UnsetAttributeIsTheDefault) {
  Target target = MakeTarget("//a:x");
  target.details->settings.push_back(
      {1, Attribute(AttributeValue(std::string("go")))});
  EXPECT_EQ(*target.attribute("cmd")->plain(),
            AttributeValue(std::string("go")));
  EXPECT_EQ(*target.attribute("srcs")->plain(), AttributeValue(LabelList()));
  EXPECT_TRUE(target.is_set(1));
  EXPECT_FALSE(target.is_set(0));
  EXPECT_EQ(target.attribute("none"), nullptr);
}

TEST(TargetTest, TagsAreThoseSaid) {
  Target target = MakeTarget("//a:x");
  EXPECT_TRUE(target.tags().empty());
  target.details->settings.push_back(
      {*target.rule().Find("tags"),
       Attribute(AttributeValue(Strings{"manual"}))});
  EXPECT_THAT(target.tags(), ElementsAre("manual"));
}

TEST(TargetTest, KindSaysWhatItIs) {
  Target target = MakeTarget("//a:x");
  EXPECT_EQ(target.kind_text(), "thing rule");
  target.details->kind = Target::Kind::kSourceFile;
  EXPECT_EQ(target.kind_text(), "source file");
  EXPECT_EQ(target.attribute("cmd"), nullptr);
  target.details->kind = Target::Kind::kOutputFile;
  EXPECT_EQ(target.kind_text(), "generated file");
}

TEST(TargetTest, APlainSourceFileHasNoDetails) {
  Target target;
  EXPECT_EQ(target.kind(), Target::Kind::kSourceFile);
  EXPECT_FALSE(target.testonly());
  EXPECT_TRUE(target.settings().empty());
  EXPECT_TRUE(target.macros().empty());
  EXPECT_TRUE(target.generator().empty());
  EXPECT_FALSE(target.visibility->is_public());
}

TEST(PackageTest, ItsFileIsInItsFolder) {
  EXPECT_EQ(Package({"", "a/b"}).build_file(), "a/b/BUILD.spec");
  EXPECT_EQ(Package({"rules", "core"}).build_file(), "core/BUILD.spec");
  EXPECT_EQ(Package({"", ""}).build_file(), "BUILD.spec");
}

TEST(PackageTest, NamesAreTakenOnce) {
  Package package({"", "a"});
  EXPECT_TRUE(package.Add(MakeTarget("//a:x")));
  EXPECT_FALSE(package.Add(MakeTarget("//a:x")));
  for (int i = 0; i < 100; ++i) {
    package.Add(MakeTarget("//a:t" + std::to_string(i)));
  }
  EXPECT_EQ(package.Find("x"), &package.targets()[0]);
  EXPECT_EQ(package.Find("t42")->label.text(), "//a:t42");
  EXPECT_EQ(package.Find("y"), nullptr);
  EXPECT_EQ(package.targets().size(), 101);
}

TEST(VisibilityTest, PrivateMeansItsOwnPackage) {
  Visibility none;
  EXPECT_TRUE(none.Allows({"", "a"}, {"", "a"}));
  EXPECT_FALSE(none.Allows({"", "a"}, {"", "a/b"}));
  EXPECT_THAT(none.ToStrings(), ElementsAre("//visibility:private"));
}

TEST(VisibilityTest, EntriesOpenPackages) {
  Visibility some =
      *Visibility::Parse({"//b:__pkg__", "//c:__subpackages__"}, {"", "a"});
  EXPECT_TRUE(some.Allows({"", "a"}, {"", "b"}));
  EXPECT_FALSE(some.Allows({"", "a"}, {"", "b/x"}));
  EXPECT_TRUE(some.Allows({"", "a"}, {"", "c/x"}));
  EXPECT_FALSE(some.Allows({"", "a"}, {"rules", "c"}));
  EXPECT_THAT(some.ToStrings(),
              ElementsAre("//b:__pkg__", "//c:__subpackages__"));
  Visibility all = *Visibility::Parse({"//visibility:public"}, {"", "a"});
  EXPECT_TRUE(all.Allows({"", "a"}, {"rules", "z"}));
  EXPECT_TRUE(all.is_public());
}

TEST(VisibilityTest, WrongEntryIsNamed) {
  EXPECT_THAT(Visibility::Parse({"//b:lib"}, {"", "a"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("visibility `//b:lib` is none of")));
  EXPECT_THAT(Visibility::Parse({"//visibility:private", "//b:__pkg__"}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("must stand alone")));
}

TEST(ConfigurationTest, ConditionHoldsIfAllOfItDoes) {
  Configuration linux_debug{.platform = "linux-x86_64",
                            .configs = {"debug"},
                            .values = {{"opt", "0"}}};
  EXPECT_EQ((Condition{.config = "debug"}).Match(linux_debug), 1);
  EXPECT_EQ((Condition{.config = "debug", .platform = "linux-x86_64"})
                .Match(linux_debug),
            2);
  EXPECT_EQ((Condition{.values = {{"opt", "0"}}}).Match(linux_debug), 1);
  EXPECT_EQ((Condition{.values = {{"opt", "1"}}}).Match(linux_debug),
            std::nullopt);
  EXPECT_EQ((Condition{.platform = "linux-arm64"}).Match(linux_debug),
            std::nullopt);
  EXPECT_EQ((Condition{.config = "release"}).Match(linux_debug), std::nullopt);
}

TEST(ConfigurationTest, ConditionIsReadFromItsTarget) {
  Target target = MakeTarget("//c:debug");
  const RuleClass setting(std::string(kConfigSetting), "",
                          RuleClass::Traits{.builtin = true},
                          std::vector<AttributeSchema>{
                              Schema("config", AttributeType::kString),
                              Schema("platform", AttributeType::kString),
                              Schema("values", AttributeType::kStringDict)});
  target.details->rule = &setting;
  target.details->settings.push_back(
      {0, Attribute(AttributeValue(std::string("debug")))});
  target.details->settings.push_back(
      {2, Attribute(AttributeValue(StringDict{{"opt", "0"}}))});
  Condition condition = ConditionOf(target);
  EXPECT_EQ(condition.config, "debug");
  EXPECT_EQ(condition.platform, "");
  EXPECT_EQ(condition.values, (StringDict{{"opt", "0"}}));
}

}  // namespace
}  // namespace graph
