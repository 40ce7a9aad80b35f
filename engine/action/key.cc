// SPDX-License-Identifier: Apache-2.0
// Field numbers are those of build/bazel/remote/execution/v2; see the .proto
// text in third_party/remote_apis, against which tests hold this file.
#include "engine/action/key.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/action/parts.h"
#include "engine/cas/wire.h"

namespace graph {
namespace {

// Of the layers that commands make: what is in them and how.
constexpr absl::string_view kLayerVersion = "1";

// message Platform { message Property { string name = 1; string value = 2; }
//                    repeated Property properties = 1; }
std::string EncodePlatform(const NamedTexts& properties) {
  std::string platform, property;
  WireWriter out(&platform), in(&property);
  for (const auto& [name, value] : properties) {
    property.clear();
    in.Text(1, name);
    in.Text(2, value);
    out.Bytes(1, property);
  }
  return platform;
}

void AddRoot(const ActionGraph& graph, const Action& action,
             NamedTexts* properties) {
  std::string paths;
  for (ArtifactId layer : action.root) {
    absl::StrAppend(&paths, paths.empty() ? "" : "\n",
                    graph.artifact(layer).path);
  }
  properties->emplace_back("graph-root", paths);
  if (action.layer == kNoArtifact) return;
  properties->emplace_back(
      "graph-layer",
      absl::StrCat(kLayerVersion, " ", graph.artifact(action.layer).path));
}

}  // namespace

std::string EncodeCommand(const ActionGraph& graph, const Action& action,
                          const NamedTexts& properties) {
  std::string message, variable;
  WireWriter out(&message), in(&variable);
  for (const std::string& arg : action.argv) out.Bytes(1, arg);
  for (const auto& [name, value] : EnvironmentOf(action)) {
    variable.clear();
    in.Text(1, name);
    in.Text(2, value);
    out.Bytes(2, variable);
  }
  // Servers of version 2.0 read the lists by kind, later ones output_paths.
  std::vector<absl::string_view> files, directories, all;
  for (ArtifactId id : action.outputs) {
    const Artifact& output = graph.artifact(id);
    (output.kind == Artifact::Kind::kFile ? files : directories)
        .push_back(output.path);
    all.push_back(output.path);
  }
  for (auto* paths : {&files, &directories, &all}) {
    std::sort(paths->begin(), paths->end());
  }
  for (absl::string_view path : files) out.Bytes(3, path);
  for (absl::string_view path : directories) out.Bytes(4, path);
  if (!properties.empty()) out.Bytes(5, EncodePlatform(properties));
  for (absl::string_view path : all) out.Bytes(7, path);
  return message;
}

std::string EncodeAction(const Digest& command, const Digest& input_root,
                         int64_t timeout_s, const NamedTexts& properties) {
  std::string message;
  WireWriter out(&message);
  out.Digested(1, command);
  out.Digested(2, input_root);
  if (timeout_s > 0) {
    std::string duration;  // message Duration { int64 seconds = 1; … }
    WireWriter(&duration).Varint(1, timeout_s);
    out.Bytes(6, duration);
  }
  if (!properties.empty()) out.Bytes(10, EncodePlatform(properties));
  return message;
}

KeyMaker::KeyMaker(Isolation isolation, RunnerProperties properties)
    : isolation_(isolation), properties_(std::move(properties)) {}

absl::StatusOr<NamedTexts> KeyMaker::PropertiesOf(const ActionGraph& graph,
                                                  const Action& action) const {
  NamedTexts all = action.properties;
  if (action.kind == Action::Kind::kSpawn) {
    if (action.root.empty()) {
      ASSIGN_OR_RETURN(const NamedTexts of_runner,
                       properties_(action.packages));
      all.insert(all.end(), of_runner.begin(), of_runner.end());
    } else {
      AddRoot(graph, action, &all);
    }
    all.emplace_back("graph-isolation", IsolationName(isolation_));
  } else {
    all.emplace_back("graph-step", "1");
  }
  if (!action.content.empty()) {
    all.emplace_back("graph-content", Digest::Of(action.content).ToString());
  }
  std::sort(all.begin(), all.end());
  return all;
}

absl::StatusOr<ActionKey> KeyMaker::KeyOf(const ActionGraph& graph,
                                          const Action& action,
                                          std::span<const SpawnInput> inputs) {
  ASSIGN_OR_RETURN(const NamedTexts properties, PropertiesOf(graph, action));
  ActionKey key;
  ASSIGN_OR_RETURN(key.input_root, trees_.RootOf(inputs));
  key.command = Digest::Of(EncodeCommand(graph, action, properties));
  key.key = Digest::Of(
      EncodeAction(key.command, key.input_root, action.timeout_s, properties));
  return key;
}

absl::StatusOr<std::string> KeyMaker::PartsOf(
    const ActionGraph& graph, const Action& action,
    std::span<const SpawnInput> inputs, const ActionKey& key) const {
  ASSIGN_OR_RETURN(const NamedTexts properties, PropertiesOf(graph, action));
  return PartsText(graph, action, inputs, properties, key.key);
}

}  // namespace graph
