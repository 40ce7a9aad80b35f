// SPDX-License-Identifier: Apache-2.0
#include "engine/load/deprecations.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DeprecationsTest : public LoadTest {
 protected:
  DeprecationsTest() {
    Write("defs.spec", R"(
def _impl(ctx):
    return []
thing = rule(
    implementation = _impl,
    attrs = {
        "deps": attr.label_list(),
        "out": attr.output(),
        "speed": attr.int(deprecated = "nobody needs it"),
    },
)
old = rule(implementation = _impl, deprecated = "use `thing`")
)");
  }

  // `line:column check` of each finding in package `app`.
  std::vector<std::string> Found(absl::string_view text) {
    Write("app/BUILD.spec",
          absl::StrCat("load(\"//:defs.spec\", \"old\", \"thing\")\n", text));
    absl::StatusOr<const LoadedPackage*> package =
        loader().LoadPackage({"", "app"});
    EXPECT_THAT(package, IsOk());
    if (!package.ok()) return {};
    dsl::Diagnostics found;
    errors_ = FindDeprecated(loader(), **package, found);
    std::vector<std::string> lines;
    for (const dsl::Diagnostic& each : found.all()) {
      const dsl::Position at = each.span.Start();
      lines.push_back(absl::StrCat(at.line, ":", at.column, " ", each.check));
      EXPECT_EQ(each.severity, dsl::Severity::kWarning);
    }
    return lines;
  }

  std::vector<absl::Status> errors_;
};

TEST_F(DeprecationsTest, RulesAndAttributesAtTheirNames) {
  EXPECT_THAT(Found("thing(name = \"a\", speed = 1)\nold(name = \"b\")\n"
                    "thing(name = \"c\")\n"),
              ElementsAre("2:19 deprecated-attribute", "3:1 deprecated-rule"));
}

TEST_F(DeprecationsTest, DependenciesAtTheirLabels) {
  EXPECT_THAT(Found("thing(name = \"a\", deps = [\":b\"])\n"
                    "thing(name = \"b\", deprecation = \"gone\", out = \"o\")\n"
                    "thing(name = \"c\", deps = [\":o\"])\n"
                    "thing(name = \"d\", deps = select({\":x\": [\":b\"]}))\n"),
              ElementsAre("2:27 deprecated-target", "4:27 deprecated-target",
                          "5:41 deprecated-target"));
}

TEST_F(DeprecationsTest, WhatIsDeprecatedItselfMayUseWhatIs) {
  EXPECT_THAT(
      Found("thing(name = \"a\", deprecation = \"x\")\n"
            "thing(name = \"b\", deprecation = \"y\", deps = [\"a\"])\n"),
      IsEmpty());
}

TEST_F(DeprecationsTest, WrongDependenciesAreErrorsButInASelect) {
  EXPECT_THAT(
      Found("thing(name = \"a\", deps = [\"//no:b\"])\n"
            "thing(name = \"d\", deps = select({\":x\": [\"//no\"]}))\n"),
      IsEmpty());
  ASSERT_EQ(errors_.size(), 1u);
  EXPECT_THAT(std::string(errors_[0].message()), HasSubstr("2:27: error"));
}

TEST_F(DeprecationsTest, WhatMustBeGivenCannotBeDeprecated) {
  Write("wrong/BUILD.spec", "load(\"//wrong:defs.spec\", \"x\")\n");
  Write("wrong/defs.spec",
        "x = attr.string(mandatory = True, deprecated = \"y\")\n");
  EXPECT_THAT(Problems("wrong"), HasSubstr("cannot be deprecated"));
}

}  // namespace
}  // namespace graph
