// SPDX-License-Identifier: Apache-2.0
// Labels and shells are tested end to end, in tests/e2e/completion.

#include "engine/cli/complete.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cli/command_line.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Texts(const std::vector<std::string>& words) {
  std::vector<std::string> texts;
  for (const auto& candidate : Complete(words).candidates) {
    texts.push_back(candidate.text);
  }
  return texts;
}

TEST(Complete, EveryVerbByItsWholeName) {
  for (const Verb* verb : Verbs()) {
    EXPECT_THAT(Texts({std::string(verb->name)}),
                testing::Contains(std::string(verb->name)));
  }
}

TEST(Complete, EveryOptionOfAVerbByItsWholeName) {
  for (const Verb* verb : Verbs()) {
    for (const Option& option : verb->options) {
      EXPECT_THAT(
          Texts({std::string(verb->name), "--" + std::string(option.name)}),
          testing::Contains(testing::StartsWith("--")));
    }
  }
}

TEST(Complete, ValuesOfLetters) {
  EXPECT_THAT(Texts({"query", "-o", "do"}), ElementsAre("dot"));
  EXPECT_THAT(Texts({"query", "-ko", "do"}), ElementsAre("dot"));
}

TEST(Complete, AValueOfAnOptionIsNoVerb) {
  EXPECT_THAT(Texts({"--platform", "build", "que"}), ElementsAre("query"));
}

TEST(Complete, WhatFollowsTheDashesIsTheProgramsAffair) {
  const Completion found =
      Complete(std::vector<std::string>{"run", "//a", "--", "--co"});
  EXPECT_EQ(found.kind, Completion::Kind::kFiles);
  EXPECT_THAT(found.candidates, IsEmpty());
}

TEST(Complete, AnswersInLines) {
  EXPECT_EQ(FormatCompletion(
                Complete(std::vector<std::string>{"build", "--color=n"})),
            "values\tn\n--color=never\t\n");
}

}  // namespace
}  // namespace graph
