// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dsl {
namespace {

using ::testing::HasSubstr;

// The tokens as words: the text, or the name of what has none.
std::string Tokens(std::string text, std::string* errors = nullptr) {
  const auto source = Source::Make("f.spec", std::move(text));
  Diagnostics diagnostics;
  std::vector<std::string> words;
  for (const Token& token : Lex(*source, diagnostics)) {
    switch (token.type) {
      case TokenType::NEWLINE:
        words.emplace_back("NEWLINE");
        break;
      case TokenType::INDENT:
        words.emplace_back("INDENT");
        break;
      case TokenType::DEDENT:
        words.emplace_back("DEDENT");
        break;
      case TokenType::TCOMMA:
        words.emplace_back("TCOMMA");
        break;
      case TokenType::TSEMI:
        words.emplace_back("TSEMI");
        break;
      case TokenType::TYPE:
        words.emplace_back("TYPE");
        break;
      case TokenType::END:
        break;
      default:
        words.emplace_back(source->Text(token.extent));
    }
  }
  if (errors != nullptr) {
    *errors = diagnostics.Rendered();
  } else {
    EXPECT_EQ(diagnostics.Rendered(), "");
  }
  return absl::StrJoin(words, " ");
}

std::string LexErrors(std::string text) {
  std::string errors;
  Tokens(std::move(text), &errors);
  return errors;
}

TEST(Lexer, EmptyTextHasNoTokens) {
  EXPECT_EQ(Tokens(""), "");
  EXPECT_EQ(Tokens("\n\n  \n# comment\n   # another"), "");
}

TEST(Lexer, LongestMatchWins) {
  EXPECT_EQ(Tokens("a//=b**c<<=d->e"), "a //= b ** c <<= d -> e NEWLINE");
  EXPECT_EQ(Tokens("inner in in_"), "inner in in_ NEWLINE");
}

TEST(Lexer, NewlineIsAddedAtTheEnd) {
  EXPECT_EQ(Tokens("x"), "x NEWLINE");
  EXPECT_EQ(Tokens("x\r\n"), "x NEWLINE");
}

TEST(Lexer, BlocksAreIndented) {
  EXPECT_EQ(Tokens("if a:\n  b\n\n  # c\n  if d:\n      e\nf"),
            "if a : NEWLINE INDENT b NEWLINE if d : NEWLINE INDENT e NEWLINE "
            "DEDENT DEDENT f NEWLINE");
}

TEST(Lexer, BlocksEndWithTheText) {
  EXPECT_EQ(Tokens("if a:\n b"), "if a : NEWLINE INDENT b NEWLINE DEDENT");
}

TEST(Lexer, LinesGoOnWithinBracketsAndBehindBackslashes) {
  EXPECT_EQ(Tokens("f(a,\n     # c\n  b)\nx = \\\n  1\n"),
            "f ( a , b ) NEWLINE x = 1 NEWLINE");
}

TEST(Lexer, TrailingCommasAndSemicolonsAreMarked) {
  EXPECT_EQ(Tokens("f(a,)"), "f ( a TCOMMA ) NEWLINE");
  EXPECT_EQ(Tokens("[a,\n]"), "[ a TCOMMA ] NEWLINE");
  EXPECT_EQ(Tokens("a, = b,\n"), "a TCOMMA = b TCOMMA NEWLINE");
  EXPECT_EQ(Tokens("a; b;\n"), "a ; b TSEMI NEWLINE");
}

TEST(Lexer, TypeIsAWordBeforeANameOnly) {
  EXPECT_EQ(Tokens("type X = int"), "TYPE X = int NEWLINE");
  EXPECT_EQ(Tokens("type(x)\ntype = 1\nf(type)"),
            "type ( x ) NEWLINE type = 1 NEWLINE f ( type ) NEWLINE");
  EXPECT_EQ(Tokens("a; type B = c"), "a ; TYPE B = c NEWLINE");
}

TEST(Lexer, StringsOfAllQuotes) {
  EXPECT_EQ(Tokens(R"('a"' "b'" """c"d""" '''e''' r"\"" f"{x}" fr'')"),
            R"('a"' "b'" """c"d""" '''e''' r"\"" f"{x}" fr'')"
            " NEWLINE")
      << "a raw string's backslash still guards the quote behind it";
}

TEST(Lexer, RawStringCannotEndInABackslash) {
  EXPECT_THAT(LexErrors(R"(x = r"\")"), HasSubstr("not closed"));
}

TEST(Lexer, TripleQuotedStringsSpanLines) {
  EXPECT_EQ(Tokens("\"\"\"a\n\"b\" \\\"\"\" c\"\"\""),
            "\"\"\"a\n\"b\" \\\"\"\" c\"\"\" NEWLINE");
}

TEST(Lexer, Numbers) {
  EXPECT_EQ(Tokens("0 12 0x1F 0o17 0b11 1.5 .5 1e3 1.e2 1E-7"),
            "0 12 0x1F 0o17 0b11 1.5 .5 1e3 1.e2 1E-7 NEWLINE");
}

TEST(Lexer, ByteOrderMarkIsSkipped) {
  EXPECT_EQ(Tokens("\xef\xbb\xbfx"), "x NEWLINE");
}

TEST(LexerErrors, TabIndents) {
  EXPECT_EQ(LexErrors("if x:\n\ty\n"),
            "f.spec:2:1: error: a tab cannot indent a line\n"
            "  2 | \ty\n"
            "    | ^ indent with spaces\n");
}

TEST(LexerErrors, TabsElsewhereAreFine) {
  EXPECT_EQ(LexErrors("x\t=\t1\n\t\n\t# c\nf(\n\ta)"), "");
}

TEST(LexerErrors, DedentToAColumnThatWasNeverUsed) {
  EXPECT_EQ(LexErrors("def f():\n        x\n    y\n"),
            "f.spec:3:1: error: the dedent matches no earlier indentation\n"
            "  3 |     y\n"
            "    | ^^^^ indent by 0 spaces to leave the block\n");
}

TEST(LexerErrors, StringIsNotClosed) {
  EXPECT_EQ(LexErrors("x = \"abc\ny = 1\n"),
            "f.spec:1:5: error: the string is not closed before the end of "
            "the line\n"
            "  1 | x = \"abc\n"
            "    |     ^^^^\n");
  EXPECT_THAT(LexErrors("x = '''abc\ny = 1\n"),
              HasSubstr("1:5: error: the string is not closed before the end "
                        "of the file"));
}

TEST(LexerErrors, NumbersOfOtherLanguages) {
  EXPECT_THAT(LexErrors("0755"), HasSubstr("write 0o755"));
  EXPECT_THAT(LexErrors("1_000"), HasSubstr("a number has no underscores"));
  EXPECT_THAT(LexErrors("12ab"), HasSubstr("`12ab` is not a number"));
  EXPECT_THAT(LexErrors("0x"), HasSubstr("`0x` is not a number"));
}

TEST(LexerErrors, Bytes) {
  EXPECT_THAT(LexErrors("b\"a\""), HasSubstr("no bytes literals"));
  EXPECT_THAT(LexErrors("rr\"a\""), HasSubstr("no prefix"));
}

TEST(LexerErrors, EachStrayCharacterIsReported) {
  const std::string errors = LexErrors("a $ b\n\xc3\xa9 = 1\n@f\n! $\n\x01");
  EXPECT_THAT(errors, HasSubstr("1:3: error: unexpected character `$`"));
  EXPECT_THAT(errors, HasSubstr("2:1: error: the character `\xc3\xa9`"));
  EXPECT_THAT(errors, HasSubstr("3:1: error: unexpected character `@`"));
  EXPECT_THAT(errors, HasSubstr("4:1: error: unexpected `!`"));
  EXPECT_THAT(errors, HasSubstr("5:1: error: unexpected byte 0x01"));
  // One is enough of a line.
  EXPECT_THAT(errors, testing::Not(HasSubstr("4:3")));
}

}  // namespace
}  // namespace dsl
