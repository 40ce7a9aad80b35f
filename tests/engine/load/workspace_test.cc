// SPDX-License-Identifier: Apache-2.0
#include "engine/load/workspace.h"

#include <string>

#include "dsl/stdlib/universe.h"
#include "engine/load/diagnosed.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<WorkspaceSettings> Read(absl::string_view text) {
  MemoryTree tree;
  tree.Add("WORKSPACE.spec", text);
  return LoadWorkspace(tree, dsl::Universe(), "0.2.1");
}

std::string Problems(absl::string_view text) {
  absl::Status status = Read(text).status();
  EXPECT_TRUE(IsDiagnosed(status)) << status;
  return std::string(status.message());
}

TEST(WorkspaceTest, SettingsAreThoseSaid) {
  absl::StatusOr<WorkspaceSettings> settings = Read(R"(
workspace(
    name = "factory",
    minimum_version = "0.2",
    default_platform = "linux-x86_64",
    default_configs = ["debug"],
    isolation = "strict",
    jobs = 4,
)
)");
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->name, "factory");
  EXPECT_EQ(settings->minimum_version, "0.2");
  EXPECT_EQ(settings->default_platform, "linux-x86_64");
  EXPECT_THAT(settings->default_configs, ElementsAre("debug"));
  EXPECT_EQ(settings->isolation, "strict");
  EXPECT_EQ(settings->jobs, 4);
}

TEST(WorkspaceTest, NameIsEnough) {
  absl::StatusOr<WorkspaceSettings> settings = Read("workspace(name = \"x\")");
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->jobs, 0);
}

TEST(WorkspaceTest, UnknownSettingTellsTheNearest) {
  std::string problems = Problems("workspace(name = \"x\", job = 1)");
  EXPECT_THAT(problems, HasSubstr("WORKSPACE.spec:1:"));
  EXPECT_THAT(problems, HasSubstr("`job`"));
  EXPECT_THAT(problems, HasSubstr("`jobs`"));
}

TEST(WorkspaceTest, NewerToolMayBeAskedFor) {
  EXPECT_THAT(Read("workspace(name = \"x\", minimum_version = \"0.2.1\")"),
              IsOk());
  EXPECT_EQ(
      Problems("workspace(name = \"x\", minimum_version = \"0.10\")"),
      R"(WORKSPACE.spec:1:1: error: this workspace wants version 0.10 of the tool, or a newer one; this is 0.2.1
  1 | workspace(name = "x", minimum_version = "0.10")
    | ^
)");
  EXPECT_THAT(Problems("workspace(name = \"x\", minimum_version = \"new\")"),
              HasSubstr("`new` is no version"));
}

TEST(WorkspaceTest, OneCallIsWanted) {
  EXPECT_THAT(Problems("x = 1"), HasSubstr("must call workspace(name = …)"));
  EXPECT_THAT(Problems("workspace(name = \"a\")\nworkspace(name = \"b\")"),
              HasSubstr("a second time"));
  EXPECT_THAT(Problems("workspace(name = \"\")"), HasSubstr("is empty"));
  EXPECT_THAT(Problems("workspace(name = \"a\", jobs = -1)"),
              HasSubstr("jobs cannot be -1"));
}

TEST(WorkspaceTest, NothingIsLoaded) {
  EXPECT_THAT(Problems("load(\"//a:b.spec\", \"c\")"),
              HasSubstr("WORKSPACE.spec:1:6: error: WORKSPACE.spec holds "
                        "settings only"));
}

TEST(WorkspaceTest, VersionsComeAfterTheSettings) {
  absl::StatusOr<WorkspaceSettings> settings = Read(R"(
workspace(name = "x")
version("py", python_org("3.14"), constraint = "<3.14.5")
version(name = "b", source = git_branch("https://a.example/b", "main"))
)");
  ASSERT_THAT(settings, IsOk());
  ASSERT_EQ(settings->versions.size(), 2u);
  const VersionRequest& request = settings->versions[0].request;
  EXPECT_EQ(request.name, "py");
  EXPECT_EQ(request.source,
            (VersionSource{"python_org", {{"series", "3.14"}}}));
  EXPECT_EQ(request.constraint, "<3.14.5");
  EXPECT_FALSE(request.prerelease);
  EXPECT_EQ(PlaceText(settings->versions[1]), "WORKSPACE.spec:4:1");
  EXPECT_THAT(Problems("version(\"py\", python_org(\"3.14\"))"),
              HasSubstr("version() must come after workspace()"));
}

TEST(WorkspaceTest, VersionDeclaredTwiceShowsBoth) {
  const std::string problems = Problems(R"(workspace(name = "x")
version("py", python_org("3.14"))
version("py", python_org("3.13"))
)");
  EXPECT_THAT(problems, HasSubstr("WORKSPACE.spec:3:1: error: the version `py` "
                                  "is declared twice"));
  EXPECT_THAT(problems, HasSubstr("WORKSPACE.spec:2:1: note"));
}

TEST(WorkspaceTest, MissingFileIsNotFound) {
  MemoryTree tree;
  EXPECT_THAT(LoadWorkspace(tree, dsl::Universe(), "1"),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

}  // namespace
}  // namespace graph
