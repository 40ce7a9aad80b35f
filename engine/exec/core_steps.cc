// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/core_steps.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/archive/archive.h"
#include "engine/cas/tree.h"
#include "engine/exec/layer_steps.h"
#include "engine/exec/merge_tree.h"
#include "engine/exec/step_input.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

std::string BaseName(absl::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

absl::Status AddLayer(const MergeLayer& layer, const BuiltinRequest& request,
                      TreeEntries& tree) {
  absl::StatusOr<SpawnInput> found = InputAt(request, layer.input);
  if (!found.ok() && layer.optional) return absl::OkStatus();
  ASSIGN_OR_RETURN(SpawnInput input, std::move(found));
  if (input.kind == SpawnInput::Kind::kDirectory) {
    ASSIGN_OR_RETURN(TreeEntries all, GetTree(input.digest, request.store));
    ASSIGN_OR_RETURN(TreeEntries below, Below(layer.strip, std::move(all)));
    RETURN_IF_ERROR(RemoveMatches(layer.remove, below));
    return Overlay(below, layer.prefix, tree);
  }
  if (layer.as_file) {
    const std::string name =
        absl::StrReplaceAll(layer.prefix, {{"%{sha256}", input.digest.hex()}});
    ASSIGN_OR_RETURN(TreeEntries file, TreeOf(input, name, request.store));
    return Overlay(file, "", tree);
  }
  ASSIGN_OR_RETURN(TreeEntries file,
                   TreeOf(input, BaseName(input.path), request.store));
  RETURN_IF_ERROR(RemoveMatches(layer.remove, file));
  return Overlay(file, layer.prefix, tree);
}

// Appends what the archive has of one input.
absl::Status AddEntries(const ArchiveParameters::Entry& entry,
                        const BuiltinRequest& request,
                        std::vector<ArchiveEntry>& entries) {
  ASSIGN_OR_RETURN(SpawnInput input, InputAt(request, entry.input));
  const bool folder = input.kind == SpawnInput::Kind::kDirectory;
  std::string as = entry.as;
  while (absl::EndsWith(as, "/")) as.pop_back();
  if (as.empty() && !folder) as = BaseName(input.path);
  ASSIGN_OR_RETURN(TreeEntries tree, TreeOf(input, as, request.store));
  for (auto& [path, leaf] : tree) {
    ArchiveEntry packed;
    packed.path = folder && !as.empty() ? absl::StrCat(as, "/", path) : path;
    packed.kind = static_cast<ArchiveEntry::Kind>(leaf.kind);
    packed.digest = leaf.digest;
    packed.executable = leaf.executable;
    packed.target = std::move(leaf.target);
    entries.push_back(std::move(packed));
  }
  if (folder && tree.empty() && !as.empty()) {
    entries.push_back({as, ArchiveEntry::Kind::kEmptyDirectory, {}, false, ""});
  }
  return absl::OkStatus();
}

static_assert(static_cast<int>(TreeEntry::Kind::kFile) ==
                  static_cast<int>(ArchiveEntry::Kind::kFile) &&
              static_cast<int>(TreeEntry::Kind::kSymlink) ==
                  static_cast<int>(ArchiveEntry::Kind::kSymlink) &&
              static_cast<int>(TreeEntry::Kind::kEmptyDirectory) ==
                  static_cast<int>(ArchiveEntry::Kind::kEmptyDirectory));

}  // namespace

std::string Substituted(absl::string_view text,
                        const Substitutions& substitutions) {
  // By first letter, the longest first.
  std::array<std::vector<const Substitutions::value_type*>, 256> by_letter;
  for (const auto& substitution : substitutions) {
    by_letter[static_cast<uint8_t>(substitution.first[0])].push_back(
        &substitution);
  }
  for (auto& candidates : by_letter) {
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto* a, const auto* b) {
                       return a->first.size() > b->first.size();
                     });
  }
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto& candidates = by_letter[static_cast<uint8_t>(text[i])];
    auto hit = std::find_if(
        candidates.begin(), candidates.end(), [&](const auto* candidate) {
          return absl::StartsWith(text.substr(i), candidate->first);
        });
    if (hit == candidates.end()) {
      out += text[i++];
    } else {
      out += (*hit)->second;
      i += (*hit)->first.size();
    }
  }
  return out;
}

absl::StatusOr<std::vector<OutputEntry>> WriteStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 1));
  ASSIGN_OR_RETURN(Digest digest, request.store.Put(request.action.content));
  return std::vector<OutputEntry>{
      FileOutput(request, digest, request.action.argv[2] == "x")};
}

absl::StatusOr<std::vector<OutputEntry>> CopyStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  RETURN_IF_ERROR(CheckOneInput(request));
  const SpawnInput& input = request.inputs[0];
  return std::vector<OutputEntry>{
      {request.outputs[0].path, static_cast<OutputEntry::Kind>(input.kind),
       input.digest, input.executable, input.target}};
}

absl::StatusOr<std::vector<OutputEntry>> ExpandTemplateStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 1));
  RETURN_IF_ERROR(CheckOneInput(request));
  ASSIGN_OR_RETURN(Substitutions substitutions,
                   ParseSubstitutions(request.action.content));
  ASSIGN_OR_RETURN(std::string text,
                   request.store.Get(request.inputs[0].digest));
  ASSIGN_OR_RETURN(Digest digest,
                   request.store.Put(Substituted(text, substitutions)));
  return std::vector<OutputEntry>{
      FileOutput(request, digest, request.action.argv[2] == "x")};
}

absl::StatusOr<std::vector<OutputEntry>> MergeTreeStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  ASSIGN_OR_RETURN(MergeParameters parameters,
                   MergeParameters::Parse(request.action.content));
  TreeEntries tree;
  for (const MergeLayer& layer : parameters.layers) {
    RETURN_IF_ERROR(AddLayer(layer, request, tree))
        << "in the layer `" << layer.input << "`";
  }
  RETURN_IF_ERROR(RemoveMatches(parameters.remove, tree));
  DiscardMatches(parameters.discard, tree);
  ASSIGN_OR_RETURN(Digest root, PutTree(tree, request.store));
  return std::vector<OutputEntry>{{request.outputs[0].path,
                                   OutputEntry::Kind::kDirectory, root, false,
                                   ""}};
}

absl::StatusOr<std::vector<OutputEntry>> ArchiveStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  ASSIGN_OR_RETURN(ArchiveParameters parameters,
                   ArchiveParameters::Parse(request.action.content));
  ASSIGN_OR_RETURN(ArchiveFormat format, ParseArchiveFormat(parameters.format));
  std::vector<ArchiveEntry> entries;
  for (const ArchiveParameters::Entry& entry : parameters.entries) {
    RETURN_IF_ERROR(AddEntries(entry, request, entries));
  }
  ASSIGN_OR_RETURN(std::string path, request.store.NewTemporaryPath());
  const BlobReader read =
      [&](const Digest& digest) -> absl::StatusOr<std::string> {
    if (request.cancellation.cancelled()) {
      return absl::CancelledError("interrupted");
    }
    return request.store.Get(digest);
  };
  absl::Status written =
      WriteArchive(format, entries, read, parameters.level, path);
  if (!written.ok()) {
    RemoveTree(path).IgnoreError();
    return written;
  }
  ASSIGN_OR_RETURN(Digest digest, request.store.PutFile(path, true));
  return std::vector<OutputEntry>{FileOutput(request, digest, false)};
}

BuiltinSteps CoreSteps() {
  return {{"write", WriteStep},
          {"copy", CopyStep},
          {"expand_template", ExpandTemplateStep},
          {"merge_tree", MergeTreeStep},
          {"archive", ArchiveStep},
          {"layer", LayerStep},
          {"compress", CompressStep},
          {"digests", DigestsStep}};
}

}  // namespace graph
