// SPDX-License-Identifier: Apache-2.0
#include "engine/net/challenge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// `scheme{name=value …}` of each.
std::string Read(absl::string_view header) {
  std::string text;
  for (const HttpChallenge& challenge : ParseChallenges(header)) {
    absl::StrAppend(&text, challenge.scheme, "{");
    for (const auto& [name, value] : challenge.parameters) {
      absl::StrAppend(&text, name, "=", value, ";");
    }
    absl::StrAppend(&text, "}");
  }
  return text;
}

TEST(ParseChallengesTest, AsRegistriesSendThem) {
  EXPECT_EQ(Read(R"(Bearer realm="https://a.test/token",service="a.test",)"
                 R"(scope="repository:x/y:pull,push")"),
            "bearer{realm=https://a.test/token;"
            "scope=repository:x/y:pull,push;service=a.test;}");
  EXPECT_EQ(Read(R"(Basic realm="a b")"), "basic{realm=a b;}");
}

TEST(ParseChallengesTest, SeveralInOneHeader) {
  EXPECT_EQ(Read(R"(Negotiate, BASIC Realm=x , charset="UTF-8",Bearer r="1")"),
            "negotiate{}basic{charset=UTF-8;realm=x;}bearer{r=1;}");
}

TEST(ParseChallengesTest, QuotedTextsMayHaveQuotes) {
  EXPECT_EQ(Read(R"(Basic realm="a \"b\" \\c")"), "basic{realm=a \"b\" \\c;}");
}

TEST(ParseChallengesTest, WhatCannotBeReadIsLeftOut) {
  EXPECT_EQ(Read(""), "");
  EXPECT_EQ(Read(" , ,"), "");
  EXPECT_EQ(Read(R"(a="1", Basic)"), "basic{}");
  EXPECT_EQ(Read(R"("stray" Basic realm="never closed)"),
            "stray{}basic{realm=never closed;}");
  EXPECT_EQ(Read("Basic realm="), "basic{realm=;}");
  EXPECT_EQ(Read("Basic realm=\"\\"), "basic{realm=\\;}");
}

TEST(HttpChallengeTest, AParameterThatIsNotThereIsEmpty) {
  EXPECT_EQ(ParseChallenges("Basic a=b")[0].Parameter("a"), "b");
  EXPECT_EQ(ParseChallenges("Basic a=b")[0].Parameter("c"), "");
}

}  // namespace
}  // namespace graph
