// SPDX-License-Identifier: Apache-2.0

#include "engine/query/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Code = absl::StatusCode;

// How an expression was understood, with every group in brackets.
std::string Shape(const Expression& e) {
  std::string shape;
  for (size_t i = 0; i < e.operands.size(); ++i) {
    if (i > 0 && !e.operators.empty()) {
      absl::StrAppend(&shape, std::string(1, e.operators[i - 1]));
    } else if (i > 0) {
      shape += ' ';
    }
    shape += Shape(*e.operands[i]);
  }
  switch (e.kind) {
    case Expression::Kind::kWord:
      return e.text;
    case Expression::Kind::kVariable:
      return absl::StrCat("$", e.text);
    case Expression::Kind::kBinary:
      return absl::StrCat("[", shape, "]");
    case Expression::Kind::kLet:
      return absl::StrCat("[let ", e.text, " ", shape, "]");
    default:
      return absl::StrCat("[", e.text, ": ", shape, "]");
  }
}

std::string Parsed(absl::string_view text) {
  auto expression = ParseExpression(text);
  return expression.ok() ? Shape(**expression)
                         : std::string(expression.status().message());
}

std::string FromOperands(const std::vector<std::string>& operands) {
  return ExpressionFromOperands(operands);
}

TEST(ParseExpression, WordsHoldWhatLabelsHold) {
  EXPECT_EQ(Parsed("//a-b/c.d:e_f@g~h"), "//a-b/c.d:e_f@g~h");
  EXPECT_EQ(Parsed("@rules//core/..."), "@rules//core/...");
}

TEST(ParseExpression, QuotedWordsHoldAnything) {
  EXPECT_EQ(Parsed("'//a b+(c'"), "//a b+(c");
  EXPECT_EQ(Parsed("\"union\""), "union");
}

TEST(ParseExpression, OperatorsBindFromLeftToRight) {
  EXPECT_EQ(Parsed("a + b ^ c - d"), "[a+b^c-d]");
  EXPECT_EQ(Parsed("a union b intersect c except d"), "[a+b^c-d]");
  EXPECT_EQ(Parsed("a - (b - c)"), "[a-[b-c]]");
}

TEST(ParseExpression, AHyphenInsideAWordIsNoOperator) {
  EXPECT_EQ(Parsed("a-b - c"), "[a-b-c]");
}

TEST(ParseExpression, CallsNestAndDepthMayBeAbsent) {
  EXPECT_EQ(Parsed("deps(kind(rule, //...), 2)"),
            "[deps: [kind: rule //...] 2]");
  EXPECT_EQ(Parsed("rdeps(//..., //a)"), "[rdeps: //... //a]");
  EXPECT_EQ(Parsed("attr(tags, \"[\\[ ]x\", //a)"), "[attr: tags [\\[ ]x //a]");
}

TEST(ParseExpression, SetsTakeWordsWithoutCommas) {
  EXPECT_EQ(Parsed("set(//a //b 'c d')"), "[set: //a //b c d]");
  EXPECT_EQ(Parsed("set()"), "[set: ]");
}

TEST(ParseExpression, LetBindsAName) {
  EXPECT_EQ(Parsed("let v = a + b in $v - deps($v)"),
            "[let v [a+b] [$v-[deps: $v]]]");
}

TEST(ParseExpression, AFunctionsNameWithoutBracketsIsAWord) {
  EXPECT_EQ(Parsed("deps"), "deps");
}

TEST(ParseExpression, UnknownFunctionNamesTheNearest) {
  EXPECT_THAT(ParseExpression("a + dep(//x)"),
              StatusIs(Code::kInvalidArgument,
                       "query:1:5: error: no function named `dep`\n"
                       "  1 | a + dep(//x)\n"
                       "    |     ^^^ did you mean `deps`?"));
}

TEST(ParseExpression, AMissingBracketIsPointedAt) {
  EXPECT_EQ(Parsed("deps(//a"),
            "query:1:9: error: expected `)` here\n"
            "  1 | deps(//a\n"
            "    |         ^ deps(x[, depth]): x and what it depends on");
}

TEST(ParseExpression, ErrorsPointAtTheWrongWord) {
  EXPECT_THAT(Parsed(""), HasSubstr("1:1: error: there is no query"));
  EXPECT_THAT(Parsed("a b"), HasSubstr("1:3: error: expected an operator"));
  EXPECT_THAT(Parsed("a +"), HasSubstr("1:4: error: expected a target"));
  EXPECT_THAT(Parsed("deps(a, b)"), HasSubstr("1:9: error: expected a depth"));
  EXPECT_THAT(Parsed("kind(a)"), HasSubstr("1:7: error: expected `,`"));
  EXPECT_THAT(Parsed("'a"), HasSubstr("1:1: error: the quote never ends"));
  EXPECT_THAT(Parsed("kind(a|b, c)"), HasSubstr("1:7: error: `|` means"));
  EXPECT_THAT(Parsed("let x a in b"), HasSubstr("1:7: error: expected `=`"));
  EXPECT_THAT(Parsed("a + in"), HasSubstr("1:5: error: expected a target"));
  EXPECT_THAT(Parsed("-a"), HasSubstr("1:1: error: expected a target"));
}

TEST(ParseExpression, TooDeepNestingIsAnErrorNotACrash) {
  EXPECT_THAT(Parsed(std::string(100000, '(')), HasSubstr("nested too deep"));
  std::string calls;
  for (int i = 0; i < 100000; ++i) calls += "deps(";
  EXPECT_THAT(Parsed(calls), HasSubstr("nested too deep"));
  std::string lets;
  for (int i = 0; i < 100000; ++i) lets += "let a = b in ";
  EXPECT_THAT(Parsed(lets), HasSubstr("nested too deep"));
}

TEST(ParseExpression, LongChainsOfOperatorsAreNotDeep) {
  std::string chain = "//a";
  for (int i = 0; i < 100000; ++i) chain += " + //a";
  auto expression = ParseExpression(chain);
  ASSERT_THAT(expression, IsOk());
  EXPECT_EQ((*expression)->operands.size(), 100001u);
}

TEST(PatternsOf, ListsWhatStandsForTargetsOnce) {
  auto expression = ParseExpression(
      "let v = deps(//a, 3) in kind(rule, set(//b //a) + $v) + //c");
  ASSERT_THAT(expression, IsOk());
  EXPECT_THAT(PatternsOf(**expression), ElementsAre("//a", "//b", "//c"));
}

TEST(Calls, LooksInside) {
  auto expression = ParseExpression("a + deps(siblings(b))");
  ASSERT_THAT(expression, IsOk());
  EXPECT_TRUE(Calls(**expression, "siblings"));
  EXPECT_FALSE(Calls(**expression, "tests"));
}

TEST(ExpressionFromOperands, TheShortFormIsACall) {
  EXPECT_EQ(FromOperands({"deps", "//x"}), "deps(//x)");
  EXPECT_EQ(FromOperands({"deps", "//x", "//y", "2"}), "deps(//x + //y, 2)");
  EXPECT_EQ(FromOperands({"rdeps", "//x"}), "rdeps(//..., //x)");
  EXPECT_EQ(FromOperands({"rdeps", "//a/...", "//x", "1"}),
            "rdeps(//a/..., //x, 1)");
  EXPECT_EQ(FromOperands({"somepath", "//x", "//y"}), "somepath(//x, //y)");
  EXPECT_EQ(FromOperands({"kind", "a|b rule", "//..."}),
            "kind(\"a|b rule\", //...)");
}

TEST(ExpressionFromOperands, OtherWordsAreJoined) {
  EXPECT_EQ(FromOperands({"//x", "+", "//y"}), "//x + //y");
  EXPECT_EQ(FromOperands({"deps(//x)"}), "deps(//x)");
  EXPECT_EQ(FromOperands({"deps"}), "deps");
}

TEST(ExpressionFromOperands, TooFewOperandsAreLeftToTheParser) {
  EXPECT_THAT(Parsed(FromOperands({"kind", "rule"})),
              HasSubstr("expected `,`"));
}

TEST(QueryFunctions, AllBeginTheirSynopsisWithTheirName) {
  for (const QueryFunction& function : QueryFunctions()) {
    EXPECT_EQ(function.synopsis.find(function.name), 0u) << function.name;
    EXPECT_EQ(FindQueryFunction(function.name), &function);
  }
}

}  // namespace
}  // namespace graph
