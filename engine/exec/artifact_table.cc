// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/artifact_table.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "engine/cas/tree.h"

namespace graph {
namespace {

// Whether all blobs of an input are in the store.
absl::StatusOr<bool> IsThere(const SpawnInput& input, BlobStore& store) {
  std::vector<Digest> blobs;
  if (input.kind == SpawnInput::Kind::kFile) {
    blobs.push_back(input.digest);
  } else if (input.kind == SpawnInput::Kind::kDirectory) {
    absl::StatusOr<TreeEntries> entries = GetTree(input.digest, store);
    if (!entries.ok()) return false;
    for (const auto& [path, entry] : *entries) {
      if (entry.kind == TreeEntry::Kind::kFile) blobs.push_back(entry.digest);
    }
  }
  ASSIGN_OR_RETURN(std::vector<Digest> missing, store.Missing(blobs));
  return missing.empty();
}

// The first few.
std::string ListOf(std::vector<absl::string_view> paths) {
  constexpr size_t kMost = 5;
  std::sort(paths.begin(), paths.end());
  if (paths.size() <= kMost) return absl::StrJoin(paths, ", ");
  const size_t more = paths.size() - kMost;
  paths.resize(kMost);
  return absl::StrCat(absl::StrJoin(paths, ", "), " and ", more, " more");
}

}  // namespace

ArtifactTable::ArtifactTable(const ActionGraph& graph, SourceResolver& sources)
    : graph_(graph), sources_(sources), known_(graph.artifact_count()) {}

SpawnInput ArtifactTable::InputAt(ArtifactId artifact, Stripe& stripe) {
  const Known& known = known_[artifact.index];
  SpawnInput input;
  input.path = graph_.artifact(artifact).path;
  input.kind = known.kind;
  input.digest = known.digest;
  input.executable = known.executable;
  if (known.kind == SpawnInput::Kind::kSymlink) {
    input.target = stripe.targets[artifact.index];
  }
  return input;
}

void ArtifactTable::Remember(ArtifactId artifact, SpawnInput input,
                             Stripe& stripe) {
  Known& known = known_[artifact.index];
  known.digest = input.digest;
  known.kind = input.kind;
  known.executable = input.executable;
  known.known = true;
  known.absent = false;
  if (input.kind == SpawnInput::Kind::kSymlink) {
    stripe.targets[artifact.index] = std::move(input.target);
  }
}

absl::StatusOr<SpawnInput> ArtifactTable::Resolve(ArtifactId id) {
  const Artifact& artifact = graph_.artifact(id);
  Stripe& stripe = StripeOf(id);
  MutexLock lock(&stripe.mu);
  if (!known_[id.index].known) {
    if (artifact.producer != kNoAction) {
      return absl::InternalError(
          absl::StrCat("`", artifact.path, "` is needed but was not made"));
    }
    ASSIGN_OR_RETURN(SpawnInput input, sources_.Resolve(artifact));
    Remember(id, std::move(input), stripe);
  }
  return InputAt(id, stripe);
}

bool ArtifactTable::IsAbsent(ArtifactId id) {
  if (!any_absent_.load(std::memory_order_acquire)) return false;
  MutexLock lock(&StripeOf(id).mu);
  return known_[id.index].absent;
}

std::string ArtifactTable::LackOf(const Action& action) {
  if (!any_absent_.load(std::memory_order_acquire)) return "";
  const std::vector<ArtifactId>& optional = action.optional_inputs;
  std::vector<absl::string_view> absent;
  for (ArtifactId id : action.inputs) {
    if (!IsAbsent(id)) continue;
    const Artifact& artifact = graph_.artifact(id);
    if (!std::binary_search(optional.begin(), optional.end(), id)) {
      return absl::StrCat("needs ", artifact.path, ", which ", artifact.owner,
                          " failed to make");
    }
    absent.push_back(artifact.path);
  }
  const int64_t there = optional.size() - absent.size();
  if (there >= action.min_success) return "";
  return absl::StrCat("too few of its optional inputs were made: ", there,
                      " of ", optional.size(), ", and it needs ",
                      action.min_success,
                      "; missing: ", ListOf(std::move(absent)));
}

absl::StatusOr<std::vector<SpawnInput>> ArtifactTable::InputsOf(
    const Action& action) {
  std::vector<SpawnInput> inputs;
  inputs.reserve(action.inputs.size());
  for (ArtifactId id : action.inputs) {
    if (IsAbsent(id)) continue;
    ASSIGN_OR_RETURN(SpawnInput input, Resolve(id));
    inputs.push_back(std::move(input));
  }
  const auto by_path = [](const SpawnInput& a, const SpawnInput& b) {
    return a.path < b.path;
  };
  if (!std::is_sorted(inputs.begin(), inputs.end(), by_path)) {
    std::sort(inputs.begin(), inputs.end(), by_path);
  }
  return inputs;
}

absl::Status ArtifactTable::ProvideSources(const Action& action) {
  for (ArtifactId id : action.inputs) {
    const Artifact& artifact = graph_.artifact(id);
    if (artifact.producer != kNoAction) continue;
    Stripe& stripe = StripeOf(id);
    MutexLock lock(&stripe.mu);
    if (known_[id.index].provided) continue;
    RETURN_IF_ERROR(sources_.Provide(artifact, InputAt(id, stripe)));
    known_[id.index].provided = true;
  }
  return absl::OkStatus();
}

void ArtifactTable::Adopt(const Action& action,
                          std::span<const OutputEntry> outputs) {
  for (ArtifactId id : action.outputs) {
    const std::string& path = graph_.artifact(id).path;
    auto it = std::lower_bound(
        outputs.begin(), outputs.end(), path,
        [](const OutputEntry& o, const std::string& p) { return o.path < p; });
    SpawnInput input;
    input.kind = static_cast<SpawnInput::Kind>(it->kind);
    input.digest = it->digest;
    input.executable = it->executable;
    input.target = it->target;
    Stripe& stripe = StripeOf(id);
    MutexLock lock(&stripe.mu);
    Remember(id, std::move(input), stripe);
  }
}

void ArtifactTable::Forget(const Action& action) {
  for (ArtifactId id : action.outputs) {
    MutexLock lock(&StripeOf(id).mu);
    known_[id.index] = {};
    known_[id.index].absent = true;
  }
  any_absent_.store(true, std::memory_order_release);
}

static_assert(static_cast<int>(OutputEntry::Kind::kFile) ==
                  static_cast<int>(SpawnInput::Kind::kFile) &&
              static_cast<int>(OutputEntry::Kind::kDirectory) ==
                  static_cast<int>(SpawnInput::Kind::kDirectory) &&
              static_cast<int>(OutputEntry::Kind::kSymlink) ==
                  static_cast<int>(SpawnInput::Kind::kSymlink));

absl::StatusOr<std::vector<ActionId>> ArtifactTable::LostProducers(
    const Action& action, BlobStore& store, bool* lost_source) {
  *lost_source = false;
  std::vector<ActionId> producers;
  for (ArtifactId id : action.inputs) {
    if (IsAbsent(id)) continue;
    ASSIGN_OR_RETURN(SpawnInput input, Resolve(id));
    ASSIGN_OR_RETURN(bool there, IsThere(input, store));
    if (there) continue;
    const ActionId producer = graph_.artifact(id).producer;
    if (producer != kNoAction) {
      producers.push_back(producer);
      continue;
    }
    *lost_source = true;
    MutexLock lock(&StripeOf(id).mu);
    known_[id.index].provided = false;
  }
  std::sort(producers.begin(), producers.end());
  producers.erase(std::unique(producers.begin(), producers.end()),
                  producers.end());
  return producers;
}

std::optional<OutputEntry> ArtifactTable::Find(ArtifactId artifact) {
  absl::StatusOr<SpawnInput> input = Resolve(artifact);
  if (!input.ok()) return std::nullopt;
  return OutputEntry{std::move(input->path),
                     static_cast<OutputEntry::Kind>(input->kind), input->digest,
                     input->executable, std::move(input->target)};
}

std::vector<SpawnInput> ArtifactTable::Sources() {
  std::vector<SpawnInput> sources;
  for (uint32_t i = 0; i < known_.size(); ++i) {
    const ArtifactId id{i};
    if (graph_.artifact(id).producer != kNoAction) continue;
    Stripe& stripe = StripeOf(id);
    MutexLock lock(&stripe.mu);
    if (known_[i].known) sources.push_back(InputAt(id, stripe));
  }
  std::sort(
      sources.begin(), sources.end(),
      [](const SpawnInput& a, const SpawnInput& b) { return a.path < b.path; });
  return sources;
}

}  // namespace graph
