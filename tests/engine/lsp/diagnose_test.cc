// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/engine/lsp/lsp_fixture.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DiagnoseTest : public LspTest {};

TEST_F(DiagnoseTest, AGoodFileHasNothingAndIsNamed) {
  Open("app/BUILD.spec", "library(name = \"x\")\n");
  const auto findings = Diagnose(workspace());
  ASSERT_TRUE(findings.contains(file_));
  EXPECT_THAT(findings.at(file_), IsEmpty());
}

TEST_F(DiagnoseTest, SyntaxAndNames) {
  Open("app/BUILD.spec", "library(name = \"x\"\n");
  EXPECT_THAT(Mistakes(), Contains(HasSubstr("app/BUILD.spec:1")));
  Open("app/BUILD.spec", "a = b\nlibary(name = \"x\")\n");
  EXPECT_THAT(Mistakes(),
              ElementsAre(HasSubstr("app/BUILD.spec:1: the name `b`"),
                          AllOf(HasSubstr("app/BUILD.spec:2"),
                                HasSubstr("did you mean `library`?"))));
}

TEST_F(DiagnoseTest, AnEditThatIsKnownIsAFix) {
  Open("app/BUILD.spec", "libary(name = \"x\")\n");
  const auto findings = Diagnose(workspace());
  const Finding& finding = findings.at(file_).at(0);
  ASSERT_TRUE(finding.fix.has_value());
  EXPECT_EQ(finding.fix->text, "library");
  EXPECT_EQ(finding.fix->place.source->Text(finding.fix->place.extent),
            "libary");
}

TEST_F(DiagnoseTest, AttributesAndLabels) {
  Open("app/BUILD.spec",
       "library(name = \"x\", dep = [])\n"
       "library(name = \"y\", deps = [\"//a//b\"])\n"
       "library(name = \"z\", deps = [\":no\"])\n");
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("app/BUILD.spec:1"),
                                      HasSubstr("app/BUILD.spec:2"),
                                      HasSubstr("app/BUILD.spec:3")));
}

TEST_F(DiagnoseTest, TargetsOfOtherPackagesMustBeThere) {
  Write("lib/BUILD.spec", "library(name = \"a\")\n");
  Open("app/BUILD.spec",
       "library(\n    name = \"x\",\n    deps = [\n"
       "        \"//lib:b\"])\n");
  EXPECT_THAT(Mistakes(), ElementsAre(AllOf(HasSubstr("app/BUILD.spec:4"),
                                            HasSubstr("`b`"))));
  Open("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib:a\"])\n");
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("not visible")));
}

TEST_F(DiagnoseTest, ALoadOfAnUnknownName) {
  Write("lib/defs.spec", "macro = 1\n");
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"marco\")\n");
  EXPECT_THAT(Mistakes(), ElementsAre(AllOf(HasSubstr("app/BUILD.spec:1"),
                                            HasSubstr("marco"))));
  Open("app/BUILD.spec", "load(\"//lib:def.spec\", \"macro\")\n");
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("no file")));
}

TEST_F(DiagnoseTest, AMistakeInAModuleShowsThereAndAtTheLoad) {
  Write("lib/defs.spec", "def f():\n    return g\n");
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"f\")\n");
  EXPECT_THAT(Mistakes(),
              ElementsAre(HasSubstr("app/BUILD.spec:1: `//lib:defs.spec`"),
                          HasSubstr("lib/defs.spec:2")));
}

TEST_F(DiagnoseTest, OpenModulesWinOverTheDisk) {
  Write("lib/defs.spec", "a = 1\n");
  Open("lib/defs.spec", "b = 1\n");
  Open("app/BUILD.spec",
       "load(\"//lib:defs.spec\", \"b\")\nlibrary(name = str(b))\n");
  EXPECT_THAT(Mistakes(), IsEmpty());
  workspace().Close(Id("lib/defs.spec"));
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("app/BUILD.spec:1")));
}

TEST_F(DiagnoseTest, AFailureInAMacroShowsWhereItIsCalled) {
  Write("lib/defs.spec", "def f():\n    fail(\"no\")\n");
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"f\")\nf()\n");
  EXPECT_THAT(Mistakes(),
              Contains(AllOf(HasSubstr("app/BUILD.spec:2"), HasSubstr("no"))));
}

TEST_F(DiagnoseTest, AnEvaluationThatDoesNotEndIsGivenUp) {
  Open("x.spec",
       "def f():\n    for a in range(2000000000):\n        pass\nf()\n");
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("steps")));
}

TEST_F(DiagnoseTest, SettingsOfAWorkspace) {
  Open("WORKSPACE.spec", "workspace(nam = \"x\")\n");
  EXPECT_THAT(Mistakes(), ElementsAre(HasSubstr("WORKSPACE.spec:1")));
  Open("WORKSPACE.spec", "workspace(name = \"x\")\n");
  EXPECT_THAT(Mistakes(), IsEmpty());
}

TEST_F(DiagnoseTest, WarningsAreOfFilesWithoutMistakes) {
  Write("lib/defs.spec", "a = 1\n");
  Open("app/BUILD.spec", "load(\"//lib:defs.spec\", \"a\")\n");
  const auto findings = Diagnose(workspace());
  ASSERT_EQ(findings.at(file_).size(), 1u);
  EXPECT_TRUE(findings.at(file_)[0].warning);
  EXPECT_EQ(findings.at(file_)[0].check, "unused-load");
}

TEST_F(DiagnoseTest, WhatIsDeprecatedIsAWarningUnlessSilenced) {
  Write("lib/BUILD.spec",
        "library(name = \"old\", deprecation = \"use new\",\n"
        "    visibility = [\"//visibility:public\"])\n");
  Open("app/BUILD.spec",
       "library(name = \"a\", deps = [\"//lib:old\"])\n"
       "library(name = \"b\", deps = [\"//lib:old\"])"
       "  # check: disable=deprecated-target\n");
  const auto findings = Diagnose(workspace());
  ASSERT_EQ(findings.at(file_).size(), 1u);
  EXPECT_EQ(findings.at(file_)[0].check, "deprecated-target");
}

constexpr char kWithVersion[] = "library(name = locked(\"x\").version)\n";

TEST_F(DiagnoseTest, AVersionThatIsNotLockedIsAMistake) {
  Write("WORKSPACE.spec",
        "workspace(name = \"w\")\nversion(\"x\", git_tags(\"r\"))\n");
  Open("app/BUILD.spec", kWithVersion);
  EXPECT_THAT(Mistakes(), ElementsAre(AllOf(HasSubstr("app/BUILD.spec:1"),
                                            HasSubstr("graph lock update x"))));
}

TEST_F(DiagnoseTest, AVersionThatIsLockedIsNone) {
  Write("WORKSPACE.spec",
        "workspace(name = \"w\")\nversion(\"x\", git_tags(\"r\"))\n");
  Write("graph.lock",
        "format = 1\n\n[x]\nrequest.source = \"git_tags\"\n"
        "request.remote = \"r\"\nasked = \"2026-11-21\"\nversion = \"1\"\n");
  Open("app/BUILD.spec", kWithVersion);
  EXPECT_THAT(Mistakes(), IsEmpty());
}

TEST_F(DiagnoseTest, AFileOutsideOfTheWorkspaceIsCheckedAlone) {
  const FileId outside = *workspace().IdOf("file:///elsewhere/x.spec");
  EXPECT_TRUE(outside.outside());
  workspace().Open(outside, {"file:///elsewhere/x.spec", 1,
                             dsl::Source::Make("", "x = y\n")});
  const auto findings = Diagnose(workspace());
  ASSERT_EQ(findings.at(outside).size(), 1u);
  EXPECT_THAT(findings.at(outside)[0].message, HasSubstr("`y`"));
}

}  // namespace
}  // namespace graph
