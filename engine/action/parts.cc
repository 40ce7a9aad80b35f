// SPDX-License-Identifier: Apache-2.0
#include "engine/action/parts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

absl::string_view KindName(Action::Kind kind) {
  switch (kind) {
    case Action::Kind::kSpawn:
      return "spawn";
    case Action::Kind::kBuiltin:
      return "builtin";
    case Action::Kind::kFetch:
      return "fetch";
  }
  return "unknown";
}

void AppendPair(absl::string_view part, absl::string_view name,
                absl::string_view value, std::string& out) {
  absl::StrAppend(&out, part, " ");
  AppendJsonString(name, &out);
  out += ' ';
  AppendJsonString(value, &out);
  out += '\n';
}

void AppendInput(const SpawnInput& input, std::string& out) {
  if (input.kind == SpawnInput::Kind::kSymlink) {
    AppendPair("input symlink", input.target, input.path, out);
    return;
  }
  const absl::string_view kind = input.kind == SpawnInput::Kind::kDirectory
                                     ? "directory"
                                 : input.executable ? "executable"
                                                    : "file";
  absl::StrAppend(&out, "input ", kind, " ", input.digest.ToString(), " ");
  AppendJsonString(input.path, &out);
  out += '\n';
}

}  // namespace

std::string PartsText(const ActionGraph& graph, const Action& action,
                      std::span<const SpawnInput> inputs,
                      const NamedTexts& properties, const Digest& key) {
  std::string out = absl::StrCat("graph-parts 1\nkey ", key.ToString(),
                                 "\nkind ", KindName(action.kind), "\n");
  for (const std::string& arg : action.argv) {
    out += "arg ";
    AppendJsonString(arg, &out);
    out += '\n';
  }
  if (!action.content.empty()) {
    absl::StrAppend(&out, "content ", Digest::Of(action.content).ToString(),
                    "\n");
  }
  for (const auto& [name, value] : EnvironmentOf(action)) {
    AppendPair("env", name, value, out);
  }
  for (const auto& [name, value] : properties) {
    AppendPair("property", name, value, out);
  }
  if (action.timeout_s > 0) {
    AppendPair("property", "timeout_s", absl::StrCat(action.timeout_s), out);
  }
  std::vector<const Artifact*> outputs;
  for (ArtifactId id : action.outputs) outputs.push_back(&graph.artifact(id));
  std::sort(
      outputs.begin(), outputs.end(),
      [](const Artifact* a, const Artifact* b) { return a->path < b->path; });
  for (const Artifact* output : outputs) {
    out += output->kind == Artifact::Kind::kDirectory ? "output directory "
                                                      : "output file ";
    AppendJsonString(output->path, &out);
    out += '\n';
  }
  for (const SpawnInput& input : inputs) AppendInput(input, out);
  return out;
}

}  // namespace graph
