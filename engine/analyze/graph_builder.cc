// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/graph_builder.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// The exec root's name for the outputs, see action/action.h.
constexpr absl::string_view kOutputRoot = "graph-out";

// `a/b`, where either may be empty.
std::string Join(absl::string_view a, absl::string_view b) {
  return absl::StrCat(a, a.empty() || b.empty() ? "" : "/", b);
}

std::string RepositoryFolder(const Label& label) {
  return label.repo().empty() ? "" : absl::StrCat("external/", label.repo());
}

}  // namespace

std::string PlaceOf(Loader& loader, const Target& target) {
  auto package = loader.LoadPackage(target.label.package_name());
  std::string file = package.ok() ? std::string((*package)->source->path())
                                  : target.label.ToString();
  return absl::StrCat(file, ":", target.location.line, ":",
                      target.location.column);
}

std::string OutputFolder(const Label& label) {
  return Join(kOutputRoot, Join(RepositoryFolder(label), label.package()));
}

namespace {

// The name in graph-out/ that is the engine's, if `path` is it or lies below
// it.
absl::string_view OwnName(absl::string_view path) {
  constexpr absl::string_view kManifest = "graph-out/manifest.json";
  constexpr absl::string_view kTestLog = ".test.log";  // Beside each test.
  const bool own =
      absl::StartsWith(path, kManifest) &&
      (path.size() == kManifest.size() || path[kManifest.size()] == '/');
  if (absl::EndsWith(path, kTestLog)) return kTestLog;
  return own ? kManifest : "";
}

}  // namespace

ArtifactId GraphBuilder::Source(const Label& file) {
  auto [it, added] = sources_.try_emplace(file, ArtifactId{0});
  if (added) {
    Artifact artifact;
    artifact.path =
        Join(RepositoryFolder(file), Join(file.package(), file.name()));
    artifact.owner = file.ToString();
    it->second = graph_.AddArtifact(std::move(artifact));
    owners_.push_back(nullptr);
  }
  return it->second;
}

absl::StatusOr<ArtifactId> GraphBuilder::Declare(const Target& owner,
                                                 absl::string_view name,
                                                 Artifact::Kind kind) {
  RETURN_IF_ERROR(CheckTargetName(name));
  std::string path = Join(OutputFolder(owner.label), name);
  if (const absl::string_view own = OwnName(path); !own.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", own, "` is a name that graph itself uses"));
  }
  auto [it, added] = outputs_.try_emplace(path, ArtifactId{0});
  if (added) {
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.kind = kind;
    artifact.owner = owner.label.ToString();
    it->second = graph_.AddArtifact(std::move(artifact));
    owners_.push_back(&owner);
    return it->second;
  }
  const Target* first = owners_[it->second.index];
  if (first != &owner) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", path, "` is an output of ", first->label.text(),
                     " too, declared ", "at ", PlaceOf(loader_, *first)));
  }
  if (graph_.artifact(it->second).kind != kind) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`", path, "` is declared both as a file and as a directory"));
  }
  return it->second;
}

absl::StatusOr<ActionId> GraphBuilder::Add(const Target& owner, Action action) {
  for (size_t i = 0; i < action.outputs.size(); ++i) {
    ArtifactId output = action.outputs[i];
    const Artifact& artifact = graph_.artifact(output);
    if (owners_[output.index] != &owner) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`", artifact.path, "` cannot be an output here: it ",
          is_source(output) ? "is a source file"
                            : absl::StrCat("belongs to ", artifact.owner)));
    }
    bool again = std::find(action.outputs.begin(), action.outputs.begin() + i,
                           output) != action.outputs.begin() + i;
    if (artifact.producer != kNoAction || again) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", artifact.path, "` is made twice",
                       again ? "" : ": an action with the mnemonic ",
                       again ? "" : graph_.action(artifact.producer).mnemonic,
                       again ? " by this action" : " makes it already"));
    }
  }
  std::sort(action.inputs.begin(), action.inputs.end());
  action.inputs.erase(std::unique(action.inputs.begin(), action.inputs.end()),
                      action.inputs.end());
  std::sort(action.env.begin(), action.env.end());
  for (const std::string& word : action.argv) {
    if (word.find('\0') != word.npos) {
      return absl::InvalidArgumentError(
          "a word of the command has a NUL character in it");
    }
  }
  action.owner = owner.label.ToString();
  return graph_.AddAction(std::move(action));
}

absl::Status GraphBuilder::CheckNesting() const {
  for (uint32_t i = 0; i < owners_.size(); ++i) {
    if (owners_[i] == nullptr) continue;
    absl::string_view path = graph_.artifact(ArtifactId{i}).path;
    absl::string_view above = path;
    for (size_t slash = above.rfind('/'); slash != absl::string_view::npos;
         slash = above.rfind('/')) {
      above = above.substr(0, slash);
      auto outer = outputs_.find(above);
      if (outer == outputs_.end()) continue;
      const Target& owner = *owners_[outer->second.index];
      return loader_.ErrorAt(
          *owners_[i], "", "",
          absl::StrCat("`", path, "`, an output of ", owners_[i]->label.text(),
                       ", lies within another output"),
          {absl::StrCat("`", above, "` is an output of ", owner.label.text(),
                        ", declared at ", PlaceOf(loader_, owner))});
    }
  }
  return absl::OkStatus();
}

}  // namespace graph
