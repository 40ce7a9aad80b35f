// SPDX-License-Identifier: Apache-2.0
// What people are told of their mistakes, as they see it.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::HasSubstr;
using DiagnosticsTest = LoadTest;

TEST_F(DiagnosticsTest, UnknownRule) {
  Write("app/BUILD.spec", R"(genrul(name = "x"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:1: error: the name `genrul` is not defined
  1 | genrul(name = "x")
    | ^^^^^^ did you mean `genrule`?
)");
}

TEST_F(DiagnosticsTest, UnknownAttribute) {
  Write("app/BUILD.spec", R"(
filegroup(
    name = "x",
    scrs = [],
)
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:3:5: error: `filegroup` has no attribute `scrs`
  3 |     scrs = [],
    |     ^^^^ did you mean `srcs`?
)");
}

TEST_F(DiagnosticsTest, WrongType) {
  Write("app/BUILD.spec", R"(filegroup(name = "x", srcs = "a.c"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:30: error: `srcs` of `filegroup` wants a list of labels, got a string "a.c"
  1 | filegroup(name = "x", srcs = "a.c")
    |                              ^^^^^ write ["a.c"]
)");
}

TEST_F(DiagnosticsTest, WrongTypeOfAnElement) {
  Write("app/BUILD.spec", R"(filegroup(name = "x", tags = ["a", 1]))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:30: error: `tags` of `filegroup` wants a list of strings, got an int 1 as element 1
  1 | filegroup(name = "x", tags = ["a", 1])
    |                              ^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, ValueThatIsNotAmongThoseAllowed) {
  Write("app/BUILD.spec", R"(sh_test(name = "t", size = "smal"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:28: error: `size` of `sh_test` wants one of `small`, `medium`, `large`, `enormous`; got `smal`
  1 | sh_test(name = "t", size = "smal")
    |                            ^^^^^^ did you mean `small`?
)");
}

TEST_F(DiagnosticsTest, MissingAttributes) {
  Write("app/BUILD.spec", R"(
genrule(name = "g", outs = ["o"])
filegroup()
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:1: error: `genrule` is missing its attribute `cmd`
  1 | genrule(name = "g", outs = ["o"])
    | ^^^^^^^
app/BUILD.spec:2:1: error: `filegroup` is missing its attribute `name`
  2 | filegroup()
    | ^^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, EmptyListWhereItMustNotBe) {
  Write("app/BUILD.spec", R"(genrule(name = "g", outs = [], cmd = ""))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:28: error: `outs` of `genrule` may not be empty
  1 | genrule(name = "g", outs = [], cmd = "")
    |                            ^^
)");
}

TEST_F(DiagnosticsTest, MissingFileOrTarget) {
  Write("app/main.c", "");
  Write("app/BUILD.spec", R"(
filegroup(
    name = "x",
    srcs = [
        "main.c",
        "man.c",
    ],
)
filegroup(name = "y", srcs = [":z", ":x"])
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:5:9: error: there is no target or file `man.c` in //app
  5 |         "man.c",
    |         ^^^^^^^ did you mean `main.c`?
app/BUILD.spec:8:31: error: there is no target or file `z` in //app
  8 | filegroup(name = "y", srcs = [":z", ":x"])
    |                               ^^^^ did you mean `x`?
)");
}

TEST_F(DiagnosticsTest, AMissingFileIsToldOfWhereverItIsNamed) {
  Write("app/BUILD.spec", R"(filegroup(name = "x", srcs = ["no.c"])
filegroup(name = "y", srcs = ["no.c"]))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:31: error: there is no target or file `no.c` in //app
  1 | filegroup(name = "x", srcs = ["no.c"])
    |                               ^^^^^^
app/BUILD.spec:2:31: error: there is no target or file `no.c` in //app
  2 | filegroup(name = "y", srcs = ["no.c"])
    |                               ^^^^^^
)");
}

TEST_F(DiagnosticsTest, FolderAsASource) {
  Write("app/data/a.txt", "");
  Write("app/BUILD.spec", R"(filegroup(name = "x", srcs = ["data"]))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:31: error: `data` is a folder, not a file
  1 | filegroup(name = "x", srcs = ["data"])
    |                               ^^^^^^ write glob(["data/**"])
)");
}

TEST_F(DiagnosticsTest, FileOfAPackageBelow) {
  Write("app/sub/BUILD.spec", "");
  Write("app/sub/a.txt", "");
  Write("app/BUILD.spec", R"(filegroup(name = "x", srcs = ["sub/a.txt"]))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:31: error: `sub/a.txt` belongs to another package, //app/sub
  1 | filegroup(name = "x", srcs = ["sub/a.txt"])
    |                               ^^^^^^^^^^^ write `//app/sub:a.txt`
)");
}

TEST_F(DiagnosticsTest, LabelThatLeavesTheWorkspace) {
  Write("app/BUILD.spec",
        R"(filegroup(name = "x", srcs = ["../y", "//a:b:c"]))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:31: error: `srcs` of `filegroup` has a bad label `../y`: `..` leaves the package
  1 | filegroup(name = "x", srcs = ["../y", "//a:b:c"])
    |                               ^^^^^^
)");
}

TEST_F(DiagnosticsTest, BadName) {
  Write("app/BUILD.spec", R"(filegroup(name = "a:b"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:18: error: bad name `a:b`: it has a `:` too many
  1 | filegroup(name = "a:b")
    |                  ^^^^^
)");
}

TEST_F(DiagnosticsTest, DuplicateName) {
  Write("app/BUILD.spec", R"(
filegroup(name = "x")

genrule(name = "y", outs = ["x"], cmd = "")
filegroup(name = "y")
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:3:29: error: `//app:x` is declared twice
  3 | genrule(name = "y", outs = ["x"], cmd = "")
    |                             ^^^
note: it is first declared, as a filegroup rule, at app/BUILD.spec:1:1
app/BUILD.spec:4:18: error: `//app:y` is declared twice
  4 | filegroup(name = "y")
    |                  ^^^
note: it is first declared, as a genrule rule, at app/BUILD.spec:3:1
)");
}

TEST_F(DiagnosticsTest, OutputOfAnotherPackage) {
  Write("app/BUILD.spec",
        R"(genrule(name = "g", outs = ["//lib:o"], cmd = ""))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:29: error: `outs` of `genrule` names an output of another package: `//lib:o`
  1 | genrule(name = "g", outs = ["//lib:o"], cmd = "")
    |                             ^^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, BadGlob) {
  Write("app/BUILD.spec", R"(filegroup(name = "x", srcs = glob(["*.c"])))");
  EXPECT_THAT(Problems("app"),
              HasSubstr("error: glob pattern `*.c` matches nothing; if that "
                        "is meant, say `allow_empty = True`\n  1 | "));
}

TEST_F(DiagnosticsTest, BadVisibility) {
  Write("app/BUILD.spec",
        R"(filegroup(name = "x", visibility = ["//visibility:pubic"]))");
  EXPECT_THAT(Problems("app"), HasSubstr("visibility `//visibility:pubic` is "
                                         "none of"));
}

TEST_F(DiagnosticsTest, PrivateAttribute) {
  Write("lib/defs.spec", R"(
def _impl(ctx):
    return []
r = rule(implementation = _impl, attrs = {"_x": attr.string()})
)");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "r")
r(name = "x", _x = "y"))");
  EXPECT_THAT(Problems("app"), HasSubstr("app/BUILD.spec:2:20: error: `_x` of "
                                         "`r` is private to the rule"));
}

TEST_F(DiagnosticsTest, MistakeInAMacroTellsTheWay) {
  Write("lib/defs.spec", R"(def macro(name, srcs):
    native.filegroup(name = name, srcs = srcs)
)");
  Write("app/BUILD.spec", R"(
load("//lib:defs.spec", "macro")

macro(name = "x", srcs = ["none.c"])
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:3:27: error: there is no target or file `none.c` in //app
  3 | macro(name = "x", srcs = ["none.c"])
    |                           ^^^^^^^^
note: in the macro `macro`, at lib/defs.spec:2:12
)");
}

TEST_F(DiagnosticsTest, MissingModule) {
  Write("lib/defs.spec", "x = 1");
  Write("app/BUILD.spec", R"(load("//lib:def.spec", "x"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:6: error: there is no file `//lib:def.spec`
  1 | load("//lib:def.spec", "x")
    |      ^^^^^^^^^^^^^^^^ did you mean `defs.spec`?
)");
}

TEST_F(DiagnosticsTest, MissingRepository) {
  Write("app/BUILD.spec", R"(load("@rule//mip:defs.spec", "x"))");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:6: error: no repository `@rule`
  1 | load("@rule//mip:defs.spec", "x")
    |      ^^^^^^^^^^^^^^^^^^^^^^ did you mean `@rules`?
)");
}

TEST_F(DiagnosticsTest, MissingSymbol) {
  Write("lib/defs.spec", "wheel = 1");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "wheal"))");
  std::string problems = Problems("app");
  EXPECT_THAT(problems, HasSubstr("app/BUILD.spec:1:"));
  EXPECT_THAT(problems, HasSubstr("wheal"));
  EXPECT_THAT(problems, HasSubstr("did you mean `wheel`?"));
}

TEST_F(DiagnosticsTest, LoadOfWhatIsNoModule) {
  Write("app/BUILD.spec", R"(
load("//lib:BUILD.spec", "x")
load("//lib:defs.bzl", "y")
load("../lib/defs.spec", "z")
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:1:6: error: `//lib:BUILD.spec` cannot be loaded: only modules can be loaded
  1 | load("//lib:BUILD.spec", "x")
    |      ^^^^^^^^^^^^^^^^^^
app/BUILD.spec:2:6: error: `//lib:defs.bzl` cannot be loaded: the name of a module ends in `.spec`
  2 | load("//lib:defs.bzl", "y")
    |      ^^^^^^^^^^^^^^^^
app/BUILD.spec:3:6: error: bad label `../lib/defs.spec`: `..` leaves the package
  3 | load("../lib/defs.spec", "z")
    |      ^^^^^^^^^^^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, LoadCycle) {
  Write("a/a.spec", R"(load("//b:b.spec", "b"))");
  Write("b/b.spec", R"(load("//c:c.spec", "c"))");
  Write("c/c.spec", R"(load("//a:a.spec", "a"))");
  Write("app/BUILD.spec", R"(load("//c:c.spec", "c"))");
  EXPECT_EQ(Problems("app"), R"(
a/a.spec:1:6: error: load cycle: `//a:a.spec` loads `//b:b.spec`, which loads `//c:c.spec`, which loads `//a:a.spec`
  1 | load("//b:b.spec", "b")
    |      ^^^^^^^^^^^^
b/b.spec:1:6: note: `//c:c.spec` is loaded here
  1 | load("//c:c.spec", "c")
    |      ^^^^^^^^^^^^
c/c.spec:1:6: note: `//a:a.spec` is loaded here
  1 | load("//a:a.spec", "a")
    |      ^^^^^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, ModuleThatLoadsItself) {
  Write("a/a.spec", R"(load(":a.spec", "a"))");
  Write("app/BUILD.spec", R"(load("//a:a.spec", "a"))");
  EXPECT_EQ(Problems("app"), R"(
a/a.spec:1:6: error: load cycle: `//a:a.spec` loads `//a:a.spec`
  1 | load(":a.spec", "a")
    |      ^^^^^^^^^
)");
}

TEST_F(DiagnosticsTest, MistakeInAModuleIsShownThere) {
  Write("lib/defs.spec", "x = 1 + \"a\"");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "x"))");
  EXPECT_THAT(Problems("app"), HasSubstr("\nlib/defs.spec:1:"));
}

TEST_F(DiagnosticsTest, FailInAMacroShowsTheCalls) {
  Write("lib/defs.spec", R"(def macro():
    fail("not so")
)");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "macro")
macro())");
  std::string problems = Problems("app");
  EXPECT_THAT(problems, HasSubstr("lib/defs.spec:2:"));
  EXPECT_THAT(problems, HasSubstr("not so"));
  EXPECT_THAT(problems, HasSubstr("app/BUILD.spec:2:"));
}

TEST_F(DiagnosticsTest, SyntaxError) {
  Write("app/BUILD.spec", "filegroup(name = \"x\"\nfilegroup()");
  EXPECT_THAT(Problems("app"), HasSubstr("app/BUILD.spec:1:10: error: "));
}

TEST_F(DiagnosticsTest, UnknownMemberOfNative) {
  Write("lib/defs.spec", R"(def macro():
    native.genrul(name = "x")
)");
  Write("app/BUILD.spec", R"(load("//lib:defs.spec", "macro")
macro())");
  EXPECT_THAT(Problems("app"), HasSubstr("did you mean `genrule`?"));
}

TEST_F(DiagnosticsTest, ErrorsOfThePreludeAreThoseOfEveryPackage) {
  rules_.Add("core/defs.spec", "x = y");
  Write("app/BUILD.spec", "");
  EXPECT_THAT(Problems("app"), HasSubstr("@rules//core/defs.spec:1:5: error"));
}

TEST_F(DiagnosticsTest, MistakesInRulesAreShownInTheirModule) {
  const char* kMistakes[][2] = {
      {"rule(implementation = 1)", "implementation wants a function, got an"},
      {"rule(implementation = f, attrs = {\"a\": 1})", "attrs maps names"},
      {"rule(implementation = f, attrs = {\"name\": attr.string()})",
       "every rule has an attribute `name` already"},
      {"rule(implementation = f, attrs = {\"a-b\": attr.string()})",
       "`a-b` cannot be the name of an attribute"},
      {"attr.string(default = 1)", "the default of attr.string wants a string"},
      {"attr.label(default = \"../x\")", "`..` leaves the package"},
      {"attr.label(allow_files = [\"c\"])", "begins with a dot"},
      {"attr.label(cfg = \"host\")", "cfg is \"exec\" or \"target\""},
      {"attr.label(providers = [1])", "providers is a list of providers"},
      {"attr.int(values = [\"x\"])", "values of attr.int holds \"x\""},
      {"attr.label(allow_files = True, allow_single_file = True)",
       "exclude each other"},
      {"attr.strin()", "strin"},
      {"select({})", "select() has no branch"},
      {"select([])", "select() wants a dict"},
      {"select({1: 2})", "a condition of select() is a label, got int 1"},
      {"Label(1)", "Label() wants a string"},
  };
  int number = 0;
  for (const auto& [text, message] : kMistakes) {
    std::string folder = "m" + std::to_string(number++);
    Write(folder + "/defs.spec",
          std::string("def f(ctx):\n    pass\nx = ") + text);
    Write(folder + "/BUILD.spec", "load(\":defs.spec\", \"x\")");
    std::string problems = Problems(folder);
    EXPECT_THAT(problems, HasSubstr(folder + "/defs.spec:3:"));
    EXPECT_THAT(problems, HasSubstr(message));
  }
}

}  // namespace
}  // namespace graph
