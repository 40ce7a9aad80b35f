// SPDX-License-Identifier: Apache-2.0
#include "engine/action/manifest.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

absl::string_view KindName(OutputEntry::Kind kind) {
  switch (kind) {
    case OutputEntry::Kind::kFile:
      return "file";
    case OutputEntry::Kind::kDirectory:
      return "directory";
    case OutputEntry::Kind::kSymlink:
      return "symlink";
  }
  return "unknown";
}

// `"name": "value"`, after a comma unless it is the first of its object.
void AppendText(absl::string_view name, absl::string_view value,
                std::string& out) {
  if (out.back() != '{') out += ", ";
  absl::StrAppend(&out, "\"", name, "\": ");
  AppendJsonString(value, &out);
}

void AppendDigest(const Digest& digest, std::string& out) {
  AppendText("sha256", digest.hex(), out);
  absl::StrAppend(&out, ", \"size\": ", digest.size());
}

std::string ArtifactJson(const ManifestArtifact& artifact) {
  const OutputEntry& output = artifact.output;
  std::string out = "{";
  AppendText("label", artifact.label, out);
  AppendText("path", output.path, out);
  AppendText("download_path", absl::StripPrefix(output.path, "graph-out/"),
             out);
  AppendText("kind", KindName(output.kind), out);
  if (output.kind == OutputEntry::Kind::kSymlink) {
    AppendText("target", output.target, out);
  } else {
    AppendDigest(output.digest, out);
  }
  if (output.executable) out += ", \"executable\": true";
  AppendText("key", artifact.key.ToString(), out);
  AppendText("isolation", IsolationName(artifact.isolation), out);
  return out + "}";
}

std::string SourceJson(const ManifestSource& source) {
  std::string out = "{";
  AppendText("path", source.path, out);
  AppendText("kind", source.is_directory ? "directory" : "file", out);
  AppendDigest(source.digest, out);
  return out + "}";
}

std::string FailureJson(const ToleratedFailure& failure) {
  std::string out = "{";
  AppendText("label", failure.label, out);
  AppendText("mnemonic", failure.mnemonic, out);
  AppendText("reason", failure.reason, out);
  out += ", \"missing\": [";
  for (const std::string& path : failure.missing) {
    if (out.back() != '[') out += ", ";
    AppendJsonString(path, &out);
  }
  return out + "]}";
}

// `"name": [` one element a line `]`
template <typename T, typename F>
void AppendList(absl::string_view name, const std::vector<T>& items, F to_json,
                std::string& out) {
  absl::StrAppend(&out, ",\n  \"", name, "\": [");
  absl::string_view separator = "\n    ";
  for (const T& item : items) {
    absl::StrAppend(&out, separator, to_json(item));
    separator = ",\n    ";
  }
  out += items.empty() ? "]" : "\n  ]";
}

template <typename T, typename F>
void SortUnique(std::vector<T>& items, F key) {
  std::sort(items.begin(), items.end(),
            [&](const T& a, const T& b) { return key(a) < key(b); });
  items.erase(
      std::unique(items.begin(), items.end(),
                  [&](const T& a, const T& b) { return key(a) == key(b); }),
      items.end());
}

}  // namespace

std::string ManifestJson(Manifest manifest) {
  SortUnique(manifest.artifacts, [](const ManifestArtifact& artifact) {
    return std::tie(artifact.output.path, artifact.label);
  });
  SortUnique(manifest.sources, [](const ManifestSource& source) {
    return std::tie(source.path);
  });
  SortUnique(manifest.tolerated_failures, [](const ToleratedFailure& failure) {
    return std::tie(failure.label, failure.missing);
  });
  std::string out = "{\n  \"version\": 1,\n  ";
  absl::StrAppend(&out, "\"isolation\": \"", IsolationName(manifest.isolation),
                  "\"");
  AppendList("artifacts", manifest.artifacts, ArtifactJson, out);
  AppendList("sources", manifest.sources, SourceJson, out);
  AppendList("tolerated_failures", manifest.tolerated_failures, FailureJson,
             out);
  out += "\n}\n";
  return out;
}

}  // namespace graph
