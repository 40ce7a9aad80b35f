// SPDX-License-Identifier: Apache-2.0

// What the form of every text keeps: its tree and its comments; and that it is
// its own form. Over all files of the repository, over these with their lines
// broken and commented at random, and over programs made up.

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dsl/syntax/lexer.h"
#include "gtest/gtest.h"
#include "tests/dsl/format/formatted.h"
#include "tests/support/sanitizers.h"

namespace dsl {
namespace {

const std::filesystem::path kRepository =
    std::filesystem::path(TEST_SOURCE_DIR).parent_path();

struct Text {
  std::string name;
  std::string text;
  FileKind kind = FileKind::kModule;
};

FileKind KindOf(const std::filesystem::path& path) {
  return path.filename() == "BUILD.spec" ? FileKind::kBuildFile
                                         : FileKind::kModule;
}

// All that parses: files, and chunks of the files that have such.
std::vector<Text> Texts() {
  std::vector<Text> texts;
  for (const char* folder : {"rules", "examples", "tests"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(kRepository / folder)) {
      const std::filesystem::path& path = entry.path();
      if (path.extension() != ".spec" && path.extension() != ".star") continue;
      for (absl::string_view chunk :
           absl::StrSplit(ReadWhole(path.string()), "\n---\n")) {
        Text text = {path.string(), std::string(chunk), KindOf(path)};
        if (Formatted(text.text, text.kind).has_value()) texts.push_back(text);
      }
    }
  }
  return texts;
}

TEST(Promises, HoldForAllFilesOfTheRepository) {
  const std::vector<Text> texts = Texts();
  ASSERT_GT(texts.size(), 100u);
  for (const Text& text : texts) {
    EXPECT_EQ(BrokenPromise(text.text, text.kind), "") << text.name;
    EXPECT_EQ(BrokenPromise(text.text, FileKind::kBuildFile), "") << text.name;
  }
}

// The files that an example in Markdown writes: cat > NAME <<'SPEC'
std::vector<Text> Examples(const std::filesystem::path& page) {
  const std::string kStart = "\ncat > ";
  const std::string kMark = " <<'SPEC'\n";
  const std::string text = ReadWhole(page.string());
  std::vector<Text> examples;
  size_t at = text.find(kStart);
  for (; at != text.npos; at = text.find(kStart, at)) {
    const size_t name = at += kStart.size();
    const size_t mark = text.find(kMark, at);
    if (mark == text.npos || mark > text.find('\n', at)) continue;
    const size_t begin = mark + kMark.size();
    const size_t end = text.find("SPEC\n", begin);
    const std::string file = text.substr(name, mark - name);
    examples.push_back({absl::StrCat(page.string(), ": ", file),
                        text.substr(begin, end - begin), KindOf(file)});
  }
  return examples;
}

TEST(Promises, OurFilesAreFormatted) {
  std::vector<Text> texts;
  for (const char* folder : {"rules", "examples", "docs"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(kRepository / folder)) {
      const std::filesystem::path& path = entry.path();
      if (path.extension() == ".spec") {
        texts.push_back(
            {path.string(), ReadWhole(path.string()), KindOf(path)});
      } else if (path.extension() == ".md") {
        for (Text& text : Examples(path)) texts.push_back(std::move(text));
      }
    }
  }
  ASSERT_GT(texts.size(), 20u);
  for (const Text& text : texts) {
    EXPECT_TRUE(Formatted(text.text, text.kind) == text.text)
        << text.name << " is in another form; `graph fmt` changes it to\n"
        << Formatted(text.text, text.kind).value_or("nothing: it is wrong");
  }
}

class Dice {
 public:
  explicit Dice(uint32_t seed) : random_(seed) {}
  int Below(int count) { return static_cast<int>(random_() % count); }
  bool OneIn(int count) { return Below(count) == 0; }

 private:
  std::mt19937 random_;
};

// The same tokens with other space between them.
std::string Shaken(const std::string& text, Dice& dice, bool commented) {
  const auto source = Source::Make("f.spec", text);
  Diagnostics diagnostics;
  const std::vector<Token> tokens = Lex(*source, diagnostics);
  std::string out;
  int depth = 0;
  int comments = 0;
  uint32_t end = 0;
  for (const Token& token : tokens) {
    const absl::string_view word = source->Text(token.extent);
    const absl::string_view gap =
        absl::string_view(text).substr(end, token.extent.begin - end);
    if (token.extent.begin == token.extent.end) continue;
    const bool closes = word == ")" || word == "]" || word == "}";
    if (commented && depth > 0 && dice.OneIn(12)) {
      absl::StrAppend(&out, gap, "  # ", ++comments, "\n");
    } else if (commented && depth > 0 && dice.OneIn(20)) {
      absl::StrAppend(&out, gap, "\n\n  # own ", ++comments, "\n");
    } else if (depth > 0 && dice.OneIn(6)) {
      absl::StrAppend(&out, gap, "\n", std::string(dice.Below(9), ' '));
    } else if (depth > 0 && absl::StrContains(gap, '\n') &&
               !absl::StrContains(gap, '#') && !dice.OneIn(3)) {
      out += ' ';
    } else {
      absl::StrAppend(&out, gap);
    }
    absl::StrAppend(&out, word);
    end = token.extent.end;
    if (word == "(" || word == "[" || word == "{") ++depth;
    if (closes) --depth;
  }
  return out;
}

TEST(Promises, HoldWhereverLinesAreBrokenAndCommented) {
  Dice dice(1);
  const int rounds = graph::Rounds(20);
  for (const Text& text : Texts()) {
    for (int round = 0; round < rounds; ++round) {
      const std::string shaken = Shaken(text.text, dice, round % 2 == 0);
      if (!Formatted(shaken, text.kind).has_value()) continue;
      ASSERT_EQ(BrokenPromise(shaken, text.kind), "") << text.name;
    }
  }
}

// Makes up programs that parse.
class Maker {
 public:
  explicit Maker(Dice& dice) : dice_(dice) {}

  std::string Program() {
    std::string out;
    if (dice_.OneIn(3))
      out += "load(\"b\", \"z\", y = \"x\")\nload(':a', 'q')\n";
    for (int i = dice_.Below(5); i >= 0; --i) out += Statement(0);
    return out;
  }

 private:
  std::string Comment() {
    return dice_.OneIn(6) ? absl::StrCat("  # ", ++comments_) : "";
  }

  std::string Line(int level, const std::string& text) {
    const std::string indent(2 * level, ' ');
    std::string out;
    if (dice_.OneIn(6)) out += "\n";
    if (dice_.OneIn(10)) absl::StrAppend(&out, indent, "# ", ++comments_, "\n");
    return absl::StrCat(out, indent, text, Comment(), "\n");
  }

  std::string Block(int level) {
    std::string out;
    for (int i = dice_.Below(3); i >= 0; --i) out += Statement(level + 1);
    if (dice_.OneIn(6)) {
      absl::StrAppend(&out, std::string(2 * dice_.Below(level + 2), ' '), "# ",
                      ++comments_, "\n");
    }
    return out;
  }

  std::string Statement(int level) {
    switch (dice_.Below(level < 4 ? 11 : 7)) {
      case 0:
        return Line(level, Expr(3));
      case 1:
        return Line(level, absl::StrCat("x = ", Expr(4)));
      case 2:
        return Line(level, absl::StrCat("a, b = ", Expr(2), ", ", Expr(3)));
      case 3:
        return Line(level, absl::StrCat("x.y |= ", Expr(3)));
      case 4:
        return Line(level, absl::StrCat("return ", Expr(4)));
      case 5:
        return Line(level, absl::StrCat("pass; y = ", Expr(2), ";"));
      case 6:
        return Line(level, absl::StrCat("x: list[int] | None = ", Expr(2)));
      case 7:
        return Line(level, absl::StrCat("for i, j in ", Expr(2), ":")) +
               Block(level);
      case 8:
        return Line(level, absl::StrCat("def f(a, b: int = ", Expr(1),
                                        ", *, c = 1, **d) -> str:")) +
               Block(level);
      case 9:
        return Line(level, absl::StrCat("if ", Expr(3), ": pass"));
      default:
        return Line(level, absl::StrCat("if ", Expr(3), ":")) + Block(level) +
               Line(level, absl::StrCat("elif ", Expr(1), ":")) + Block(level) +
               Line(level, "else:") + Block(level);
    }
  }

  std::string Name() {
    static constexpr const char* kNames[] = {
        "a",
        "value",
        "some_quite_long_name_of_a_thing",
        "'it''s'",
        "'say \"'",
        "12",
        "f'{x + 1}'",
        "\"\"\"a\n  b\"\"\"",
        "r'\\d'",
        "'\\''",
        "\"a rather long text in one literal\""};
    const std::string name = kNames[dice_.Below(std::size(kNames))];
    return absl::StartsWith(name, "'it") ? "'its'" : name;
  }

  std::string List(int depth, const char* between) {
    std::string out;
    const int count = dice_.Below(4);
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(&out, i > 0 ? between : "", Expr(depth - 1));
    }
    if (count > 0 && dice_.OneIn(4)) out += ",";
    return out;
  }

  std::string Operand(int depth) {
    if (depth <= 0) return Name();
    switch (dice_.Below(10)) {
      case 0:
        return absl::StrCat("[", List(depth, ", "), "]");
      case 1:
        return absl::StrCat("f(", List(depth, " , "), ")");
      case 2:
        return absl::StrCat("{", Expr(1), ": ", Expr(depth - 1), "}");
      case 3:
        return absl::StrCat("(", Expr(depth - 1), ")");
      case 4:
        return absl::StrCat("[", Expr(depth - 1), " for i, j in ",
                            Operand(depth - 1), " if ", Operand(0), "]");
      case 5:
        return absl::StrCat(Operand(0), "[", Expr(depth - 1), ":", Expr(0),
                            "]");
      case 6:
        return absl::StrCat("native.rule(name = ", Expr(0),
                            ", deps = ", Expr(depth - 1), ", **x)");
      case 7:
        return absl::StrCat("select({", Expr(0), ": ", Expr(depth - 1), "})");
      case 8:
        return absl::StrCat("(", Expr(depth - 1), ",)");
      default:
        return absl::StrCat("g(x).h(", Expr(depth - 1), ")[i, 1]");
    }
  }

  std::string Expr(int depth) {
    switch (dice_.Below(12)) {
      case 0:
        return absl::StrCat(Operand(depth), " + ", Operand(depth - 1), " + ",
                            Operand(depth));
      case 1:
        return absl::StrCat(Operand(depth), " and not ", Operand(depth - 1),
                            " or ", Operand(depth), " * ", Operand(1));
      case 2:
        return absl::StrCat(Operand(depth), " if ", Operand(depth - 1),
                            " else ", Operand(depth));
      case 3:
        return absl::StrCat("lambda p, *, q = 2: ", Operand(depth));
      case 4:
        return absl::StrCat("not ", Operand(depth), " in ", Operand(depth));
      default:
        return Operand(depth);
    }
  }

  Dice& dice_;
  int comments_ = 0;
};

TEST(Promises, HoldForProgramsMadeUp) {
  Dice dice(2);
  int held = 0;
  const int rounds = graph::Rounds(4000);
  for (int round = 0; round < rounds; ++round) {
    std::string program = Maker(dice).Program();
    if (dice.OneIn(2)) program = Shaken(program, dice, dice.OneIn(2));
    const FileKind kind =
        dice.OneIn(3) ? FileKind::kBuildFile : FileKind::kModule;
    if (!Formatted(program, kind).has_value()) continue;
    ++held;
    ASSERT_EQ(BrokenPromise(program, kind), "");
  }
  EXPECT_GT(held, rounds / 2);
}

}  // namespace
}  // namespace dsl
