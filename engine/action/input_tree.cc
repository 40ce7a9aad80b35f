// SPDX-License-Identifier: Apache-2.0
#include "engine/action/input_tree.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/wire.h"

namespace graph {
namespace {

// From here on, a fingerprint and a look-up cost less than SHA-256.
constexpr size_t kWorthRemembering = 4096;

// A field of a Directory message, to be put in order by name.
struct Node {
  absl::string_view name;
  std::string field;
};

void AppendFields(std::vector<Node>& nodes, std::string& message) {
  // Folders come in the order of their paths with a `/` behind them, which is
  // not quite that of their names.
  const auto by_name = [](const Node& a, const Node& b) {
    return a.name < b.name;
  };
  if (!std::is_sorted(nodes.begin(), nodes.end(), by_name)) {
    std::sort(nodes.begin(), nodes.end(), by_name);
  }
  for (const Node& node : nodes) message += node.field;
}

std::string FileField(absl::string_view name, const SpawnInput& input) {
  std::string node, field;
  WireWriter in(&node);
  in.Text(1, name);
  in.Digested(2, input.digest);
  in.Bool(4, input.executable);
  WireWriter(&field).Bytes(1, node);
  return field;
}

std::string FolderField(absl::string_view name, const Digest& digest) {
  std::string node, field;
  WireWriter in(&node);
  in.Text(1, name);
  in.Digested(2, digest);
  WireWriter(&field).Bytes(2, node);
  return field;
}

std::string SymlinkField(absl::string_view name, absl::string_view target) {
  std::string node, field;
  WireWriter in(&node);
  in.Text(1, name);
  in.Text(2, target);
  WireWriter(&field).Bytes(3, node);
  return field;
}

// That no name is taken twice: within one list, or by a folder and a leaf.
absl::Status CheckNames(const std::vector<const std::vector<Node>*>& lists,
                        absl::string_view folder) {
  std::vector<absl::string_view> names;
  for (const auto* list : lists) {
    for (const Node& node : *list) names.push_back(node.name);
  }
  std::sort(names.begin(), names.end());
  auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("two inputs of one action lie at `", folder, *twice, "`"));
}

}  // namespace

Digest InputTrees::DigestOf(absl::string_view message) {
  if (message.size() < kWorthRemembering) return Digest::Of(message);
  const XXH128_hash_t print = XXH3_128bits(message.data(), message.size());
  const std::pair<uint64_t, uint64_t> key(print.high64, print.low64);
  {
    MutexLock lock(&mu_);
    if (auto it = remembered_.find(key); it != remembered_.end()) {
      return it->second;
    }
  }
  const Digest digest = Digest::Of(message);
  MutexLock lock(&mu_);
  remembered_.emplace(key, digest);
  return digest;
}

absl::StatusOr<Digest> InputTrees::FolderOf(std::span<const SpawnInput> inputs,
                                            size_t prefix) {
  std::vector<Node> files, folders, symlinks;
  for (size_t i = 0; i < inputs.size();) {
    const SpawnInput& input = inputs[i];
    const absl::string_view path = input.path;
    const absl::string_view rest = path.substr(prefix);
    const size_t slash = rest.find('/');
    if (slash != rest.npos) {
      const absl::string_view start = path.substr(0, prefix + slash + 1);
      size_t end = i + 1;
      while (end < inputs.size() &&
             absl::string_view(inputs[end].path).substr(0, start.size()) ==
                 start) {
        ++end;
      }
      ASSIGN_OR_RETURN(Digest child,
                       FolderOf(inputs.subspan(i, end - i), start.size()));
      const absl::string_view name = rest.substr(0, slash);
      folders.push_back({name, FolderField(name, child)});
      i = end;
      continue;
    }
    switch (input.kind) {
      case SpawnInput::Kind::kFile:
        files.push_back({rest, FileField(rest, input)});
        break;
      case SpawnInput::Kind::kDirectory:
        folders.push_back({rest, FolderField(rest, input.digest)});
        break;
      case SpawnInput::Kind::kSymlink:
        symlinks.push_back({rest, SymlinkField(rest, input.target)});
        break;
    }
    ++i;
  }
  if (!inputs.empty()) {
    RETURN_IF_ERROR(
        CheckNames({&files, &folders, &symlinks},
                   absl::string_view(inputs[0].path).substr(0, prefix)));
  }
  std::string message;
  AppendFields(files, message);
  AppendFields(folders, message);
  AppendFields(symlinks, message);
  return DigestOf(message);
}

absl::StatusOr<Digest> InputTrees::RootOf(std::span<const SpawnInput> inputs) {
  return FolderOf(inputs, 0);
}

}  // namespace graph
