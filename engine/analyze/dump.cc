// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/dump.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "engine/analyze/expand.h"

namespace graph {
namespace {

std::string Shown(const Artifact& artifact) {
  bool folder = artifact.kind == Artifact::Kind::kDirectory;
  return absl::StrCat(artifact.path, folder ? "/" : "");
}

void Line(absl::string_view name, absl::string_view text, std::string* out) {
  if (text.empty()) return;
  absl::StrAppend(out, "  ", name, std::string(6 - name.size(), ' '),
                  absl::StrReplaceAll(text, {{"\n", "\\n"}}), "\n");
}

}  // namespace

std::string DumpAction(const ActionGraph& graph, ActionId id) {
  const Action& action = graph.action(id);
  std::string out = absl::StrCat(action.mnemonic, " ", action.owner,
                                 action.is_test ? " (test)" : "",
                                 action.tolerant ? " (tolerant)" : "", "\n");
  Line("says", action.message, &out);
  Line("argv",
       absl::StrJoin(action.argv, " ",
                     [](std::string* to, const std::string& word) {
                       absl::StrAppend(to, ShellWord(word));
                     }),
       &out);
  for (const auto& [name, value] : action.env) {
    Line("env", absl::StrCat(name, "=", value), &out);
  }
  Line("host", absl::StrJoin(action.packages, " "), &out);
  Line("with", action.content, &out);
  const std::vector<ArtifactId>& optional = action.optional_inputs;
  for (ArtifactId input : action.inputs) {
    const bool may_be_absent =
        std::binary_search(optional.begin(), optional.end(), input);
    Line(may_be_absent ? "in?" : "in", Shown(graph.artifact(input)), &out);
  }
  if (action.min_success > 0) {
    Line("least", absl::StrCat(action.min_success), &out);
  }
  for (ArtifactId layer : action.root) {
    Line("root", Shown(graph.artifact(layer)), &out);
  }
  for (ArtifactId output : action.outputs) {
    Line(output == action.layer ? "layer" : "out",
         Shown(graph.artifact(output)), &out);
  }
  if (action.timeout_s != 0) {
    Line("limit", absl::StrCat(action.timeout_s, " s"), &out);
  }
  return out;
}

std::string DumpActions(const ActionGraph& graph) {
  std::string out;
  for (uint32_t i = 0; i < graph.action_count(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : "\n", DumpAction(graph, ActionId{i}));
  }
  return out;
}

}  // namespace graph
