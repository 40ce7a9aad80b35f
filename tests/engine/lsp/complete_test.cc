// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/engine/lsp/lsp_fixture.h"

namespace graph {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class CompleteTest : public LspTest {
 protected:
  CompleteTest() {
    Write("lib/BUILD.spec",
          "genrule(name = \"a\", outs = [\"a.txt\"], cmd = \"x\")\n");
    Write("lib/deep/BUILD.spec", "");
    Write("lib/defs.spec",
          "def macro(name, size = 1, *args):\n    pass\n"
          "_hidden = 1\nLIMIT = 3\n");
    Write("app/one.c", "");
    Write("app/two.h", "");
    Write("app/sub/three.c", "");
    Write("app/inner/BUILD.spec", "");
  }
};

TEST_F(CompleteTest, AttributesThatMustBeGivenComeFirst) {
  Open("app/BUILD.spec", "genrule(\n    name = \"x\",\n    |\n)\n");
  Completions found = Complete(workspace(), file_, offset_);
  std::sort(found.items.begin(), found.items.end(),
            [](const Completion& a, const Completion& b) {
              return std::pair(a.rank, a.label) < std::pair(b.rank, b.label);
            });
  ASSERT_GE(found.items.size(), 4u);
  EXPECT_EQ(found.items[0].label, "cmd");
  EXPECT_EQ(found.items[0].insert, "cmd = ");
  EXPECT_EQ(found.items[0].detail, "string, mandatory");
  EXPECT_EQ(found.items[1].label, "outs");
  EXPECT_EQ(found.items[2].label, "mode");
  EXPECT_THAT(Labels(), Not(Contains("name")));
  EXPECT_THAT(Labels(), Not(Contains("_tool")));
  EXPECT_THAT(Labels(), Contains("visibility"));
}

TEST_F(CompleteTest, AttributesAreKnownInACallThatIsNotClosed) {
  Open("app/BUILD.spec", "genrule(\n    s|\n\nlibrary(name = \"y\")\n");
  EXPECT_THAT(Labels(), ElementsAre("srcs"));
}

TEST_F(CompleteTest, TheEqualSignIsNotWrittenTwice) {
  Open("app/BUILD.spec", "genrule(sr| = [])\n");
  const Completions found = Complete(workspace(), file_, offset_);
  ASSERT_EQ(found.items.size(), 1u);
  EXPECT_EQ(found.items[0].insert, "srcs");
}

TEST_F(CompleteTest, ParametersOfAMacro) {
  Open("app/BUILD.spec",
       "load(\"//lib:defs.spec\", \"macro\")\nmacro(name = \"x\", s|)\n");
  EXPECT_THAT(Labels(), Contains("size"));
  EXPECT_THAT(Labels(), Not(Contains("args")));
}

TEST_F(CompleteTest, LabelsGrowFolderByFolder) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//|\"])\n");
  EXPECT_THAT(Labels(), UnorderedElementsAre("//app", "//lib"));
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib|\"])\n");
  EXPECT_THAT(Labels(),
              UnorderedElementsAre("//lib", "//lib:a", "//lib:a.txt"));
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib/|\"])\n");
  EXPECT_THAT(Labels(), ElementsAre("//lib/deep"));
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:|\"])\n");
  EXPECT_THAT(Labels(), UnorderedElementsAre("//lib:a", "//lib:a.txt"));
}

TEST_F(CompleteTest, TargetsOfABrokenPackageAreKnown) {
  Open("app/BUILD.spec",
       "library(name = \"y\")\nlibrary(name = \"x\", deps = [\":|\n");
  EXPECT_THAT(Labels(), UnorderedElementsAre(":x", ":y"));
}

TEST_F(CompleteTest, OnlyFilesThatTheAttributeTakesAreOffered) {
  Open("app/BUILD.spec", "library(name = \"x\", srcs = [\"|\"])\n");
  EXPECT_THAT(Labels(), Contains("one.c"));
  EXPECT_THAT(Labels(), Contains("sub/"));
  EXPECT_THAT(Labels(), Not(Contains("two.h")));
  EXPECT_THAT(Labels(), Not(Contains("inner/")));
  Open("app/BUILD.spec", "library(name = \"x\", srcs = [\"sub/|\"])\n");
  EXPECT_THAT(Labels(), ElementsAre("sub/three.c"));
}

TEST_F(CompleteTest, TheWholeLabelIsReplaced) {
  Open("app/BUILD.spec", "library(deps = [\"//li|b:a\", \"b\"])\n");
  const Completions found = Complete(workspace(), file_, offset_);
  EXPECT_EQ(found.replace.source->Text(found.replace.extent), "//lib:a");
  Open("app/BUILD.spec", "library(deps = [\"//li|, x\n");
  const Completions open = Complete(workspace(), file_, offset_);
  EXPECT_EQ(open.replace.source->Text(open.replace.extent), "//li");
}

TEST_F(CompleteTest, ValuesOfAnAttribute) {
  Open("app/BUILD.spec", "genrule(name = \"x\", mode = \"|\")\n");
  EXPECT_THAT(Labels(), ElementsAre("fast", "slow"));
}

TEST_F(CompleteTest, LabelsInACommand) {
  Open("app/BUILD.spec",
       "genrule(name = \"x\", cmd = \"cat $(location //lib:|\")\n");
  EXPECT_THAT(Labels(), UnorderedElementsAre("//lib:a", "//lib:a.txt"));
  Open("app/BUILD.spec", "genrule(name = \"x\", cmd = \"cat |\")\n");
  EXPECT_THAT(Labels(), IsEmpty());
}

TEST_F(CompleteTest, ConditionsOfASelect) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = select({\"|\": []}))\n");
  EXPECT_THAT(Labels(), Contains("//conditions:default"));
  Open("app/BUILD.spec",
       "library(name = \"x\", deps = select({\":a\": [\"//lib:|\"]}))\n");
  EXPECT_THAT(Labels(), Contains("//lib:a"));
}

TEST_F(CompleteTest, Visibility) {
  Open("app/BUILD.spec", "library(name = \"x\", visibility = [\"//v|\"])\n");
  EXPECT_THAT(Labels(), Contains("//visibility:public"));
}

TEST_F(CompleteTest, Loads) {
  Open("app/BUILD.spec", "load(\"//lib|\")\n");
  EXPECT_THAT(Labels(), Contains("//lib:defs.spec"));
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"|\n");
  EXPECT_THAT(Labels(), ElementsAre("macro", "LIMIT"));
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"macro\", \"|\")\n");
  EXPECT_THAT(Labels(), ElementsAre("LIMIT"));
}

TEST_F(CompleteTest, NamesInScope) {
  Open("x.spec",
       "load(\"//lib:defs.spec\", \"macro\")\nlimit = 1\n"
       "def f(left):\n    local = 1\n    l|\n");
  EXPECT_THAT(Labels(), Contains("left"));
  EXPECT_THAT(Labels(), Contains("local"));
  EXPECT_THAT(Labels(), Contains("limit"));
  EXPECT_THAT(Labels(), Contains("len"));
  EXPECT_THAT(Labels(), Contains("lambda"));
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"macro\")\n|\n");
  EXPECT_THAT(Labels(), Contains("macro"));
  EXPECT_THAT(Labels(), Contains("genrule"));
  EXPECT_THAT(Labels(), Contains("glob"));
  EXPECT_THAT(Labels(), Not(Contains("rule")));
}

TEST_F(CompleteTest, Members) {
  Open("x.spec", "x = attr.label|\n");
  EXPECT_THAT(Labels(), Contains("label_list"));
  Open("x.spec", "def f():\n    native.gen|\n");
  EXPECT_THAT(Labels(), ElementsAre("genrule"));
  Open("x.spec", "x = \"\".spl|\n");
  EXPECT_THAT(Labels(), Contains("split"));
  Open("x.spec", "def f(ctx):\n    ctx.actions.|\n");
  EXPECT_THAT(Labels(), Contains("run_shell"));
  Open("x.spec", "x = json.enc|\n");
  EXPECT_THAT(Labels(), Contains("encode"));
}

TEST_F(CompleteTest, NothingInComments) {
  Open("x.spec", "# l|\n");
  EXPECT_THAT(Labels(), IsEmpty());
}

}  // namespace
}  // namespace graph
