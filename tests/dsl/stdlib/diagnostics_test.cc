// SPDX-License-Identifier: Apache-2.0

// Every diagnostic as people see it: the files of tests/dsl/diagnostics hold
// cases divided by lines `---`; in each, what stands behind the line `~~~` is
// the whole output of what stands before it. GRAPH_ACCEPT=1 writes them anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

constexpr char kFolder[] = TEST_SOURCE_DIR "/dsl/diagnostics";

// What a case can load as "lib.star".
constexpr char kLibrary[] = R"(
def outer(x):
    return _inner(x)

def _inner(x):
    return x.nosuch

count = 1
)";

// Runs a text; gives the module, or null after it wrote what was wrong.
std::shared_ptr<const Module> Run(const std::string& path,
                                  const std::string& text, FileKind kind,
                                  std::string* out) {
  const std::shared_ptr<const Environment> environment = Universe();
  Diagnostics diagnostics;
  const auto program =
      Compile(Source::Make(path, text), kind, *environment, diagnostics);
  *out += diagnostics.Rendered();
  if (program == nullptr) return nullptr;
  std::vector<std::shared_ptr<const Module>> loaded;
  for (size_t i = 0; i < program->loads().size(); ++i) {
    loaded.push_back(Run("lib.star", kLibrary, FileKind::kModule, out));
  }
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto module = Execute(program, loaded, environment, heap, thread);
  if (module.ok()) return *module;
  *out += Render(TakeError(thread, module.status()));
  return nullptr;
}

std::string Output(const std::string& text, FileKind kind) {
  std::string out;
  Run(kind == FileKind::kModule ? "case.star" : "app/BUILD.spec", text, kind,
      &out);
  return out.empty() ? "no error\n" : out;
}

class DiagnosticFiles : public testing::TestWithParam<std::string> {};

TEST_P(DiagnosticFiles, SayWhatIsSaid) {
  const std::string path = absl::StrCat(kFolder, "/", GetParam(), ".star");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream read;
  read << file.rdbuf();
  const FileKind kind = absl::StartsWith(GetParam(), "build")
                            ? FileKind::kBuildFile
                            : FileKind::kModule;
  std::vector<std::string> cases;
  for (const absl::string_view each : absl::StrSplit(read.str(), "\n---\n")) {
    const size_t mark = each.find("\n~~~\n");
    std::string input(each.substr(0, mark));
    if (mark == each.npos && absl::EndsWith(input, "\n")) input.pop_back();
    input += "\n";
    std::string output = Output(input, kind);
    output.pop_back();
    cases.push_back(absl::StrCat(input, "~~~\n", output));
  }
  const std::string now = absl::StrCat(absl::StrJoin(cases, "\n---\n"), "\n");
  if (std::getenv("GRAPH_ACCEPT") != nullptr) {
    std::ofstream(path, std::ios::binary) << now;
    return;
  }
  EXPECT_EQ(now, read.str()) << "GRAPH_ACCEPT=1 accepts it";
}

std::vector<std::string> Files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Each, DiagnosticFiles, testing::ValuesIn(Files()),
                         [](const testing::TestParamInfo<std::string>& each) {
                           return each.param;
                         });

}  // namespace
}  // namespace dsl
