// SPDX-License-Identifier: Apache-2.0

// Each file *.txt beside this one shows a check: chunks between lines of `---`,
// each a text, a line `=>`, and the warnings about it as people see them. A
// chunk that begins with `# BUILD.spec` is a build file. GRAPH_ACCEPT=1 writes
// the warnings anew.

#include "dsl/check/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/dsl/syntax/testing.h"

namespace dsl {
namespace {

namespace fs = std::filesystem;

const GivenNames& Known() {
  static const auto& names = *new GivenNames(
      {"None", "True", "False", "attr", "depset", "fail", "genrule", "len",
       "list", "print", "provider", "range", "rule", "sorted", "str", "type"});
  return names;
}

// The diagnostics about a text.
Diagnostics Checked(const std::string& text) {
  const FileKind kind = absl::StartsWith(text, "# BUILD.spec")
                            ? FileKind::kBuildFile
                            : FileKind::kModule;
  Parsed parsed = ParseText(text, kind);
  if (parsed.file != nullptr &&
      Resolve(*parsed.file, Known(), parsed.diagnostics)) {
    Check(*parsed.file, parsed.diagnostics);
  }
  return std::move(parsed.diagnostics);
}

std::string Read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, IsWhatTheCheckFinds) {
  const fs::path path = fs::path(TEST_SOURCE_DIR) / "dsl/check" /
                        absl::StrCat(GetParam(), ".txt");
  const std::string said = Read(path);
  std::vector<std::string> now;
  for (const absl::string_view chunk : absl::StrSplit(said, "---\n")) {
    const std::vector<std::string> parts = absl::StrSplit(chunk, "=>\n");
    now.push_back(absl::StrCat(parts[0], "=>\n", Checked(parts[0]).Rendered()));
  }
  const std::string found = absl::StrJoin(now, "---\n");
  if (std::getenv("GRAPH_ACCEPT") != nullptr) std::ofstream(path) << found;
  EXPECT_EQ(said, found);
  EXPECT_THAT(found, testing::HasSubstr(absl::StrCat("[", GetParam(), "]")));
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const CheckInfo& check : Checks()) names.emplace_back(check.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(OfEachCheck, Golden, testing::ValuesIn(Names()),
                         [](const auto& name) {
                           return absl::StrReplaceAll(name.param, {{"-", "_"}});
                         });

TEST(Check, WarnsAndDoesNotFail) {
  const Diagnostics found = Checked("_x = 1\n");
  ASSERT_EQ(found.all().size(), 1u);
  EXPECT_EQ(found.all()[0].severity, Severity::kWarning);
  EXPECT_EQ(found.all()[0].check, "unused-definition");
  EXPECT_FALSE(found.has_errors());
}

TEST(Check, KnowsTheChecksOfAnEmbedder) {
  Parsed parsed = ResolveText("# check: disable=our-own\nx = 1\n");
  Diagnostics found;
  const CheckInfo others[] = {{"our-own", ""}};
  Check(*parsed.file, found, others);
  EXPECT_TRUE(found.empty()) << found.Rendered();
  Check(*parsed.file, found);
  EXPECT_EQ(found.all().size(), 1u);
}

}  // namespace
}  // namespace dsl
