// SPDX-License-Identifier: Apache-2.0
// A workspace in memory that an editor has open.

#ifndef GRAPH_TESTS_ENGINE_LSP_LSP_FIXTURE_H_
#define GRAPH_TESTS_ENGINE_LSP_LSP_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/load/source_tree.h"
#include "engine/lsp/features.h"
#include "engine/lsp/workspace.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {

inline constexpr absl::string_view kLspRules = R"(
def _impl(ctx):
    return []

genrule = rule(
    doc = "Runs a command.",
    implementation = _impl,
    attrs = {
        "srcs": attr.label_list(allow_files = True, doc = "What it reads."),
        "outs": attr.output_list(mandatory = True),
        "cmd": attr.string(mandatory = True),
        "mode": attr.string(values = ["fast", "slow"], default = "fast"),
        "_tool": attr.string(),
    },
)

library = rule(
    implementation = _impl,
    attrs = {
        "srcs": attr.label_list(allow_files = [".c"]),
        "deps": attr.label_list(),
    },
)
)";

class LspTest : public testing::Test {
 protected:
  // On disk, before anything is open.
  void Write(absl::string_view path, absl::string_view text) {
    disk_.Add(path, text);
  }

  Workspace& workspace() {
    if (workspace_ == nullptr) {
      auto tree = std::make_unique<MemoryTree>(disk_);
      rules_.Add("core/defs.spec", kLspRules);
      EditorFiles files;
      files.root = "/w";
      files.workspace = std::move(tree);
      files.rules = &rules_;
      files.rules_folder = "/cache/rules";
      workspace_ = std::make_unique<Workspace>(std::move(files));
    }
    return *workspace_;
  }

  static FileId Id(absl::string_view path) { return {"", std::string(path)}; }

  // Opens the text without its `|`, and remembers where that was.
  void Open(absl::string_view path, absl::string_view marked) {
    std::string text(marked);
    if (!text.empty() && text.front() == '\n') text.erase(0, 1);
    const size_t at = text.find('|');
    if (at != std::string::npos) text.erase(at, 1);
    file_ = Id(path);
    offset_ = static_cast<uint32_t>(at == std::string::npos ? 0 : at);
    workspace().Open(file_, {workspace().UriOf(file_), 1,
                             dsl::Source::Make("", std::move(text))});
  }

  // `path:line: text of the line`, of a place.
  static std::string Show(const Place& place) {
    if (place.source == nullptr) return place.file.path;
    const int line = place.source->PositionOf(place.extent.begin).line;
    return absl::StrCat(place.file.repo, place.file.repo.empty() ? "" : "//",
                        place.file.path, ":", line, ": ",
                        place.source->Line(line));
  }

  std::vector<std::string> Definitions() {
    std::vector<std::string> shown;
    for (const Place& place : FindDefinition(workspace(), file_, offset_)) {
      shown.push_back(Show(place));
    }
    return shown;
  }

  std::vector<std::string> Labels() {
    std::vector<std::string> labels;
    for (const Completion& each : Complete(workspace(), file_, offset_).items) {
      labels.push_back(each.label);
    }
    return labels;
  }

  std::string HoverHere() {
    const auto hover = Hover(workspace(), file_, offset_);
    return hover.has_value() ? hover->markdown : "";
  }

  // `path:line: message` of all mistakes.
  std::vector<std::string> Mistakes() {
    std::vector<std::string> shown;
    for (const auto& [id, findings] : Diagnose(workspace())) {
      for (const Finding& each : findings) {
        const int line =
            each.place.source->PositionOf(each.place.extent.begin).line;
        shown.push_back(absl::StrCat(id.path, ":", line, ": ", each.message));
      }
    }
    return shown;
  }

  FileId file_;
  uint32_t offset_ = 0;

 private:
  MemoryTree disk_;
  MemoryTree rules_;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_LSP_LSP_FIXTURE_H_
