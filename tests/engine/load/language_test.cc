// SPDX-License-Identifier: Apache-2.0
// The builtins of the build language, asked from within: each case is a module
// whose global `result` is a string.

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

class LanguageTest : public LoadTest {
 protected:
  // What the module's `result` is, or what is wrong with it.
  std::string Result(absl::string_view module) {
    std::string folder = absl::StrCat("case", ++cases_);
    Write(absl::StrCat(folder, "/defs.spec"), module);
    Write(absl::StrCat(folder, "/BUILD.spec"),
          "load(\":defs.spec\", \"result\")\n"
          "filegroup(name = \"r\", tags = [result])\n");
    std::string problems = Problems(folder);
    if (!problems.empty()) return problems;
    return Find(absl::StrCat("//", folder, ":r")).tags()[0];
  }
  std::string Show(absl::string_view expression) {
    return Result(absl::StrCat("result = repr(", expression, ")"));
  }

 private:
  int cases_ = 0;
};

TEST_F(LanguageTest, LabelsHaveParts) {
  EXPECT_EQ(Show("Label(\"//a/b:c\")"), "Label(\"//a/b:c\")");
  EXPECT_EQ(Show("[Label(\"//a/b:c\").name, Label(\"//a/b:c\").package]"),
            "[\"c\", \"a/b\"]");
  EXPECT_EQ(Show("[Label(\"@rules//x:y\").repo_name,"
                 " Label(\"@rules//x:y\").workspace_root]"),
            "[\"rules\", \"external/rules\"]");
  EXPECT_EQ(Show("Label(\"//a:b\").workspace_root"), "\"\"");
}

TEST_F(LanguageTest, LabelsLeadToOthers) {
  EXPECT_EQ(Show("Label(\"@rules//a:b\").relative(\":c\")"),
            "Label(\"@rules//a:c\")");
  EXPECT_EQ(Show("Label(\"//a:b\").same_package_label(\"c\")"),
            "Label(\"//a:c\")");
  EXPECT_THAT(Show("Label(\"//a:b\").relative(\"../c\")"),
              HasSubstr("`..` leaves the package"));
  EXPECT_THAT(Show("Label(\"//a:b\").nam"), HasSubstr("did you mean `name`"));
}

TEST_F(LanguageTest, EqualLabelsAreOneKey) {
  EXPECT_EQ(Show("len({Label(l): 1 for l in "
                 "[\"//a:b\", \"//a:b\", \"//a:c\"]})"),
            "2");
  EXPECT_EQ(Show("Label(\"//a:b\") == \"//a:b\""), "False");
  EXPECT_EQ(Show("Label(Label(\"//a:b\"))"), "Label(\"//a:b\")");
}

TEST_F(LanguageTest, SelectsShowTheirParts) {
  EXPECT_EQ(Show("[\"a\"] + select({\":x\": [\"b\"]}) + [\"c\"]"),
            "[\"a\"] + select({\":x\": [\"b\"]}) + [\"c\"]");
  EXPECT_EQ(Show("type(select({\":x\": {}}) | {\"a\": 1})"), "\"select\"");
}

TEST_F(LanguageTest, SelectsDoNotGoWithOtherOperators) {
  EXPECT_THAT(Show("select({\":x\": [1]}) - [1]"), HasSubstr("error: "));
  EXPECT_THAT(Show("select({\":x\": 1}) + 1"), HasSubstr("error: "));
  EXPECT_THAT(Show("select({\":x\": select({\":y\": 1})})"),
              HasSubstr("select() cannot stand inside select()"));
}

TEST_F(LanguageTest, AttributesAndRulesShowWhatTheyAre) {
  EXPECT_EQ(Show("attr.label_list()"), "<attr.label_list>");
  EXPECT_EQ(Result("def f(ctx):\n    pass\n"
                   "r = rule(implementation = f)\nresult = repr(r)"),
            "<rule>");
  EXPECT_EQ(Show("type(native)"), "\"native\"");
  EXPECT_EQ(Show("type(Label(\"//a:b\"))"), "\"Label\"");
  EXPECT_EQ(Show("type(Label)"), "\"builtin_function_or_method\"");
}

TEST_F(LanguageTest, TheStrOfALabelIsItsTextAndReadsBack) {
  EXPECT_EQ(Show("str(Label(\"//a\"))"), "\"//a:a\"");
  EXPECT_EQ(Show("str(Label(\"@rules//a:b\"))"), "\"@rules//a:b\"");
  EXPECT_EQ(Show("\"{} %s\".format(Label(\"//a:b\")) % Label(\"//c\")"),
            "\"//a:b //c:c\"");
  EXPECT_EQ(Show("f\"{Label('//a:b')}\""), "\"//a:b\"");
  EXPECT_EQ(Show("f\"{Label('//a:b')!r}\""), R"x("Label(\"//a:b\")")x");
  EXPECT_EQ(Show("str([Label(\"//a:b\")])"), R"x("[Label(\"//a:b\")]")x");
  EXPECT_EQ(Show("Label(str(Label(\"//a:b\"))) == Label(\"//a:b\")"), "True");
}

TEST_F(LanguageTest, LabelIsATypeInAnnotations) {
  EXPECT_EQ(Result("def f(x: Label | None = None) -> str:\n"
                   "    return str(x)\n"
                   "result = f(Label(\"//a:b\"))"),
            "//a:b");
  EXPECT_THAT(Result("def f(x: Label):\n    return x\n"
                     "y = \"//a:b\"\nresult = f(y)"),
              HasSubstr("parameter `x` wants Label, not \"//a:b\""));
}

TEST_F(LanguageTest, NativeHasRulesAndFunctions) {
  EXPECT_EQ(Show("[hasattr(native, n) for n in [\"glob\", \"genrule\", "
                 "\"config_setting\", \"_impl\", \"none\"]]"),
            "[True, True, True, False, False]");
}

TEST_F(LanguageTest, BuildFilesDoNotKnowTheWordsOfModules) {
  for (std::string name : {"rule", "attr", "native"}) {
    Write(absl::StrCat(name, "/BUILD.spec"), absl::StrCat("x = ", name));
    EXPECT_THAT(Problems(name), HasSubstr(absl::StrCat("`", name, "`")));
  }
}

TEST_F(LanguageTest, ModulesDoNotKnowTheWordsOfBuildFiles) {
  EXPECT_THAT(Show("glob"), HasSubstr("`glob`"));
  EXPECT_THAT(Show("genrule"), HasSubstr("`genrule`"));
}

TEST_F(LanguageTest, RuleMayNotBeCalledFromAModule) {
  EXPECT_THAT(Result("native.filegroup(name = \"x\")\nresult = \"\""),
              HasSubstr("filegroup() can be called only while a BUILD.spec is "
                        "loaded"));
}

TEST_F(LanguageTest, RuleWithoutANameMayNotBeCalled) {
  Write("lib/defs.spec", R"(def f(ctx):
    pass
rules = [rule(implementation = f)]
)");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "rules")
[r(name = "x") for r in rules])");
  EXPECT_THAT(Problems("app"), HasSubstr("a rule must be bound to a global "
                                         "name of its module"));
}

TEST_F(LanguageTest, RuleKeepsItsNameUnderAnother) {
  Write("lib/one.spec",
        "def f(ctx):\n    pass\none = rule(implementation = f)");
  Write("lib/two.spec", "load(\":one.spec\", \"one\")\ntwo = one");
  Write("app/BUILD.spec",
        "load(\"//lib:two.spec\", \"two\")\ntwo(name = \"x\")");
  ASSERT_EQ(Problems("app"), "");
  EXPECT_EQ(Find("//app:x").rule().name(), "one");
}

TEST_F(LanguageTest, RuleTakesNoPositionalArguments) {
  Write("app/BUILD.spec", R"(filegroup("x"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:1: error: `filegroup` takes its attributes by name
  1 | filegroup("x")
    | ^^^^^^^^^
app/BUILD.spec:1:1: error: `filegroup` is missing its attribute `name`
  1 | filegroup("x")
    | ^^^^^^^^^
)");
}

TEST_F(LanguageTest, PackageComesFirstAndOnce) {
  Write("a/BUILD.spec", "filegroup(name = \"x\")\npackage()");
  EXPECT_THAT(Problems("a"),
              HasSubstr("package() must come before the first target"));
  Write("b/BUILD.spec", "package()\npackage()");
  EXPECT_THAT(Problems("b"), HasSubstr("package() is called a second time"));
  Write("c/BUILD.spec", "package(default_visibilty = [])");
  EXPECT_THAT(Problems("c"), HasSubstr("default_visibility"));
  Write("d/BUILD.spec", "package(default_visibility = [\"//x:y\"])");
  EXPECT_THAT(Problems("d"), HasSubstr("visibility `//x:y` is none of"));
}

TEST_F(LanguageTest, ExportedFilesMustBeThere) {
  Write("a/data.txt", "");
  Write("a/BUILD.spec", "exports_files([\"dta.txt\", \"//b:x\"])");
  EXPECT_EQ(Problems("a"), R"(
a/BUILD.spec:1:16: error: there is no file `dta.txt` in //a
  1 | exports_files(["dta.txt", "//b:x"])
    |                ^^^^^^^^^ did you mean `data.txt`?
a/BUILD.spec:1:27: error: `//b:x` is a file of another package
  1 | exports_files(["dta.txt", "//b:x"])
    |                           ^^^^^^^
)");
}

TEST_F(LanguageTest, WhatLoadingMustKnowIsNoSelect) {
  Write("a/BUILD.spec", R"(
filegroup(
    name = "x",
    testonly = select({"//c:d": True}),
    visibility = select({"//c:d": []}),
)
genrule(name = "g", outs = select({"//c:d": ["o"]}), cmd = "")
)");
  std::string problems = Problems("a");
  EXPECT_THAT(problems, HasSubstr("`testonly` cannot be a select()"));
  EXPECT_THAT(problems, HasSubstr("`visibility` cannot be a select()"));
  EXPECT_THAT(problems, HasSubstr("`outs` names outputs and cannot be a "
                                  "select()"));
}

TEST_F(LanguageTest, ConfigSettingIsKnownEverywhere) {
  Write("a/BUILD.spec", R"(
config_setting(name = "c", config = "debug", platform = "linux",
               values = {"opt": "1"})
)");
  ASSERT_EQ(Problems("a"), "");
  const Target& c = Find("//a:c");
  EXPECT_TRUE(c.rule().builtin());
  EXPECT_EQ(Get<StringDict>("//a:c", "values"), (StringDict{{"opt", "1"}}));
  EXPECT_TRUE(loader().RuleOf(c).implementation().is_none());
}

TEST_F(LanguageTest, OneRunShowsAllMistakes) {
  Write("a/BUILD.spec", R"(
filegroup(name = "x", src = [])
filegroup(name = "y", srcs = 1)
filegroup(name = "z", srcs = ["none"])
)");
  std::string problems = Problems("a");
  EXPECT_THAT(problems, HasSubstr("a/BUILD.spec:1:23"));
  EXPECT_THAT(problems, HasSubstr("a/BUILD.spec:2:30"));
  EXPECT_THAT(problems, HasSubstr("a/BUILD.spec:3:31"));
}

TEST_F(LanguageTest, ThreadsDoNotChangeWhatIsLoaded) {
  for (int i = 0; i < 30; ++i) {
    Write(absl::StrCat("p", i, "/BUILD.spec"),
          absl::StrCat("load(\"//lib:m", i % 7, ".spec\", \"m\")\n",
                       "[m(name = \"t%d\" % i) for i in range(20)]\n"));
  }
  for (int i = 0; i < 7; ++i) {
    Write(absl::StrCat("lib/m", i, ".spec"),
          absl::StrCat("def m(name):\n    native.filegroup(name = name, "
                       "tags = [\"m",
                       i, "\"])\n"));
  }
  auto load = [this](int threads) {
    LoaderOptions options;
    options.threads = threads;
    Loader loader(SourceTrees{{"", &workspace_}, {"rules", &rules_}},
                  dsl::Universe(), options);
    TargetPattern all = *TargetPattern::Parse("//...", {});
    std::vector<std::string> texts;
    const std::vector<Label> labels = *loader.Expand({&all, 1});
    for (const Label& label : labels) {
      const Target& target = **loader.FindTarget(label);
      texts.push_back(absl::StrCat(label.text(), target.tags()[0],
                                   target.macros()[0].function));
    }
    return texts;
  };
  std::vector<std::string> one = load(1);
  EXPECT_EQ(one.size(), 600);
  EXPECT_EQ(load(4), one);
}

}  // namespace
}  // namespace graph
