// SPDX-License-Identifier: Apache-2.0
// Patterns and dependencies, over several packages.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExpandTest : public LoadTest {
 protected:
  ExpandTest() {
    Write("BUILD.spec", R"(filegroup(name = "root"))");
    Write("app/BUILD.spec", R"(
filegroup(name = "app", srcs = ["a.txt"])
filegroup(name = "by_hand", tags = ["manual"])
genrule(name = "gen", outs = ["out"], cmd = "")
)");
    Write("app/a.txt", "");
    Write("app/sub/BUILD.spec", R"(filegroup(name = "sub"))");
    Write("apple/BUILD.spec", R"(filegroup(name = "x"))");
    Write(".git/BUILD.spec", R"(broken()");
    Write("graph-out/BUILD.spec", R"(broken()");
  }

  absl::StatusOr<std::vector<std::string>> Expand(
      const std::vector<std::string>& texts, bool manual_too = false) {
    std::vector<TargetPattern> patterns;
    for (const std::string& text : texts) {
      patterns.push_back(*TargetPattern::Parse(text, {}));
    }
    absl::StatusOr<std::vector<Label>> labels =
        loader().Expand(patterns, manual_too);
    if (!labels.ok()) return labels.status();
    std::vector<std::string> found;
    for (const Label& label : *labels) found.push_back(label.ToString());
    return found;
  }
};

TEST_F(ExpandTest, AnotherWorkspaceIsNotEntered) {
  Write("apple/example/WORKSPACE.spec", "");
  Write("apple/example/BUILD.spec", "broken()");
  Write("apple/example/lib/BUILD.spec", "broken()");
  EXPECT_THAT(Expand({"//apple/..."}), IsOkAndHolds(ElementsAre("//apple:x")));
}

TEST_F(ExpandTest, DotsNameAllRulesBelow) {
  EXPECT_THAT(Expand({"//..."}),
              IsOkAndHolds(ElementsAre("//:root", "//app:app", "//app:gen",
                                       "//app/sub:sub", "//apple:x")));
  EXPECT_THAT(
      Expand({"//app/..."}),
      IsOkAndHolds(ElementsAre("//app:app", "//app:gen", "//app/sub:sub")));
}

TEST_F(ExpandTest, AllNamesTheRulesOfOnePackage) {
  EXPECT_THAT(Expand({"//app:all"}),
              IsOkAndHolds(ElementsAre("//app:app", "//app:gen")));
  EXPECT_THAT(
      Expand({"//app:all"}, /*manual_too=*/true),
      IsOkAndHolds(ElementsAre("//app:app", "//app:by_hand", "//app:gen")));
}

TEST_F(ExpandTest, LabelNamesRulesAndFiles) {
  EXPECT_THAT(Expand({"//app"}), IsOkAndHolds(ElementsAre("//app:app")));
  EXPECT_THAT(
      Expand({"//app:by_hand", "//app:out", "//app:a.txt"}),
      IsOkAndHolds(ElementsAre("//app:by_hand", "//app:out", "//app:a.txt")));
}

TEST_F(ExpandTest, MinusTakesAwayWhatCameBefore) {
  EXPECT_THAT(Expand({"//app/...", "-//app/sub/...", "-//app:gen"}),
              IsOkAndHolds(ElementsAre("//app:app")));
  EXPECT_THAT(Expand({"-//app:app", "//app:all"}),
              IsOkAndHolds(ElementsAre("//app:app", "//app:gen")));
}

TEST_F(ExpandTest, PackageTakenAwayIsNotLoaded) {
  Write("broken/BUILD.spec", "x = y");
  EXPECT_THAT(Expand({"//...", "-//broken/...", "-//app/..."}),
              IsOkAndHolds(ElementsAre("//:root", "//apple:x")));
  EXPECT_THAT(Expand({"//..."}), StatusIs(absl::StatusCode::kInvalidArgument,
                                          HasSubstr("broken/BUILD.spec:1:")));
}

TEST_F(ExpandTest, SameTargetComesOnce) {
  EXPECT_THAT(Expand({"//app:gen", "//app:all"}),
              IsOkAndHolds(ElementsAre("//app:gen", "//app:app")));
}

TEST_F(ExpandTest, PatternThatNamesNothingIsNotFound) {
  EXPECT_THAT(Expand({"//app:genn"}),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no target `genn` in //app; did you mean "
                       "`gen`?"));
  EXPECT_THAT(Expand({"//aple:x"}),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no package `//aple`: there is no such "
                       "folder; did you mean `//apple`?"));
  EXPECT_THAT(Expand({"//none/..."}),
              StatusIs(absl::StatusCode::kNotFound,
                       "`//none/...` names nothing: no package lies below "
                       "//none"));
  EXPECT_THAT(Expand({"@rule//core:all"}),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no package `@rule//core`: no repository "
                       "`@rule`; did you mean `rules`?"));
  EXPECT_THAT(Expand({"//graph-out:all"}),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("where the tool puts what it makes")));
  EXPECT_THAT(Expand({"//app/none:all"}),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("there is no such folder")));
}

TEST_F(ExpandTest, FolderWithoutBuildFileIsNoPackage) {
  Write("data/x.txt", "");
  EXPECT_THAT(Expand({"//data:all"}),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no package `//data`: the folder has no "
                       "BUILD.spec"));
}

TEST_F(ExpandTest, PrefetchLoadsWhatTargetsNeed) {
  threads_ = 2;
  Write("a/BUILD.spec", R"(
filegroup(name = "a", srcs = select({"//c:on": ["//b:b"], "//d:d": []}))
)");
  Write("b/BUILD.spec", R"(filegroup(name = "b", srcs = ["//none:x"]))");
  Write("c/BUILD.spec", R"(config_setting(name = "on", config = "on"))");
  Write("d/BUILD.spec", "d = e");
  Write("e/BUILD.spec", R"(filegroup(name = "e"))");
  std::vector<Label> wanted = {*Label::Parse("//a:a", {})};
  loader().Prefetch(wanted);
  std::vector<std::string> loaded;
  for (const LoadedPackage* package : loader().packages()) {
    loaded.push_back(package->package.name().ToString());
  }
  EXPECT_THAT(loaded, ElementsAre("//a", "//b", "//c"));
}

class DependencyTest : public LoadTest {
 protected:
  DependencyTest() {
    Write("lib/private.txt", "");
    Write("lib/open.txt", "");
    Write("lib/BUILD.spec", R"(
exports_files(["open.txt"])
filegroup(name = "public", srcs = ["private.txt"],
          visibility = ["//visibility:public"])
filegroup(name = "hidden")
filegroup(name = "friends", visibility = ["//app:__pkg__"])
filegroup(name = "fake", testonly = True, visibility = ["//visibility:public"])
)");
  }

  // What //app:x may not do, being written with this one source; empty if it
  // may.
  std::string Depend(const std::string& label) {
    Write("app/BUILD.spec", "filegroup(\n    name = \"x\",\n    srcs = [\"" +
                                label + "\"],\n)\n");
    const Target& x = Find("//app:x");
    absl::StatusOr<const Target*> found = loader().FindDependency(
        x, "srcs", Get<LabelList>("//app:x", "srcs")[0]);
    return found.ok() ? "" : "\n" + std::string(found.status().message());
  }
};

TEST_F(DependencyTest, VisibleTargetsMayBeUsed) {
  EXPECT_EQ(Depend("//lib:public"), "");
  EXPECT_EQ(Find("//lib:hidden").visibility->is_public(), false);
}

TEST_F(DependencyTest, NamedFriendsMayUseIt) {
  EXPECT_EQ(Depend("//lib:friends"), "");
}

TEST_F(DependencyTest, ExportedFilesMayBeUsed) {
  EXPECT_EQ(Depend("//lib:open.txt"), "");
}

TEST_F(DependencyTest, HiddenTargetIsShownWhereItIsNamed) {
  EXPECT_EQ(Depend("//lib:hidden"), R"(
app/BUILD.spec:3:13: error: `//lib:hidden` is not visible from //app
  3 |     srcs = ["//lib:hidden"],
    |             ^^^^^^^^^^^^^^
note: its visibility is //visibility:private
)");
}

TEST_F(DependencyTest, FileOfAnotherPackageMustBeExported) {
  EXPECT_EQ(Depend("//lib:private.txt"), R"(
app/BUILD.spec:3:13: error: `//lib:private.txt` is a file of another package
  3 |     srcs = ["//lib:private.txt"],
    |             ^^^^^^^^^^^^^^^^^^^
note: to share it, say exports_files(["private.txt"]) in lib/BUILD.spec
)");
}

TEST_F(DependencyTest, TestonlyStaysAmongTests) {
  EXPECT_EQ(Depend("//lib:fake"), R"(
app/BUILD.spec:3:13: error: `//lib:fake` is testonly; only tests, and what is testonly itself, may depend on it
  3 |     srcs = ["//lib:fake"],
    |             ^^^^^^^^^^^^
)");
}

TEST_F(DependencyTest, MissingTargetTellsTheNearest) {
  EXPECT_EQ(Depend("//lib:publik"), R"(
app/BUILD.spec:3:13: error: there is no target `publik` in //lib; did you mean `public`?
  3 |     srcs = ["//lib:publik"],
    |             ^^^^^^^^^^^^^^
)");
}

TEST_F(DependencyTest, MissingPackageTellsTheNearest) {
  EXPECT_EQ(Depend("//libb:public"), R"(
app/BUILD.spec:3:13: error: there is no package `//libb`: there is no such folder; did you mean `//lib`?
  3 |     srcs = ["//libb:public"],
    |             ^^^^^^^^^^^^^^^
)");
}

TEST_F(DependencyTest, ErrorCanBeShownAtTheCall) {
  Write("app/BUILD.spec", R"(filegroup(name = "x"))");
  absl::Status error =
      loader().ErrorAt(Find("//app:x"), "", "", "cycle", {"a", "b"});
  EXPECT_TRUE(IsDiagnosed(error));
  EXPECT_EQ(error.message(), R"(app/BUILD.spec:1:1: error: cycle
  1 | filegroup(name = "x")
    | ^^^^^^^^^
note: a
note: b
)");
}

TEST_F(DependencyTest, WhatARuleUsesByItselfIsSeenByTheRule) {
  Write("tools/BUILD.spec", R"(
filegroup(name = "tool", visibility = ["//defs:__pkg__"])
)");
  Write("defs/defs.spec", R"(
def _impl(ctx):
    return []
r = rule(implementation = _impl,
         attrs = {"_tool": attr.label(default = "//tools:tool")})
)");
  Write("app/BUILD.spec", R"(load("//defs:defs.spec", "r")
r(name = "x"))");
  EXPECT_THAT(loader().FindDependency(Find("//app:x"), "_tool",
                                      *Label::Parse("//tools:tool", {})),
              IsOk());
}

}  // namespace
}  // namespace graph
