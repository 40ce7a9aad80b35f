// SPDX-License-Identifier: Apache-2.0
#include "engine/query/changed_targets.h"

#include <memory>
#include <string>
#include <vector>

#include "dsl/stdlib/universe.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRules[] = R"(
r = rule(
    implementation = lambda ctx: [],
    attrs = {
        "srcs": attr.label_list(allow_files = True),
        "out": attr.output(),
        "text": attr.string(),
    },
)
s = rule(implementation = lambda ctx: [], attrs = {"text": attr.string()})
)";

// The package //a under one text of its build file.
class State {
 public:
  explicit State(const std::string& build_file) {
    tree_.Add("a/rules.spec", kRules);
    tree_.Add("a/f.txt", "");
    tree_.Add("a/BUILD.spec",
              "load(\":rules.spec\", \"r\", \"s\")\n" + build_file);
    loader_ =
        std::make_unique<Loader>(SourceTrees{{"", &tree_}}, dsl::Universe());
  }
  const Package* package() {
    auto loaded = loader_->LoadPackage({"", "a"});
    EXPECT_THAT(loaded, IsOk());
    return loaded.ok() ? &(*loaded)->package : nullptr;
  }

 private:
  MemoryTree tree_;
  std::unique_ptr<Loader> loader_;
};

std::vector<std::string> Changed(const std::string& before,
                                 const std::string& after) {
  State a(before);
  State b(after);
  const auto changed = ChangedTargets(a.package(), b.package());
  return {changed.begin(), changed.end()};
}

TEST(ChangedTargetsTest, EqualTextsChangeNothing) {
  EXPECT_THAT(Changed("r(name = \"x\", srcs = [\"f.txt\"], out = \"o\")",
                      "\n\nr(srcs = [\":f.txt\"], out = \"o\", name = \"x\")"),
              IsEmpty());
}

TEST(ChangedTargetsTest, WhatACallSaysCounts) {
  EXPECT_THAT(Changed("r(name = \"x\", text = \"1\")\nr(name = \"y\")",
                      "r(name = \"x\", text = \"2\")\nr(name = \"y\")"),
              ElementsAre("//a:x"));
  EXPECT_THAT(Changed("r(name = \"x\")", "r(name = \"x\", text = \"2\")"),
              ElementsAre("//a:x"));
  EXPECT_THAT(Changed("r(name = \"x\")", "s(name = \"x\")"),
              ElementsAre("//a:x"));
  EXPECT_THAT(Changed("r(name = \"x\")",
                      "r(name = \"x\", visibility = [\"//b:__pkg__\"])"),
              ElementsAre("//a:x"));
  EXPECT_THAT(Changed("r(name = \"x\")", "r(name = \"x\", tags = [\"t\"])"),
              ElementsAre("//a:x"));
}

TEST(ChangedTargetsTest, BranchesOfASelectCount) {
  const std::string with_1 =
      "r(name = \"x\", text = select({\":a\": \"1\", \":b\": \"2\"}))";
  const std::string with_2 =
      "r(name = \"x\", text = select({\":a\": \"2\", \":b\": \"1\"}))";
  const std::string conditions =
      "\nconfig_setting(name = \"a\", config = \"a\")"
      "\nconfig_setting(name = \"b\", config = \"b\")";
  EXPECT_THAT(Changed(with_1 + conditions, with_1 + conditions), IsEmpty());
  EXPECT_THAT(Changed(with_1 + conditions, with_2 + conditions),
              ElementsAre("//a:x"));
}

TEST(ChangedTargetsTest, WhatOnlyOneHasCounts) {
  EXPECT_THAT(Changed("r(name = \"x\")", "r(name = \"y\")"),
              ElementsAre("//a:x", "//a:y"));
  EXPECT_THAT(
      Changed("r(name = \"x\", out = \"o\")", "r(name = \"x\", out = \"p\")"),
      ElementsAre("//a:o", "//a:p", "//a:x"));
  State state("r(name = \"x\")");
  EXPECT_THAT(ChangedTargets(nullptr, state.package()), ElementsAre("//a:x"));
  EXPECT_THAT(ChangedTargets(state.package(), nullptr), ElementsAre("//a:x"));
  EXPECT_THAT(ChangedTargets(nullptr, nullptr), IsEmpty());
}

}  // namespace
}  // namespace graph
