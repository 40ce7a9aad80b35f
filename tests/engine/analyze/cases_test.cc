// SPDX-License-Identifier: Apache-2.0
// The cases in cases/ (analysis and its diagnostics) and in tests/rules/ (the
// rules): files of sections, each begun by a line `=== heading`.
//
//   What the case shows, as text before the first section.
//   === app/BUILD.spec            a file of the workspace; any number
//   === config debug              one --config; any number
//   === platform linux-arm64      the --platform
//   === analyze //app:a //app:b   what is asked for
//   === actions                   then one or more of what is expected:
//   === targets                   the actions, the targets, the error,
//   === error                     what was printed
//   === printed
//
// Cases in a file are divided by a line `----`. GRAPH_UPDATE_GOLDEN=1 writes
// what came instead of comparing: read the difference before you keep it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/analyze/dump.h"
#include "tests/engine/analyze/workbench.h"

namespace graph {
namespace {

namespace fs = std::filesystem;

struct Section {
  std::string heading;  // Empty: the words before the first one.
  std::string text;
};
using Case = std::vector<Section>;

constexpr absl::string_view kMark = "=== ";
constexpr absl::string_view kDivider = "----";

std::vector<Case> ReadCases(const fs::path& path) {
  std::ifstream in(path);
  std::vector<Case> cases = {{{}}};
  for (std::string line; std::getline(in, line);) {
    if (line == kDivider) {
      cases.push_back({{}});
    } else if (absl::StartsWith(line, kMark)) {
      cases.back().push_back({line.substr(kMark.size()), ""});
    } else {
      absl::StrAppend(&cases.back().back().text, line, "\n");
    }
  }
  return cases;
}

void WriteCases(const fs::path& path, const std::vector<Case>& cases) {
  std::ofstream out(path);
  for (size_t i = 0; i < cases.size(); ++i) {
    if (i > 0) out << kDivider << "\n";
    for (const Section& section : cases[i]) {
      if (!section.heading.empty()) out << kMark << section.heading << "\n";
      out << section.text;
    }
  }
}

bool IsExpectation(absl::string_view heading) {
  return heading == "actions" || heading == "targets" || heading == "error" ||
         heading == "printed";
}

std::string Actual(absl::string_view heading, const Workbench& bench,
                   const absl::StatusOr<Analysis>& analysis) {
  if (heading == "printed") {
    std::string lines = absl::StrJoin(bench.printed(), "\n");
    return lines.empty() ? lines : lines + "\n";
  }
  if (heading == "error") return std::string(analysis.status().message());
  if (!analysis.ok()) {
    return absl::StrCat("failed:\n", analysis.status().message());
  }
  if (heading == "actions") return DumpActions(analysis->graph);
  std::string out;
  for (const ConfiguredTarget& target : analysis->targets) {
    absl::StrAppend(&out, DumpTarget(*analysis, target));
  }
  return out;
}

// Runs the case and puts what came into its expectations.
Case Play(Case sections) {
  Workbench bench;
  std::optional<absl::StatusOr<Analysis>> analysis;
  for (Section& section : sections) {
    absl::string_view heading = section.heading;
    if (heading.empty()) continue;
    if (absl::ConsumePrefix(&heading, "config ")) {
      bench.configuration.configs.emplace_back(heading);
    } else if (absl::ConsumePrefix(&heading, "platform ")) {
      bench.configuration.platform = std::string(heading);
    } else if (absl::ConsumePrefix(&heading, "analyze ")) {
      analysis = bench.Analyze(absl::StrSplit(heading, ' '));
    } else if (IsExpectation(heading)) {
      EXPECT_TRUE(analysis.has_value()) << "nothing was analysed before";
      if (analysis.has_value()) {
        section.text = Actual(heading, bench, *analysis);
        if (!section.text.empty() && section.text.back() != '\n') {
          section.text += "\n";
        }
      }
    } else {
      bench.Write(heading, section.text);
    }
  }
  return sections;
}

// What must be the same: an empty line before the divider does not count.
std::string Comparable(const Case& sections) {
  std::string out;
  for (const Section& section : sections) {
    absl::StrAppend(&out, kMark, section.heading, "\n",
                    absl::StripTrailingAsciiWhitespace(section.text), "\n");
  }
  return out;
}

std::vector<fs::path> CaseFiles() {
  fs::path tests(TEST_SOURCE_DIR);
  std::vector<fs::path> files;
  for (const fs::path& root :
       {tests / "engine/analyze/cases", tests / "rules"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class CasesTest : public ::testing::TestWithParam<fs::path> {};

TEST_P(CasesTest, ComeOutAsWritten) {
  std::vector<Case> cases = ReadCases(GetParam());
  std::vector<Case> came;
  for (const Case& one : cases) came.push_back(Play(one));
  if (std::getenv("GRAPH_UPDATE_GOLDEN") != nullptr) {
    WriteCases(GetParam(), came);
    return;
  }
  for (size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(Comparable(came[i]), Comparable(cases[i]))
        << GetParam().string() << ", case " << i + 1 << ": "
        << cases[i][0].text;
  }
}

INSTANTIATE_TEST_SUITE_P(All, CasesTest, ::testing::ValuesIn(CaseFiles()),
                         [](const ::testing::TestParamInfo<fs::path>& test) {
                           std::string name = absl::StrCat(
                               test.param.parent_path().filename().string(),
                               "_", test.param.stem().string());
                           for (char& c : name) {
                             if (!absl::ascii_isalnum(c)) c = '_';
                           }
                           return name;
                         });

}  // namespace
}  // namespace graph
