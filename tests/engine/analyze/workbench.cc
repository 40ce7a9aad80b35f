// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/analyze/workbench.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/analyze/analyzer.h"
#include "engine/analyze/dump.h"

namespace graph {
namespace {

void AddFolder(const std::filesystem::path& root, MemoryTree& tree) {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    tree.Add(std::filesystem::relative(entry.path(), root).generic_string(),
             text.str());
  }
}

std::string Paths(const Analysis& analysis, const std::vector<ArtifactId>& ids,
                  absl::string_view heading) {
  std::string out;
  for (ArtifactId id : ids) {
    absl::StrAppend(&out, "  ", heading, " ", analysis.graph.artifact(id).path,
                    "\n");
  }
  return out;
}

}  // namespace

Workbench::Workbench(std::shared_ptr<const dsl::Environment> universe)
    : universe_(std::move(universe)) {
  AddFolder(std::filesystem::path(TEST_SOURCE_DIR).parent_path() / "rules",
            rules_);
  workspace_.Add("WORKSPACE.spec", "workspace(name = \"test\")\n");
}

Workbench& Workbench::Write(absl::string_view path, absl::string_view text) {
  workspace_.Add(path, text);
  return *this;
}

Loader& Workbench::loader() {
  if (loader_ == nullptr) {
    LoaderOptions options;
    options.print = [this](absl::string_view line) {
      printed_.emplace_back(line);
    };
    loader_ = std::make_unique<Loader>(
        SourceTrees{{"", &workspace_}, {"rules", &rules_}}, universe_,
        std::move(options));
  }
  return *loader_;
}

absl::StatusOr<Analysis> Workbench::Analyze(
    const std::vector<std::string>& labels) {
  std::vector<Label> parsed;
  for (const std::string& text : labels) {
    ASSIGN_OR_RETURN(Label label, Label::Parse(text, PackageName()));
    parsed.push_back(std::move(label));
  }
  AnalyzerOptions options;
  options.print = [this](absl::string_view line) {
    printed_.emplace_back(line);
  };
  return Analyzer(loader(), configuration, std::move(options)).Analyze(parsed);
}

std::string Workbench::Actions(const std::vector<std::string>& labels) {
  absl::StatusOr<Analysis> analysis = Analyze(labels);
  if (!analysis.ok())
    return absl::StrCat("error: ", analysis.status().message());
  return DumpActions(analysis->graph);
}

std::string Workbench::Error(const std::vector<std::string>& labels) {
  return std::string(Analyze(labels).status().message());
}

std::string DumpTarget(const Analysis& analysis,
                       const ConfiguredTarget& target) {
  std::string out = absl::StrCat(target.label.text(), " (", target.kind, ")\n");
  absl::StrAppend(&out, Paths(analysis, target.files, "file"));
  if (target.executable.has_value()) {
    absl::StrAppend(&out, Paths(analysis, {*target.executable}, "runs"));
  }
  absl::StrAppend(&out, Paths(analysis, target.runfiles, "needs"));
  for (const std::string& arg : target.args) {
    absl::StrAppend(&out, "  arg ", arg, "\n");
  }
  for (const auto& [name, value] : target.env) {
    absl::StrAppend(&out, "  env ", name, "=", value, "\n");
  }
  for (ActionId test : target.tests) {
    absl::StrAppend(&out, "  test ", analysis.graph.action(test).owner, "\n");
  }
  return out;
}

}  // namespace graph
