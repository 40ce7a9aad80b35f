// SPDX-License-Identifier: Apache-2.0
// Modules: load(), rules and macros.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ModuleTest = LoadTest;

TEST_F(ModuleTest, RuleTakesTheNameOfItsGlobal) {
  Write("lib/defs.spec", R"(
def _impl(ctx):
    return []

wheel = rule(
    implementation = _impl,
    doc = "A wheel.",
    attrs = {
        "main": attr.label(mandatory = True, allow_single_file = [".py"]),
        "level": attr.int(default = 6, values = [1, 6, 9]),
        "_tool": attr.label(default = ":tool", executable = True, cfg = "exec"),
        "env": attr.string_dict(),
        "deps": attr.label_keyed_string_dict(),
        "groups": attr.string_list_dict(),
        "on": attr.bool(),
        "numbers": attr.int_list(),
    },
)
_hidden = rule(implementation = _impl)

def hidden(name):
    _hidden(name = name)
)");
  Write("app/m.py", "");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "wheel", "hidden")
wheel(
    name = "w",
    main = "m.py",
    env = {"B": "2", "A": "1"},
    deps = {"//x:y": "z"},
    groups = {"g": ["1", "2"]},
    on = True,
    numbers = [1, 2],
)
hidden(name = "h")
)");
  ASSERT_EQ(Problems("app"), "");
  const Target& wheel = Find("//app:w");
  EXPECT_EQ(wheel.rule().name(), "wheel");
  EXPECT_EQ(wheel.rule().defined_in(), "//lib:defs.spec");
  EXPECT_EQ(wheel.rule().doc(), "A wheel.");
  EXPECT_EQ(Find("//app:h").rule().name(), "_hidden");
  EXPECT_EQ(Get<Label>("//app:w", "main").text(), "//app:m.py");
  EXPECT_EQ(Get<int64_t>("//app:w", "level"), 6);
  EXPECT_EQ(Get<Label>("//app:w", "_tool").text(), "//lib:tool");
  EXPECT_EQ(Get<StringDict>("//app:w", "env"),
            (StringDict{{"B", "2"}, {"A", "1"}}));
  EXPECT_EQ(Get<LabelDict>("//app:w", "deps"),
            (LabelDict{{*Label::Parse("//x:y", {}), "z"}}));
  EXPECT_EQ(Get<StringListDict>("//app:w", "groups"),
            (StringListDict{{"g", {"1", "2"}}}));
  EXPECT_EQ(Get<bool>("//app:w", "on"), true);
  EXPECT_EQ(Get<IntList>("//app:w", "numbers"), (IntList{1, 2}));
  const AttributeSchema& main =
      wheel.rule().attributes()[*wheel.rule().Find("main")];
  EXPECT_TRUE(main.single_file);
  EXPECT_TRUE(main.files.Accepts("x.py"));
  EXPECT_FALSE(main.files.Accepts("x.c"));
  EXPECT_TRUE(loader().RuleOf(wheel).implementation().is_function());
}

TEST_F(ModuleTest, ProvidersOfAnAttributeAreChoices) {
  Write("lib/defs.spec", R"(
A = provider()
B = provider()
def _impl(ctx):
    return []
r = rule(
    implementation = _impl,
    attrs = {
        "one": attr.label_list(providers = [A, B]),
        "either": attr.label_list(providers = [[A], [B]]),
        "any": attr.label_list(),
    },
    provides = [A],
)
)");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "r")
r(name = "x"))");
  ASSERT_EQ(Problems("app"), "");
  const Target& x = Find("//app:x");
  const RuleFunction& rule = loader().RuleOf(x);
  EXPECT_EQ(rule.providers(*x.rule().Find("one")).size(), 1);
  EXPECT_EQ(rule.providers(*x.rule().Find("one"))[0].size(), 2);
  EXPECT_EQ(rule.providers(*x.rule().Find("either")).size(), 2);
  EXPECT_TRUE(rule.providers(*x.rule().Find("any")).empty());
  EXPECT_TRUE(rule.providers(*x.rule().Find("tags")).empty());
  EXPECT_EQ(rule.provides().size(), 1);
}

TEST_F(ModuleTest, MacroIsRemembered) {
  Write("lib/defs.spec", R"(def inner(name):
    native.filegroup(name = name + "_in", srcs = native.glob(["*.txt"]))

def outer(name):
    inner(name)
)");
  Write("app/a.txt", "");
  Write("app/BUILD.spec", R"(
load("//lib:defs.spec", "outer")

outer(name = "x")
)");
  ASSERT_EQ(Problems("app"), "");
  const Target& target = Find("//app:x_in");
  EXPECT_EQ(target.location.line, 3);
  ASSERT_EQ(target.macros().size(), 2);
  EXPECT_EQ(target.macros()[0].function, "outer");
  EXPECT_EQ(*target.macros()[0].file, "lib/defs.spec");
  EXPECT_EQ(target.macros()[0].location.line, 5);
  EXPECT_EQ(target.macros()[1].function, "inner");
  EXPECT_EQ(target.macros()[1].location.line, 2);
  EXPECT_THAT(GetLabels("//app:x_in", "srcs"), ElementsAre("//app:a.txt"));
}

TEST_F(ModuleTest, LabelIsRelativeToTheFileThatSaysIt) {
  Write("lib/defs.spec", R"(
HERE = Label(":here")
def macro(name):
    native.filegroup(
        name = name,
        srcs = [HERE, Label("//x:y"), HERE.relative("z"), ":mine"],
        tags = [HERE.name, HERE.package, str(HERE == Label("//lib:here"))],
    )
)");
  Write("app/mine", "");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "macro")
macro(name = "f"))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_THAT(GetLabels("//app:f", "srcs"),
              ElementsAre("//lib:here", "//x:y", "//lib:z", "//app:mine"));
  EXPECT_THAT(Find("//app:f").tags(), ElementsAre("here", "lib", "True"));
}

TEST_F(ModuleTest, RulesComeFromTheEmbeddedRepository) {
  rules_.Add("mip/defs.spec", R"(load(":private.spec", "impl")
mip_package = rule(implementation = impl)
)");
  rules_.Add("mip/private.spec", "def impl(ctx):\n    return []\n");
  Write("app/BUILD.spec", R"(load("@rules//mip:defs.spec", "mip_package")
mip_package(name = "p"))");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_EQ(Find("//app:p").rule().defined_in(), "@rules//mip:defs.spec");
}

TEST_F(ModuleTest, EachModuleIsEvaluatedOnce) {
  Write("lib/defs.spec", R"(print("evaluated")
x = 1)");
  for (std::string package : {"a", "b", "c"}) {
    Write(package + "/BUILD.spec", R"(load("//lib:defs.spec", "x"))");
  }
  threads_ = 4;
  TargetPattern all = *TargetPattern::Parse("//...", {});
  ASSERT_THAT(loader().Expand({&all, 1}), IsOk());
  EXPECT_EQ(printed_.size(), 1);
}

TEST_F(ModuleTest, ManyPackagesLoadInParallel) {
  threads_ = 4;
  for (int i = 0; i < 60; ++i) {
    std::string next = absl::StrCat("m", i + 1);
    Write(absl::StrCat("m", i, "/defs.spec"),
          i == 59 ? "x = 0"
                  : absl::StrCat("load(\"//", next, ":defs.spec\", y = \"x\")",
                                 "\nx = y + 1"));
    Write(absl::StrCat("m", i, "/BUILD.spec"),
          "load(\":defs.spec\", \"x\")\n"
          "filegroup(name = \"t\", tags = [str(x)])");
  }
  TargetPattern all = *TargetPattern::Parse("//...", {});
  absl::StatusOr<std::vector<Label>> labels = loader().Expand({&all, 1});
  ASSERT_THAT(labels, IsOk());
  EXPECT_EQ(labels->size(), 60);
  EXPECT_THAT(Find("//m0:t").tags(), ElementsAre("59"));
}

TEST_F(ModuleTest, DefaultInfoIsKnownToModules) {
  Write("lib/defs.spec", R"(x = DefaultInfo(files = depset([])))");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "x"))");
  EXPECT_EQ(Problems("app"), "");
  EXPECT_EQ(loader().default_info().name(), "DefaultInfo");
}

TEST_F(ModuleTest, PackageFunctionsNeedAPackage) {
  Write("lib/defs.spec", R"(x = native.glob(["*"]))");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "x"))");
  EXPECT_THAT(Problems("app"),
              HasSubstr("glob() can be called only while a BUILD.spec is "
                        "loaded: from it, or from a macro that it calls"));
}

}  // namespace
}  // namespace graph
