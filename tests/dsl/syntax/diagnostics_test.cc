// SPDX-License-Identifier: Apache-2.0

// Whole diagnostics, as people see them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "dsl/syntax/diagnostic.h"
#include "tests/dsl/syntax/testing.h"

namespace dsl {
namespace {

TEST(Diagnostics, SecondBindingShowsTheFirst) {
  EXPECT_EQ(ErrorsOf("x = 1\nx = 2\n"),
            "f.spec:2:1: error: `x` is bound a second time\n"
            "  2 | x = 2\n"
            "    | ^ a name of a file is bound once\n"
            "f.spec:1:1: note: first bound here\n"
            "  1 | x = 1\n"
            "    | ^\n");
}

TEST(Diagnostics, UnknownNameHasTheNearest) {
  EXPECT_EQ(ErrorsOf("py_wheal(name = \"a\")\n"),
            "f.spec:1:1: error: the name `py_wheal` is not defined\n"
            "  1 | py_wheal(name = \"a\")\n"
            "    | ^^^^^^^^ did you mean `py_wheel`?\n");
}

TEST(Diagnostics, MissingCommaOnOneLine) {
  EXPECT_EQ(ErrorsOf("print(a = 1 b = 2)\n"),
            "f.spec:1:13: error: unexpected `b`: a comma is missing\n"
            "  1 | print(a = 1 b = 2)\n"
            "    |             ^ put a comma before it\n");
}

TEST(Diagnostics, MissingCommaAtTheEndOfALine) {
  EXPECT_EQ(ErrorsOf("print(\n    a = \"x\"\n    b = 2,\n)\n"),
            "f.spec:2:12: error: unexpected `b`: a comma is missing\n"
            "  2 |     a = \"x\"\n"
            "    |            ^ put a comma here\n"
            "f.spec:1:6: note: `(` was opened here\n"
            "  1 | print(\n"
            "    |      ^\n");
}

TEST(Diagnostics, BracketThatIsNeverClosed) {
  EXPECT_EQ(ErrorsOf("x = [\n    1,\n    2\n"),
            "f.spec:1:5: error: `[` is never closed\n"
            "  1 | x = [\n"
            "    |     ^\n");
}

TEST(Diagnostics, BracketThatSwallowsTheNextStatement) {
  EXPECT_EQ(ErrorsOf("print(\n    a = 1,\nprint(2)\nx = 3\n"),
            "f.spec:1:6: error: `(` is never closed\n"
            "  1 | print(\n"
            "    |      ^\n"
            "f.spec:3:1: note: it is still open here\n"
            "  3 | print(2)\n"
            "    | ^^^^^\n");
  EXPECT_EQ(ErrorsOf("print(\n    a = 1\nprint(2)\n"),
            "f.spec:1:6: error: `(` is never closed\n"
            "  1 | print(\n"
            "    |      ^\n"
            "f.spec:3:1: note: it is still open here\n"
            "  3 | print(2)\n"
            "    | ^^^^^\n");
}

TEST(Diagnostics, BracketsThatDoNotMatch) {
  EXPECT_EQ(ErrorsOf("x = (1, 2]\n"),
            "f.spec:1:10: error: `]` does not close `(`\n"
            "  1 | x = (1, 2]\n"
            "    |          ^\n"
            "f.spec:1:5: note: opened here\n"
            "  1 | x = (1, 2]\n"
            "    |     ^\n");
  EXPECT_EQ(ErrorsOf("x = 1)\n"),
            "f.spec:1:6: error: nothing is open that `)` could close\n"
            "  1 | x = 1)\n"
            "    |      ^\n");
}

TEST(Diagnostics, AssignmentWhereAComparisonIsMeant) {
  EXPECT_EQ(ErrorsOf("def f(x):\n  if x = 1:\n    pass\n"),
            "f.spec:2:8: error: unexpected `=`, expected `:`\n"
            "  2 |   if x = 1:\n"
            "    |        ^ did you mean `==`?\n");
}

TEST(Diagnostics, ColonIsMissing) {
  EXPECT_EQ(ErrorsOf("def f()\n  pass\n"),
            "f.spec:1:8: error: a `:` is missing at the end of the line\n"
            "  1 | def f()\n"
            "    |        ^ put a `:` here\n");
}

TEST(Diagnostics, BlockIsMissing) {
  EXPECT_EQ(ErrorsOf("def f():\nx = 1\n"),
            "f.spec:2:1: error: expected an indented block\n"
            "  2 | x = 1\n"
            "    | ^\n");
}

TEST(Diagnostics, IndentationIsUnexpected) {
  EXPECT_EQ(ErrorsOf("x = 1\n  y = 2\n"),
            "f.spec:2:3: error: unexpected indentation\n"
            "  2 |   y = 2\n"
            "    |   ^\n");
}

TEST(Diagnostics, WordsOfPython) {
  EXPECT_EQ(ErrorsOf("def f():\n  while True:\n    pass\n"),
            "f.spec:2:3: error: `while` is a reserved word\n"
            "  2 |   while True:\n"
            "    |   ^^^^^ use `for` with a range\n");
  EXPECT_EQ(ErrorsOf("x = 2 ** 3\n"),
            "f.spec:1:7: error: unexpected `**`, expected the end of the "
            "line\n"
            "  1 | x = 2 ** 3\n"
            "    |       ^^ there is no power operator\n");
}

TEST(Diagnostics, ChainOfComparisons) {
  EXPECT_EQ(ErrorsOf("x = 1 < 2 == 3\n"),
            "f.spec:1:11: error: comparisons do not chain\n"
            "  1 | x = 1 < 2 == 3\n"
            "    |           ^^ join them with `and`, or use parentheses\n");
}

TEST(Diagnostics, NeighbouringStrings) {
  EXPECT_EQ(ErrorsOf("x = \"a\" \"b\"\n"),
            "f.spec:1:9: error: neighbouring strings are not joined\n"
            "  1 | x = \"a\" \"b\"\n"
            "    |         ^^^ put a + between them\n");
}

TEST(Diagnostics, BareTupleWithATrailingComma) {
  EXPECT_EQ(ErrorsOf("x = 1,\n"),
            "f.spec:1:6: error: a tuple with a trailing comma needs "
            "parentheses\n"
            "  1 | x = 1,\n"
            "    |      ^\n");
}

TEST(Diagnostics, UnknownEscape) {
  EXPECT_EQ(ErrorsOf("x = \"a\\.b\"\n"),
            "f.spec:1:7: error: unknown escape `\\.`\n"
            "  1 | x = \"a\\.b\"\n"
            "    |       ^^ write `\\\\.` for a backslash\n");
}

TEST(Diagnostics, CaretsStandBelowWideCharacters) {
  EXPECT_EQ(ErrorsOf("x = \"\xc3\xa9\xe2\x98\xba\" + nosuch\n"),
            "f.spec:1:15: error: the name `nosuch` is not defined\n"
            "  1 | x = \"\xc3\xa9\xe2\x98\xba\" + nosuch\n"
            "    |            ^^^^^^\n");
}

TEST(Diagnostics, SpanOfSeveralLinesShowsTheFirst) {
  const auto source = Source::Make("a", "one\ntwo\n");
  EXPECT_EQ(Render({.span = source->At({1, 7}), .message = "m"}),
            "a:1:2: error: m\n  1 | one\n    |  ^^\n");
}

TEST(Diagnostics, LongLinesAreCut) {
  const auto source = Source::Make(
      "a", absl::StrCat(std::string(10000, 'x'), "!", std::string(9999, 'y')));
  const std::string text =
      Render({.span = source->At({10000, 10001}), .message = "m"});
  EXPECT_LT(text.size(), 500u);
  EXPECT_NE(text.find("x!y"), std::string::npos);
}

TEST(Diagnostics, NoPlaceIsNeeded) {
  EXPECT_EQ(
      Render({.message = "m", .hint = "h", .notes = {{std::nullopt, "n"}}}),
      "error: m: h\nnote: n\n");
  EXPECT_EQ(Render({.severity = Severity::kWarning, .message = "m"}),
            "warning: m\n");
}

TEST(Diagnostics, KeepTheirSources) {
  Diagnostics diagnostics;
  {
    const auto source = Source::Make("a", "text");
    diagnostics.Error(source->At({0, 4}), "m");
  }
  EXPECT_EQ(diagnostics.Rendered(),
            "a:1:1: error: m\n  1 | text\n    | ^^^^\n");
}

TEST(Source, KnowsLinesAndColumns) {
  const auto source = Source::Make("a", "ab\r\n\nc");
  EXPECT_EQ(source->PositionOf(0), (Position{1, 1}));
  EXPECT_EQ(source->PositionOf(4), (Position{2, 1}));
  EXPECT_EQ(source->PositionOf(5), (Position{3, 1}));
  EXPECT_EQ(source->PositionOf(99), (Position{3, 2}));
  EXPECT_EQ(source->Line(1), "ab");
  EXPECT_EQ(source->Line(2), "");
  EXPECT_EQ(source->Line(3), "c");
  EXPECT_EQ(source->Line(4), "");
}

TEST(Source, FindsEveryLineOfALongText) {
  std::string text;
  for (int line = 1; line <= 100; ++line) absl::StrAppend(&text, line, "\n");
  const auto source = Source::Make("f", text);
  size_t at = 0;
  for (int line = 1; line <= 100; ++line) {
    const std::string digits = absl::StrCat(line);
    EXPECT_EQ(source->PositionOf(at), (Position{line, 1}));
    at += digits.size();
    EXPECT_EQ(source->PositionOf(at),
              (Position{line, static_cast<int>(digits.size()) + 1}));
    EXPECT_EQ(source->Line(line), digits);
    ++at;
  }
  EXPECT_EQ(source->PositionOf(at), (Position{101, 1}));
  EXPECT_EQ(source->Line(101), "");
  EXPECT_EQ(source->Line(102), "");
  EXPECT_EQ(source->Line(1000), "");
}

// One error of each kind of text that no golden text above covers.
struct Refused {
  const char* text;
  const char* message;
};
class SyntaxErrors : public testing::TestWithParam<Refused> {};

TEST_P(SyntaxErrors, AreReported) {
  EXPECT_THAT(ErrorsOf(GetParam().text), testing::HasSubstr(GetParam().message))
      << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Each, SyntaxErrors,
    testing::Values(
        Refused{"x = \"\\xff\"", "is beyond ASCII"},
        Refused{"x = \"\\400\"", "is beyond ASCII"},
        Refused{"x = \"\\x4\"", "takes two hexadecimal digits"},
        Refused{"x = \"\\u12\"", "takes 4 hexadecimal digits"},
        Refused{"x = \"\\ud800\"", "is not a code point"},
        Refused{"x = \"\\U00110000\"", "is not a code point"},
        Refused{"x = 1e999", "is too large"},
        Refused{"x = f\"{1:>5}\"", "1:9: error: f-strings have no format"},
        Refused{"x = f\"{1=}\"", "f-strings have no `=`"},
        Refused{"x = f\"{}\"", "an expression is missing"},
        Refused{"x = f\"{1 + }\"", "1:12: error: unexpected end of the expr"},
        Refused{"x = f\"{1\"", "never closed"},
        Refused{"x = f\"}\"", "without a `{`"},
        Refused{"x = f\"{1!z}\"", "stands `s` or `r`"},
        Refused{"a = 1 + not 2", "`not` cannot stand behind"},
        Refused{"x[1, 2:]", "not a tuple"},
        Refused{"load(x, \"b\")", "unexpected `x`, expected a string"},
        Refused{"a, *b = [1]", "unexpected `*`"},
        Refused{"def f(a, /): pass", "unexpected `/`"},
        Refused{"x = (y := 1)", "1:8: error: there is no `:=`"},
        Refused{"x = [*[1], 2]", "unexpected `*`"},
        Refused{"x = {**{}}", "unexpected `**`"},
        Refused{"x = 1 is 1", "`is` is a reserved word"},
        Refused{"class = 1", "`class` is a reserved word"},
        Refused{"a = b = c", "unexpected `=`"},
        Refused{"x: int += 1", "unexpected `+=`"},
        Refused{"x = ...", "`...` stands in types only"},
        Refused{"def 1(): pass", "expected a name"},
        Refused{"x = 1 +",
                "unexpected end of the line, expected an "
                "expression"}));

}  // namespace
}  // namespace dsl
