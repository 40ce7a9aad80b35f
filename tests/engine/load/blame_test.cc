// SPDX-License-Identifier: Apache-2.0
#include "engine/load/blame.h"

#include <memory>
#include <string>

#include "engine/load/diagnosed.h"
#include "engine/load/place.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class BlameTest : public testing::Test {
 protected:
  // The text that is pointed at.
  std::string Blamed(absl::string_view text, Location location,
                     const Problem& problem) {
    source_ = dsl::Source::Make("app/BUILD.spec", std::string(text));
    dsl::Span span = FindPlace(source_, location, problem);
    return std::string(source_->Text({span.begin, span.end}));
  }

  std::shared_ptr<const dsl::Source> source_;
};

constexpr absl::string_view kText = R"(a = ["shared"]
rule(name = "x", srcs = ["a.c", "b.c"] + a)
[rule(name = n, deps = [":dep"]) for n in ["p", "q"]]
other(
    name = "y",
    srcs = select({"//c:on": ["a.c"]}) if True else glob(["*.c"]),
    env = {"K": "a.c"},
)
tools.rule(name = "z", srcs = ("a.c"))
)";

TEST_F(BlameTest, LiteralWithinAnArgument) {
  EXPECT_EQ(Blamed(kText, {2, 1}, {.attribute = "srcs", .literal = "b.c"}),
            "\"b.c\"");
  EXPECT_EQ(Blamed(kText, {3, 2}, {.attribute = "deps", .literal = "dep"}),
            "\":dep\"");
  EXPECT_EQ(Blamed(kText, {4, 1}, {.attribute = "srcs", .literal = "a.c"}),
            "\"a.c\"");
  EXPECT_EQ(source_
                ->PositionOf(FindPlace(source_, {4, 1},
                                       {.attribute = "env", .literal = "a.c"})
                                 .begin)
                .line,
            7);
}

TEST_F(BlameTest, ArgumentIfTheLiteralIsNotThere) {
  EXPECT_EQ(Blamed(kText, {2, 1}, {.attribute = "srcs", .literal = "none"}),
            "[\"a.c\", \"b.c\"] + a");
  EXPECT_EQ(Blamed(kText, {2, 1}, {.attribute = "name"}), "\"x\"");
}

TEST_F(BlameTest, NameOfTheArgumentIfAskedFor) {
  EXPECT_EQ(Blamed(kText, {2, 1}, {.attribute = "srcs", .at_name = true}),
            "srcs");
}

TEST_F(BlameTest, LiteralAnywhereIfTheArgumentIsNotThere) {
  EXPECT_EQ(Blamed(kText, {4, 1}, {.attribute = "none", .literal = "*.c"}),
            "\"*.c\"");
}

TEST_F(BlameTest, CallIfNothingIsFoundInIt) {
  EXPECT_EQ(Blamed(kText, {4, 1}, {.attribute = "none"}), "other");
  EXPECT_EQ(Blamed(kText, {2, 1}, {}), "rule");
}

TEST_F(BlameTest, CallOfAMemberIsFoundByItsName) {
  EXPECT_EQ(Blamed(kText, {9, 7}, {.attribute = "srcs", .literal = "a.c"}),
            "\"a.c\"");
  EXPECT_EQ(Blamed(kText, {9, 7}, {}), "tools.rule");
}

TEST_F(BlameTest, NothingIfThereIsNoSuchCall) {
  EXPECT_EQ(Blamed(kText, {1, 1}, {.attribute = "srcs"}), "");
  EXPECT_EQ(Blamed(kText, {0, 0}, {}), "");
}

TEST_F(BlameTest, ExplanationHasHintNotesAndMacros) {
  Blamed("m(name = \"x\")", {1, 1}, {});
  auto file = std::make_shared<const std::string>("lib/defs.spec");
  Problem problem;
  problem.attribute = "name";
  problem.message = "no";
  problem.hint = "yes";
  problem.notes = {"first"};
  EXPECT_EQ(
      dsl::Render(Explain(source_, {1, 1}, {{"m", file, {4, 5}}}, problem)),
      R"(app/BUILD.spec:1:10: error: no
  1 | m(name = "x")
    |          ^^^ yes
note: first
note: in the macro `m`, at lib/defs.spec:4:5
)");
}

TEST(PlaceTest, FilesOfOtherRepositoriesAreShownWithIt) {
  EXPECT_EQ(DisplayPath("", "a/b.spec"), "a/b.spec");
  EXPECT_EQ(DisplayPath("rules", "a/b.spec"), "@rules//a/b.spec");
}

TEST(PlaceTest, FolderIsReadFromTheDisplayPath) {
  EXPECT_EQ(FolderOf("a/b/c.spec"), (PackageName{"", "a/b"}));
  EXPECT_EQ(FolderOf("c.spec"), (PackageName{"", ""}));
  EXPECT_EQ(FolderOf("@rules//a/c.spec"), (PackageName{"rules", "a"}));
  EXPECT_EQ(FolderOf("@rules//c.spec"), (PackageName{"rules", ""}));
  EXPECT_EQ(FolderOf(""), PackageName());
}

TEST(PlaceTest, ModuleIsNamedByItsFolder) {
  EXPECT_EQ(ModuleLabel("", "a/b/c.spec").text(), "//a/b:c.spec");
  EXPECT_EQ(ModuleLabel("rules", "c.spec").text(), "@rules//:c.spec");
}

TEST(DiagnosedTest, OnlyDiagnosedErrorsAreMarked) {
  absl::Status error = Diagnosed("a:1:1: error: x\n");
  EXPECT_TRUE(IsDiagnosed(error));
  EXPECT_EQ(error.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(IsDiagnosed(absl::NotFoundError("x")));
  EXPECT_FALSE(IsDiagnosed(absl::OkStatus()));
}

TEST(DiagnosedTest, EqualDiagnosticsAreShownOnce) {
  dsl::Diagnostic one;
  one.message = "one";
  dsl::Diagnostic two;
  two.message = "two";
  std::vector<dsl::Diagnostic> all = {one, two, one};
  EXPECT_EQ(Diagnosed(all).message(), "error: one\nerror: two\n");
}

TEST(DiagnosedTest, JoinedErrorsKeepTheFirstCode) {
  std::vector<absl::Status> same = {Diagnosed("a\n"), Diagnosed("a\n")};
  EXPECT_EQ(JoinErrors(same).message(), "a\n");
  std::vector<absl::Status> both = {Diagnosed("a\n"), Diagnosed("b\n")};
  EXPECT_EQ(JoinErrors(both).message(), "a\nb\n");
  EXPECT_TRUE(IsDiagnosed(JoinErrors(both)));
  std::vector<absl::Status> mixed = {absl::NotFoundError("x"),
                                     Diagnosed("a\n")};
  EXPECT_EQ(JoinErrors(mixed).message(), "x\na\n");
  EXPECT_EQ(JoinErrors(mixed).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(IsDiagnosed(JoinErrors(mixed)));
}

}  // namespace
}  // namespace graph
