// SPDX-License-Identifier: Apache-2.0
// What build files mean.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using PackageTest = LoadTest;

TEST_F(PackageTest, CallOfARuleDeclaresATarget) {
  Write("app/a.c", "");
  Write("app/BUILD.spec", R"(
genrule(
    name = "made",
    srcs = ["a.c", "//lib:x", ":other"],
    outs = ["made.o"],
    cmd = "cc $<",
    tags = ["slow"],
)
filegroup(name = "other")
)");
  ASSERT_EQ(Problems("app"), "");
  const Target& made = Find("//app:made");
  EXPECT_EQ(made.kind_text(), "genrule rule");
  EXPECT_THAT(GetLabels("//app:made", "srcs"),
              ElementsAre("//app:a.c", "//lib:x", "//app:other"));
  EXPECT_EQ(Get<PackedString>("//app:made", "cmd"), "cc $<");
  EXPECT_THAT(made.tags(), ElementsAre("slow"));
  EXPECT_EQ(made.location.line, 1);
  EXPECT_EQ(made.location.column, 1);
  EXPECT_THAT(made.macros(), IsEmpty());
  EXPECT_EQ(made.rule().defined_in(), "@rules//core:defs.spec");
}

TEST_F(PackageTest, OutputsAreTargetsOfTheirOwn) {
  Write("app/BUILD.spec", R"(
genrule(name = "g", outs = ["x.txt", "sub/y.txt"], cmd = "",
        visibility = ["//visibility:public"])
)");
  ASSERT_EQ(Problems("app"), "");
  const Target& out = Find("//app:sub/y.txt");
  EXPECT_EQ(out.kind(), Target::Kind::kOutputFile);
  EXPECT_EQ(out.generator().text(), "//app:g");
  EXPECT_TRUE(out.visibility->is_public());
}

TEST_F(PackageTest, NamedSourceFilesAreTargets) {
  Write("app/a.c", "");
  Write("app/unused.c", "");
  Write("app/BUILD.spec", R"(filegroup(name = "f", srcs = ["a.c"]))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_EQ(Find("//app:a.c").kind(), Target::Kind::kSourceFile);
  EXPECT_THAT(
      loader().FindTarget(*Label::Parse("//app:unused.c", {})),
      StatusIs(absl::StatusCode::kNotFound,
               "there is no target `unused.c` in //app; the file is there: "
               "say exports_files([\"unused.c\"]) in app/BUILD.spec"));
}

TEST_F(PackageTest, PackageSetsDefaults) {
  Write("app/a.txt", "");
  Write("app/BUILD.spec", R"(
package(default_visibility = ["//lib:__pkg__"], default_testonly = True)
filegroup(name = "a", srcs = ["a.txt"])
filegroup(name = "b", visibility = ["//visibility:private"], testonly = False)
)");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_THAT(Find("//app:a").visibility->ToStrings(),
              ElementsAre("//lib:__pkg__"));
  EXPECT_TRUE(Find("//app:a").testonly());
  EXPECT_THAT(Find("//app:b").visibility->ToStrings(),
              ElementsAre("//visibility:private"));
  EXPECT_FALSE(Find("//app:b").testonly());
  EXPECT_THAT(Find("//app:a.txt").visibility->ToStrings(),
              ElementsAre("//visibility:private"));
}

TEST_F(PackageTest, TestsAreTestonlyAndTakeArguments) {
  Write("app/t.sh", "");
  Write("app/BUILD.spec",
        R"(sh_test(name = "t", srcs = ["t.sh"], args = ["-v"], flaky = 1))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_TRUE(Find("//app:t").testonly());
  EXPECT_TRUE(Find("//app:t").rule().test());
  EXPECT_EQ(Get<StringList>("//app:t", "args"), StringList{"-v"});
  EXPECT_EQ(Get<bool>("//app:t", "flaky"), true);
  EXPECT_EQ(Get<PackedString>("//app:t", "size"), "medium");
}

TEST_F(PackageTest, GlobGivesFilesOfThePackage) {
  Write("app/b.c", "");
  Write("app/a.c", "");
  Write("app/test/t.c", "");
  Write("app/BUILD.spec", R"(
filegroup(name = "all", srcs = glob(["**/*.c"], exclude = ["test/**"]))
filegroup(name = "none", srcs = glob(["*.zip"], allow_empty = True))
)");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_THAT(GetLabels("//app:all", "srcs"),
              ElementsAre("//app:a.c", "//app:b.c"));
  EXPECT_THAT(GetLabels("//app:none", "srcs"), IsEmpty());
}

TEST_F(PackageTest, SelectStaysUndecided) {
  Write("app/BUILD.spec", R"(
config_setting(name = "debug", config = "debug")
genrule(
    name = "g",
    outs = ["o"],
    cmd = select({":debug": "-g", "//conditions:default": "-O2"}),
    tools = ["//t:a"] + select({":debug": ["//t:b"], "//c:x": None}) + ["//t:c"],
)
)");
  ASSERT_EQ(Problems("app"), "");
  const Target& g = Find("//app:g");
  ASSERT_EQ(g.attribute("cmd")->parts().size(), 1);
  const AttributePart& cmd = g.attribute("cmd")->parts()[0];
  EXPECT_EQ(cmd.branches[0].condition.text(), "//app:debug");
  EXPECT_EQ(cmd.branches[0].value, AttributeValue(std::string("-g")));
  EXPECT_TRUE(cmd.branches[1].condition.empty());
  std::span<const AttributePart> tools = g.attribute("tools")->parts();
  ASSERT_EQ(tools.size(), 3);
  EXPECT_FALSE(tools[0].is_select());
  EXPECT_TRUE(tools[1].is_select());
  EXPECT_EQ(tools[1].branches[1].value, std::nullopt);
  EXPECT_EQ(tools[2].plain,
            AttributeValue(LabelList{*Label::Parse("//t:c", {})}));
}

TEST_F(PackageTest, NoneMeansTheDefault) {
  Write("app/BUILD.spec", R"(filegroup(name = "f", srcs = None))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_TRUE(Find("//app:f").settings().empty());
}

TEST_F(PackageTest, ExportedFilesAreVisible) {
  Write("app/a.txt", "");
  Write("app/b.txt", "");
  Write("app/BUILD.spec", R"(
exports_files(["a.txt"])
exports_files(["b.txt"], visibility = ["//lib:__subpackages__"])
filegroup(name = "f", srcs = ["a.txt"])
)");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_TRUE(Find("//app:a.txt").visibility->is_public());
  EXPECT_THAT(Find("//app:b.txt").visibility->ToStrings(),
              ElementsAre("//lib:__subpackages__"));
}

TEST_F(PackageTest, ComprehensionsDeclareManyTargets) {
  Write("app/BUILD.spec",
        R"([filegroup(name = "t%d" % i, srcs = [":t%d" % (i + 1)])
 for i in range(100)]
filegroup(name = "t100")
)");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_EQ(loader().packages()[0]->package.targets().size(), 101);
  EXPECT_THAT(GetLabels("//app:t7", "srcs"), ElementsAre("//app:t8"));
}

TEST_F(PackageTest, EarlierTargetsCanBeAskedFor) {
  Write("app/BUILD.spec", R"(
filegroup(name = "a", tags = ["x"])
filegroup(
    name = "b",
    tags = sorted(existing_rules().keys()) + existing_rule("a")["tags"] +
           [str(existing_rule("none")), package_name(), repository_name()],
)
)");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_THAT(Find("//app:b").tags(),
              ElementsAre("a", "x", "None", "app", "@"));
}

TEST_F(PackageTest, PackageOfARepositoryIsFound) {
  rules_.Add("mip/BUILD.spec", R"(exports_files(["symbols.sh"]))");
  rules_.Add("mip/symbols.sh", "");
  EXPECT_EQ(Find("@rules//mip:symbols.sh").kind(), Target::Kind::kSourceFile);
}

TEST_F(PackageTest, LoadedPackageKnowsItsFiles) {
  Write("app/defs.spec", R"(load("//lib:more.spec", "x")
y = x)");
  Write("lib/more.spec", "x = 1");
  Write("app/BUILD.spec", R"(load(":defs.spec", "y")
filegroup(name = "f"))");
  ASSERT_EQ(Problems("app"), "");
  const Package& package = loader().packages()[0]->package;
  EXPECT_EQ(package.build_file(), "app/BUILD.spec");
  std::vector<std::string> modules;
  for (const Label& l : package.modules()) modules.push_back(l.ToString());
  EXPECT_THAT(modules, ElementsAre("//app:defs.spec", "//lib:more.spec"));
}

TEST_F(PackageTest, PrintSaysItsPlace) {
  Write("app/BUILD.spec", R"(print("hello", 1))");
  ASSERT_EQ(Problems("app"), "");
  ASSERT_EQ(printed_.size(), 1);
  EXPECT_THAT(printed_[0], testing::StartsWith("app/BUILD.spec:1:"));
  EXPECT_THAT(printed_[0], testing::EndsWith(": hello 1"));
}

TEST_F(PackageTest, WhatWasReadIsInTheLog) {
  Write("app/a.c", "");
  Write("app/defs.spec", "x = 1");
  Write("app/BUILD.spec", R"(load(":defs.spec", "x")
filegroup(name = "f", srcs = glob(["*.c"])))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_THAT(Problems("none"), testing::HasSubstr("no package"));
  ReadLog log = loader().read_log();
  EXPECT_THAT(log.files, ElementsAre(ReadLog::Item{"", "app/BUILD.spec"},
                                     ReadLog::Item{"", "app/defs.spec"},
                                     ReadLog::Item{"rules", "core/defs.spec"}));
  EXPECT_THAT(log.absent, ElementsAre(ReadLog::Item{"", "none/BUILD.spec"}));
  EXPECT_THAT(log.folders, testing::Contains(ReadLog::Item{"", "app"}));
}

}  // namespace
}  // namespace graph
