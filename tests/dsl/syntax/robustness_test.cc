// SPDX-License-Identifier: Apache-2.0

// Whatever the text, and however many threads: a tree or a diagnostic.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <ostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/dsl/syntax/testing.h"
#include "tests/support/sanitizers.h"

namespace dsl {
namespace {

constexpr char kText[] = R"("""Doc."""
load("//a:b.spec", "c", d = "e")

type Names = list[str] | None

def f(a, *args: int, k: dict[str, int] = {}, **kw) -> Names:
    for x, (y, z) in [(1, (2, 3))]:
        if x < y and not z in args or a[1:-2:3] == [q for q in a if q]:
            continue
        elif lambda u, v = 1: u + v:
            break
        else:
            return f"{x!r}-{[w for w in y]}"
    g = {1: 0x1F, "a\n\u263a": 1.5e3, 'b': r'\d'}; g["c"] += 1 << 2
    return None

py_wheel(name = "x", srcs = glob(["*.py"], exclude = ["a"]), deps = [
    ":y",  # comment
    "//z",
])
)";

TEST(Robustness, TheTextItselfIsFine) { EXPECT_EQ(ErrorsOf(kText), ""); }

TEST(Robustness, AnyChangeOfTheTextIsATreeOrADiagnostic) {
  constexpr absl::string_view kPieces[] = {
      "(",    ")",      "[",    "]",    "{",   "}",      ",",   ":",
      "=",    "\n",     "    ", "\t",   "\"",  "\"\"\"", "'",   "\\",
      "f\"{", "lambda", "if",   "else", "for", "in",     "not", "def",
      "load", "type",   "*",    "**",   "...", "->",     ";",   "1",
      "x",    "\xc3",   "\xff", "0x",   "#",   "!",      "$",   "\r"};
  std::mt19937 random(20260101);
  const auto below = [&](size_t limit) { return random() % limit; };
  int accepted = 0;
  const int rounds = graph::Rounds(4000);
  for (int round = 0; round < rounds; ++round) {
    std::string text = kText;
    for (size_t change = 0; change <= below(4); ++change) {
      const size_t at = below(text.size());
      switch (below(4)) {
        case 0:
          text.erase(at, 1 + below(12));
          break;
        case 1:
          text[at] = static_cast<char>(below(256));
          break;
        case 2:
          text.insert(at, text.substr(below(text.size()), below(40)));
          break;
        default: {
          const absl::string_view piece = kPieces[below(std::size(kPieces))];
          text.insert(at, piece.data(), piece.size());
        }
      }
      if (text.empty()) text = "x";
    }
    const Parsed parsed = ResolveText(text);
    if (parsed.resolved) {
      ++accepted;
      Dump(*parsed.file);
    } else {
      ASSERT_NE(parsed.diagnostics.Rendered(), "") << text;
    }
  }
  EXPECT_GT(accepted, rounds / 40);
}

TEST(Robustness, EveryPrefixIsATreeOrADiagnostic) {
  const std::string text = kText;
  for (size_t length = 0; length < text.size(); ++length) {
    const Parsed parsed = ResolveText(text.substr(0, length));
    EXPECT_EQ(parsed.resolved, !parsed.diagnostics.has_errors());
  }
}

TEST(Robustness, ManyThreadsParseAtOnce) {
  const std::string expected = DumpOf(kText);
  const std::string wrong = absl::StrCat(kText, "x = (1 2)\n");
  const std::string expected_error = ErrorsOf(wrong);
  std::vector<std::thread> threads;
  std::vector<int> failures(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 100; ++round) {
        failures[i] += DumpOf(kText) != expected;
        failures[i] += ErrorsOf(wrong) != expected_error;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(failures, testing::Each(0));
}

// Text of some size that may be hard to parse, or to find the errors of.
struct Shape {
  const char* name;
  const char* before;
  const char* repeated;
  const char* after;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

// Of two tasks that do as much, the processor time of the fastest run of each.
// They take turns, so that what else the machine does meets both.
class Race {
 public:
  void Run(const std::function<void()>& first,
           const std::function<void()>& second) {
    first_ = std::min(first_, SecondsFor(first));
    second_ = std::min(second_, SecondsFor(second));
  }
  double ratio() const { return first_ / second_; }

 private:
  static double SecondsFor(const std::function<void()>& task) {
    const std::clock_t start = std::clock();
    task();
    return double(std::clock() - start) / CLOCKS_PER_SEC;
  }

  double first_ = 1e9;
  double second_ = 1e9;
};

class Time : public testing::TestWithParam<Shape> {
 protected:
  // Memory that was had once is kept: else each large text has its pages from
  // the system anew, which takes longer than to parse it.
  static void SetUpTestSuite() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
  }
};

TEST_P(Time, IsLinearInTheSize) {
  constexpr int kTimes = 8;
  const Shape& shape = GetParam();
  const auto text = [&](int count) {
    std::string made = shape.before;
    for (int i = 0; i < count; ++i) made += shape.repeated;
    return made + shape.after;
  };
  int count = 500;
  const auto takes_long = [&] {
    const std::string large = text(kTimes * count);
    const std::clock_t start = std::clock();
    ResolveText(large);
    return std::clock() - start >= 0.04 * CLOCKS_PER_SEC;
  };
  while (count < 500000 && !takes_long()) count *= 2;
  const std::string small = text(count);
  const std::string large = text(kTimes * count);
  Race race;
  for (int attempt = 0; attempt < 20; ++attempt) {
    race.Run([&] { ResolveText(large); },
             [&] {
               for (int i = 0; i < kTimes; ++i) ResolveText(small);
             });
    if (attempt > 0 && race.ratio() < 1.6) return;  // Quadratic: 8.
  }
  ADD_FAILURE() << "in one text it takes " << race.ratio()
                << " times as long as in " << kTimes;
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Time,
    testing::Values(Shape{"Calls", "", "print(a = [1, 2], b = 'c')\n", ""},
                    Shape{"List", "x = [", "1, ", "]\n"},
                    Shape{"Operators", "x = [0", " + 1, 1", "]\n"},
                    Shape{"OpenBrackets", "x = ", "(", "\n"},
                    Shape{"ClosingBrackets", "x = 1", ")", "\n"},
                    Shape{"OpenLines", "", "f(\n", ""},
                    Shape{"OpenStrings", "", "x = 'a\n", ""},
                    Shape{"OpenTripleString", "x = '''", "a\n", ""},
                    Shape{"WrongLines", "", "x = 1 2\n", ""},
                    Shape{"BadCharacters", "", "$", "\n"},
                    Shape{"UnknownNames", "x = [", "nosuch, ", "]\n"},
                    Shape{"Blocks", "", "def f(a):\n  if a:\n    b\n", ""},
                    Shape{"WrongBlocks", "", "while a:\n  try:\n    b c\n", ""},
                    Shape{"Elif", "if a:\n  b\n", "elif a:\n  b\n", ""},
                    Shape{"Dedents", "def f():\n", "        a\n    b\n", ""},
                    Shape{"FStrings", "x = [", "f'{print}', ", "]\n"},
                    Shape{"Comments", "", "# a\n\n", "x = 1\n"}),
    [](const testing::TestParamInfo<Shape>& each) {
      return std::string(each.param.name);
    });

}  // namespace
}  // namespace dsl
