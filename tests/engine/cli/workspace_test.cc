// SPDX-License-Identifier: Apache-2.0
// Verbs in a real workspace, with a cache of its own; none that runs actions,
// for which tests/e2e has the real binary.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"

namespace graph {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kBuild[] = R"(
genrule(name = "a", srcs = ["a.in"], outs = ["a.txt"], cmd = "cat $< > $@",
        tags = ["fast"])
genrule(name = "b", srcs = [":a"], outs = ["b.txt"], cmd = "cat $< > $@")
genrule(name = "c", srcs = [":a", ":b"], outs = ["c.txt"],
        cmd = "cat $(SRCS) > $@")
genrule(name = "alone", outs = ["alone.txt"], cmd = "echo > $@")
)";

class WorkspaceTest : public testing::Test {
 protected:
  WorkspaceTest() {
    std::string path = testing::TempDir() + "/graph_cli_XXXXXX";
    top_ = mkdtemp(path.data());
    Write("WORKSPACE.spec", "workspace(name = \"test\")\n");
    Write("app/BUILD.spec", kBuild);
    Write("app/a.in", "a\n");
  }
  ~WorkspaceTest() override { std::filesystem::remove_all(top_); }

  void Write(const std::string& path, const std::string& text) {
    const std::filesystem::path file = top_ / "w" / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  // Runs a verb in the folder `below` of the workspace.
  int Graph(std::vector<std::string> words, const std::string& below = "") {
    out_.clear();
    err_.clear();
    const Streams streams = {
        .out = [this](absl::string_view text) { absl::StrAppend(&out_, text); },
        .err = [this](absl::string_view text) { absl::StrAppend(&err_, text); },
    };
    words.insert(words.begin(),
                 {"-C", (top_ / "w" / below).string(),
                  absl::StrCat("--cache-dir=", (top_ / "cache").string())});
    return RunCommandLine(words, streams);
  }

  // What a query answered; it must.
  std::string Answer(std::vector<std::string> words) {
    words.insert(words.begin(), "query");
    EXPECT_EQ(Graph(std::move(words)), kExitDone) << err_;
    EXPECT_EQ(err_, "");
    return out_;
  }

  std::filesystem::path top_;
  std::string out_;
  std::string err_;
};

TEST_F(WorkspaceTest, QueriesAnswerOnStandardOutput) {
  EXPECT_EQ(Answer({"//app:c"}), "//app:c\n");
  EXPECT_EQ(Answer({"kind('source file', deps(//app:c))"}), "//app:a.in\n");
  EXPECT_EQ(Answer({"attr(tags, fast, //...)"}), "//app:a\n");
  EXPECT_EQ(Answer({"somepath(//app:c, //app:a.in)"}),
            "//app:c\n//app:a\n//app:a.in\n");
}

TEST_F(WorkspaceTest, TheShortFormAsksTheWholeWorkspaceForRdeps) {
  EXPECT_EQ(Answer({"rdeps", "//app:a"}), "//app:a\n//app:b\n//app:c\n");
  EXPECT_EQ(Answer({"rdeps", "//app:a", "0"}), "//app:a\n");
}

TEST_F(WorkspaceTest, SiblingsNeedNotBeDependedOn) {
  EXPECT_EQ(Answer({"kind(rule, siblings(//app:a))"}),
            "//app:a\n//app:alone\n//app:b\n//app:c\n");
}

TEST_F(WorkspaceTest, BuildFilesAreNamed) {
  EXPECT_THAT(Answer({"buildfiles(//app:a)"}), HasSubstr("//app:BUILD.spec\n"));
}

TEST_F(WorkspaceTest, PatternsAreSeenFromWhereTheUserStands) {
  EXPECT_EQ(Graph({"query", ":a"}, "app"), kExitDone) << err_;
  EXPECT_EQ(out_, "//app:a\n");
}

TEST_F(WorkspaceTest, ATargetThatIsNotThereIsExitFour) {
  EXPECT_EQ(Graph({"query", "deps(//app:god)"}), kExitNoTarget);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, HasSubstr("no target `god` in //app"));
}

TEST_F(WorkspaceTest, AMistakeInABuildFileIsExitTwo) {
  Write("bad/BUILD.spec", "genrul(name = \"x\")\n");
  EXPECT_EQ(Graph({"query", "//bad:x"}), kExitUsage);
  EXPECT_THAT(err_, StartsWith("bad/BUILD.spec:1:1: error: "));
  EXPECT_EQ(out_, "");
}

TEST_F(WorkspaceTest, InfoTellsWhoSaidASetting) {
  EXPECT_EQ(Graph({"info", "--settings", "--jobs=3"}), kExitDone) << err_;
  EXPECT_THAT(out_, testing::ContainsRegex("jobs +.*= 3 +# command line"));
}

TEST_F(WorkspaceTest, AnUnknownFactIsAnError) {
  EXPECT_EQ(Graph({"info", "nothing-like-it"}), kExitUsage);
  EXPECT_THAT(err_, HasSubstr("nothing-like-it"));
}

TEST_F(WorkspaceTest, ASettingOfTheWrongFormIsAnError) {
  EXPECT_EQ(Graph({"info", "--jobs=many"}), kExitUsage);
  EXPECT_THAT(err_, HasSubstr("many"));
}

TEST_F(WorkspaceTest, CleanRemovesWhatWasMadeAndNothingElse) {
  Write("graph-out/app/a.txt", "a\n");
  EXPECT_EQ(Graph({"clean"}), kExitDone) << err_;
  EXPECT_FALSE(std::filesystem::exists(top_ / "w/graph-out/app"));
  EXPECT_TRUE(std::filesystem::exists(top_ / "w/app/a.in"));
}

TEST_F(WorkspaceTest, EventsOfAQuestionEndWithFinished) {
  const std::string path = (top_ / "events").string();
  EXPECT_EQ(Graph({"query", "//app:a", "--events", path}), kExitDone) << err_;
  std::ifstream file(path);
  std::string last;
  for (std::string line; std::getline(file, line);) last = line;
  EXPECT_THAT(last, StartsWith("{\"event\": \"finished\", \"ok\": true, "
                               "\"exit_code\": 0"));
}

}  // namespace
}  // namespace graph
