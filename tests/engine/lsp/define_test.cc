// SPDX-License-Identifier: Apache-2.0
// Definitions, references, hovers.

#include <gmock/gmock.h>

#include "tests/engine/lsp/lsp_fixture.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DefineTest : public LspTest {
 protected:
  DefineTest() {
    Write("lib/BUILD.spec",
          "load(\":defs.spec\", \"macro\")\n"
          "genrule(name = \"a\", outs = [\"a.txt\"], cmd = \"x\")\n"
          "macro(name = \"m\")\n");
    Write("lib/defs.spec",
          "\"\"\"Macros.\"\"\"\n"
          "def macro(name, size = 1):\n"
          "    \"\"\"Makes a file.\n\n    More.\n    \"\"\"\n"
          "    native.genrule(name = name, outs = [name + \".o\"],"
          " cmd = \"x\")\n"
          "LIMIT = 3\n");
    Write("lib/file.c", "");
  }
};

TEST_F(DefineTest, ALabelLeadsToItsCall) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:|a\"])\n");
  EXPECT_THAT(Definitions(),
              ElementsAre(HasSubstr("lib/BUILD.spec:2: genrule(name")));
}

TEST_F(DefineTest, ALabelOfAMacrosTargetLeadsToTheMacrosCall) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:|m\"])\n");
  EXPECT_THAT(Definitions(),
              ElementsAre(HasSubstr("lib/BUILD.spec:3: macro(name")));
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:|m.o\"])\n");
  EXPECT_THAT(Definitions(),
              ElementsAre(HasSubstr("lib/BUILD.spec:3: macro(name")));
}

TEST_F(DefineTest, AFileLeadsToItself) {
  Open("lib/BUILD.spec", "library(name = \"x\", srcs = [\"fi|le.c\"])\n");
  EXPECT_THAT(Definitions(), ElementsAre("lib/file.c"));
}

TEST_F(DefineTest, ALocationInACommandLeadsToItsTarget) {
  Open("lib/BUILD.spec",
       "library(name = \"a\")\n"
       "genrule(name = \"x\", outs = [\"o\"], cmd = \"$(location :|a)\")\n");
  EXPECT_THAT(Definitions(),
              ElementsAre(HasSubstr("lib/BUILD.spec:1: library")));
}

TEST_F(DefineTest, ALoadLeadsToTheModuleAndToTheName) {
  Open("app/BUILD.spec", "load(\"//lib:de|fs.spec\", \"macro\")\n");
  EXPECT_THAT(Definitions(), ElementsAre("lib/defs.spec"));
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", m = \"mac|ro\")\n");
  EXPECT_THAT(Definitions(), ElementsAre(HasSubstr("defs.spec:2: def macro")));
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", m = \"macro\")\n|m(1)\n");
  EXPECT_THAT(Definitions(), ElementsAre(HasSubstr("defs.spec:2: def macro")));
}

TEST_F(DefineTest, ALocalLeadsToWhereItIsBound) {
  Open("x.spec", "def f(a):\n    b = a\n    return [b + c for c in [|b]]\n");
  EXPECT_THAT(Definitions(), ElementsAre("x.spec:2:     b = a"));
  Open("x.spec", "def f(a):\n    return lambda: |a\n");
  EXPECT_THAT(Definitions(), ElementsAre("x.spec:1: def f(a):"));
}

TEST_F(DefineTest, ARuleLeadsToWhereItIsDefined) {
  Open("app/BUILD.spec",
       "gen|rule(name = \"x\", outs = [\"o\"], cmd = \"\")\n");
  EXPECT_THAT(Definitions(),
              ElementsAre("rules//core/defs.spec:5: genrule = rule("));
}

TEST_F(DefineTest, AnAttributeLeadsToItsDeclaration) {
  Open("app/BUILD.spec", "genrule(name = \"x\", sr|cs = [])\n");
  EXPECT_THAT(Definitions(),
              ElementsAre(HasSubstr("\"srcs\": attr.label_list")));
  Open("lib/BUILD.spec",
       "load(\":defs.spec\", \"macro\")\nmacro(name = \"x\", si|ze = 2)\n");
  EXPECT_THAT(Definitions(), ElementsAre(HasSubstr("def macro(name, size")));
}

TEST_F(DefineTest, WhatIsUnknownLeadsNowhere) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//no:|a\"])\n");
  EXPECT_THAT(Definitions(), IsEmpty());
  Open("app/BUILD.spec", "|");
  EXPECT_THAT(Definitions(), IsEmpty());
}

TEST_F(DefineTest, ReferencesOfATargetAreInAllFiles) {
  Write("z/BUILD.spec", "library(name = \"x\", deps = [\"//lib:a\"])\n");
  Open("lib/BUILD.spec",
       "library(name = \"|a\")\nlibrary(name = \"b\", deps = [\":a\"])\n");
  std::vector<std::string> shown;
  for (const Place& each : FindReferences(workspace(), file_, offset_, true)) {
    shown.push_back(Show(each));
  }
  EXPECT_THAT(shown, ElementsAre(HasSubstr("lib/BUILD.spec:1"),
                                 HasSubstr("lib/BUILD.spec:2"),
                                 HasSubstr("z/BUILD.spec:1")));
}

TEST_F(DefineTest, ReferencesOfANameAreThoseThatMeanTheSame) {
  Open("x.spec", "x = 1\ndef f(x):\n    return |x\ndef g():\n    return x\n");
  EXPECT_EQ(FindReferences(workspace(), file_, offset_, true).size(), 2u);
  EXPECT_EQ(FindReferences(workspace(), file_, offset_, false).size(), 1u);
}

TEST_F(DefineTest, HoverOfAFunctionIsItsSignatureAndDocstring) {
  Open("lib/BUILD.spec",
       "load(\":defs.spec\", \"macro\")\nmac|ro(name = \"x\")\n");
  EXPECT_THAT(HoverHere(), AllOf(HasSubstr("def macro(name, size = 1)"),
                                 HasSubstr("Makes a file.\n\nMore.")));
}

TEST_F(DefineTest, HoverOfARuleAndItsAttribute) {
  Open("lib/BUILD.spec", "gen|rule(name = \"x\")\n");
  EXPECT_THAT(HoverHere(), HasSubstr("Runs a command."));
  Open("lib/BUILD.spec", "genrule(name = \"x\", sr|cs = [])\n");
  EXPECT_THAT(HoverHere(), HasSubstr("What it reads."));
}

TEST_F(DefineTest, HoverOfABuiltin) {
  Open("x.spec", "x = le|n([])\n");
  EXPECT_THAT(HoverHere(), HasSubstr("len("));
  Open("x.spec", "x = \"a\".spl|it(\",\")\n");
  EXPECT_THAT(HoverHere(), HasSubstr("split("));
  Open("x.spec", "x = attr.label_li|st()\n");
  EXPECT_THAT(HoverHere(), HasSubstr("label_list("));
}

TEST_F(DefineTest, HoverOfALabelTellsKindAndPlace) {
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:|a\"])\n");
  EXPECT_THAT(HoverHere(),
              AllOf(HasSubstr("genrule rule"), HasSubstr("lib/BUILD.spec:2")));
}

}  // namespace
}  // namespace graph
