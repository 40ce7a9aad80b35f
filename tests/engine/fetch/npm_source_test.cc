// SPDX-License-Identifier: Apache-2.0
// Names and programs of packages; e2e/npm asks registries.
#include "engine/fetch/npm_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Code = absl::StatusCode;

TEST(CheckNpmSourceTest, NamesAsNpmHasThem) {
  for (const char* name :
       {"is-number", "@pybricks/mpy-cross-v6", "JSONStream", "a.b~c_d"}) {
    EXPECT_THAT(CheckNpmSource({name, "1.0.0-rc.1+b2"}), IsOk()) << name;
  }
}

TEST(CheckNpmSourceTest, NothingThatIsMoreThanAName) {
  for (const char* name : {"", "@", "@s", "@s/", "@/a", "@s/a/b", "a/b", "../a",
                           "@../a", "@s/..", "a?b", "a#b", "-x", "a b"}) {
    EXPECT_THAT(CheckNpmSource({name, "1.0.0"}),
                StatusIs(Code::kInvalidArgument, HasSubstr("`package`")))
        << name;
  }
  for (const char* version : {"", "^1.0", "1.x || 2", "../1", "1/2"}) {
    EXPECT_THAT(CheckNpmSource({"a", version}),
                StatusIs(Code::kInvalidArgument, HasSubstr("`version`")))
        << version;
  }
}

// Those that are executable, of files called a.js, bin/b, bin/c and link.
std::vector<std::string> Programs(absl::string_view description) {
  TreeEntries tree;
  for (const char* path : {"a.js", "bin/b", "bin/c"}) tree[path] = {};
  tree["link"] = {.kind = TreeEntry::Kind::kSymlink, .target = "a.js"};
  EXPECT_THAT(MarkPrograms(description, tree), IsOk());
  std::vector<std::string> programs;
  for (const auto& [path, entry] : tree) {
    if (entry.executable) programs.push_back(path);
  }
  return programs;
}

TEST(MarkProgramsTest, ByBinInEachOfItsForms) {
  EXPECT_THAT(Programs(R"({"bin": "./a.js"})"), ElementsAre("a.js"));
  EXPECT_THAT(Programs(R"({"bin": {"x": "bin/b", "y": "/a.js"}})"),
              ElementsAre("a.js", "bin/b"));
  EXPECT_THAT(Programs(R"({"directories": {"bin": "./bin"}})"),
              ElementsAre("bin/b", "bin/c"));
  EXPECT_THAT(Programs("\xEF\xBB\xBF{\"bin\": \"a.js\"}"), ElementsAre("a.js"));
}

TEST(MarkProgramsTest, WhatIsNoFileIsLeftOut) {
  EXPECT_THAT(Programs(R"({"bin": {"x": "link", "y": "none", "z": 1}})"),
              IsEmpty());
  EXPECT_THAT(Programs("{}"), IsEmpty());
}

TEST(MarkProgramsTest, ADescriptionIsAnObject) {
  TreeEntries tree;
  EXPECT_THAT(MarkPrograms("[]", tree),
              StatusIs(Code::kInvalidArgument, HasSubstr("package.json")));
}

}  // namespace
}  // namespace graph
