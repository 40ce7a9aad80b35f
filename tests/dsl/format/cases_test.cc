// SPDX-License-Identifier: Apache-2.0

// The cases of tests/dsl/format/cases: each a sentence, a text, and its form.

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dsl/format/format.h"
#include "gtest/gtest.h"
#include "tests/dsl/format/formatted.h"

namespace dsl {
namespace {

struct Case {
  std::string title;
  std::string text;
  std::string form;
};

std::vector<Case> ReadCases(const std::string& name) {
  const std::string all =
      ReadWhole(absl::StrCat(TEST_SOURCE_DIR, "/dsl/format/cases/", name));
  std::vector<Case> cases;
  for (absl::string_view chunk : absl::StrSplit(all, "--------\n")) {
    if (absl::StartsWith(chunk, "# A case is")) {
      chunk.remove_prefix(chunk.find("\n\n") + 2);
    }
    const size_t blank = chunk.find("\n\n");
    const size_t line = chunk.find("========\n");
    if (line == chunk.npos) {
      ADD_FAILURE() << "no `========` in " << chunk;
      continue;
    }
    cases.push_back({std::string(chunk.substr(0, blank)),
                     std::string(chunk.substr(blank + 2, line - blank - 2)),
                     std::string(chunk.substr(line + 9))});
  }
  return cases;
}

void Hold(const std::string& name, FileKind kind) {
  const std::vector<Case> cases = ReadCases(name);
  ASSERT_GE(cases.size(), 5u);
  for (const Case& each : cases) {
    EXPECT_EQ(Formatted(each.text, kind).value_or("does not parse"), each.form)
        << each.title;
    EXPECT_EQ(BrokenPromise(each.text, kind), "") << each.title;
  }
}

TEST(Cases, OfBuildFilesHold) { Hold("build_files.txt", FileKind::kBuildFile); }
TEST(Cases, OfModulesHold) { Hold("modules.txt", FileKind::kModule); }

TEST(Form, OfNothingIsNothing) {
  EXPECT_EQ(Formatted("", FileKind::kModule), "");
  EXPECT_EQ(Formatted("\n \n", FileKind::kModule), "");
  EXPECT_EQ(Formatted("# Only this.", FileKind::kModule), "# Only this.\n");
}

TEST(Form, HasPlainLineEndsAndNoByteOrderMark) {
  EXPECT_EQ(
      Formatted("\xef\xbb\xbfx = 1\r\ny = '''a\r\nb'''\r\n", FileKind::kModule),
      "x = 1\ny = \"\"\"a\nb\"\"\"\n");
}

TEST(Form, IsNoneOfATextWithMistakes) {
  Diagnostics diagnostics;
  EXPECT_EQ(
      Format(Source::Make("f.spec", "x = (\n"), FileKind::kModule, diagnostics),
      std::nullopt);
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Form, OfADeepTreeParses) {
  std::string text = "x = ";
  for (int i = 0; i < 490; ++i) text += "[";
  text += std::string(490, ']') + "\n";
  EXPECT_EQ(BrokenPromise(text, FileKind::kModule), "");
  std::string sum = "x = a";
  for (int i = 0; i < 499; ++i) sum += " + a";
  EXPECT_EQ(BrokenPromise(sum + "\n", FileKind::kModule), "");
  std::string blocks;
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&blocks, std::string(i, ' '), "if a:\n");
  }
  absl::StrAppend(&blocks, std::string(100, ' '), "if a: b; c  # d\n");
  EXPECT_EQ(BrokenPromise(blocks, FileKind::kModule), "");
}

}  // namespace
}  // namespace dsl
