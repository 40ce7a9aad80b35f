// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// What a command line printed, and how it ended.
struct Ended {
  int code = 0;
  std::string out;
  std::string err;
};

Ended Graph(const std::vector<std::string>& words) {
  Ended ended;
  const Streams streams = {
      .out = [&](absl::string_view text) { absl::StrAppend(&ended.out, text); },
      .err = [&](absl::string_view text) { absl::StrAppend(&ended.err, text); },
  };
  ended.code = RunCommandLine(words, streams);
  return ended;
}

TEST(RunCommandLine, NothingIsAnsweredWithUsage) {
  const Ended ended = Graph({});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, StartsWith("graph VERB [OPTION...] [PATTERN...]\n"));
}

TEST(RunCommandLine, HelpIsWhatWasAskedFor) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"help"}, {"--help"}, {"-h"}}) {
    const Ended ended = Graph(words);
    EXPECT_EQ(ended.code, kExitDone);
    EXPECT_EQ(ended.out, Usage());
    EXPECT_EQ(ended.err, "");
  }
}

TEST(RunCommandLine, EveryVerbHasHelp) {
  for (const Verb* verb : Verbs()) {
    const Ended ended = Graph({"help", std::string(verb->name)});
    EXPECT_EQ(ended.code, kExitDone) << verb->name;
    EXPECT_THAT(ended.out, StartsWith(absl::StrCat("graph ", verb->name)));
    EXPECT_THAT(Usage(), HasSubstr(absl::StrCat("  ", verb->name)));
    EXPECT_EQ(Graph({std::string(verb->name), "--help"}).out, ended.out);
  }
}

TEST(RunCommandLine, HelpFitsATerminal) {
  std::string all = Usage();
  for (const Verb* verb : Verbs()) absl::StrAppend(&all, UsageOf(*verb));
  for (absl::string_view line : absl::StrSplit(all, '\n')) {
    EXPECT_LE(line.size(), 80u) << line;
  }
}

TEST(RunCommandLine, NoVerbHidesACommonOption) {
  for (const Verb* verb : Verbs()) {
    std::set<std::string> names;
    std::set<char> letters = {0};
    for (std::span<const Option> options : {CommonOptions(), verb->options}) {
      for (const Option& option : options) {
        EXPECT_TRUE(names.insert(std::string(option.name)).second);
        EXPECT_TRUE(option.letter == 0 || letters.insert(option.letter).second);
      }
    }
  }
}

TEST(RunCommandLine, VersionIsOneLine) {
  const Ended ended = Graph({"version"});
  EXPECT_EQ(ended.code, kExitDone);
  EXPECT_THAT(ended.out, testing::MatchesRegex("graph [0-9.]+\n"));
  EXPECT_EQ(Graph({"--version"}).out, ended.out);
}

TEST(RunCommandLine, AnUnknownVerbNamesTheNearest) {
  const Ended ended = Graph({"biuld", "//x"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_EQ(ended.err,
            "error: no verb `biuld`; did you mean `build`?\n"
            "`graph help` tells what there is.\n");
}

TEST(RunCommandLine, AnUnknownOptionNamesTheNearest) {
  const Ended ended = Graph({"build", "--keep-gonig", "//x"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err,
            "error: no option `--keep-gonig`; did you mean `--keep-going`?\n"
            "`graph help build` tells what there is.\n");
}

TEST(RunCommandLine, CommonOptionsMayStandBeforeTheVerb) {
  const Ended ended = Graph({"-k", "--jobs=3", "version"});
  EXPECT_EQ(ended.code, kExitDone);
}

TEST(RunCommandLine, AVerbsOptionsAreItsOwn) {
  EXPECT_EQ(Graph({"version", "--output=json"}).code, kExitUsage);
  EXPECT_EQ(Graph({"--output=json", "query", "//x"}).code, kExitUsage);
}

TEST(RunCommandLine, AFolderThatIsNotThereIsAUsageError) {
  const Ended ended = Graph({"-C", "/no/such/folder", "build"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_THAT(ended.err, HasSubstr("/no/such/folder"));
}

TEST(RunCommandLine, OperandsAreCounted) {
  EXPECT_EQ(Graph({"eval"}).code, kExitUsage);
  EXPECT_EQ(Graph({"run"}).code, kExitUsage);
  EXPECT_EQ(Graph({"run", "//a", "//b"}).code, kExitUsage);
  EXPECT_EQ(Graph({"clean", "//a"}).code, kExitUsage);
}

TEST(RunCommandLine, AnUnknownOutputListsWhatThereIs) {
  const Ended ended = Graph({"query", "//x", "--output=xml"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_THAT(ended.err, HasSubstr("no output `xml`; there are label, "));
}

TEST(RunCommandLine, AWrongQueryIsShownBeforeAnythingIsLoaded) {
  const Ended ended = Graph({"-C", "/", "query", "dep(//x)"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_EQ(ended.err,
            "query:1:1: error: no function named `dep`\n"
            "  1 | dep(//x)\n"
            "    | ^^^ did you mean `deps`?\n");
}

TEST(RunCommandLine, OutsideAWorkspaceIsAUsageError) {
  for (const char* verb : {"build", "test", "info", "clean"}) {
    const Ended ended = Graph({"-C", "/", verb});
    EXPECT_EQ(ended.code, kExitUsage) << verb;
    EXPECT_THAT(ended.err, StartsWith("error: ")) << verb;
    EXPECT_EQ(ended.out, "");
  }
}

TEST(RunCommandLine, ColorIsOneOfThree) {
  const Ended ended = Graph({"-C", "/", "build", "--color=blue"});
  EXPECT_EQ(ended.code, kExitUsage);
  EXPECT_THAT(ended.err, HasSubstr("not `blue`"));
}

}  // namespace
}  // namespace graph
