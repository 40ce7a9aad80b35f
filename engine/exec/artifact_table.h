// SPDX-License-Identifier: Apache-2.0
// What is known of the artifacts of one build: the digest of each, once its
// producer is done, or once somebody has asked for it if it is a source.

#ifndef GRAPH_ENGINE_EXEC_ARTIFACT_TABLE_H_
#define GRAPH_ENGINE_EXEC_ARTIFACT_TABLE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/action/action.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/source_resolver.h"

namespace graph {

// Safe for concurrent use.
class ArtifactTable {
 public:
  // All outlive the table.
  ArtifactTable(const ActionGraph& graph, SourceResolver& sources);

  // Why `action` cannot do with what tolerated failures left of its inputs, for
  // people; empty if it can. Its producers must have ended.
  std::string LackOf(const Action& action);

  // The inputs of `action` that are there, sorted by path. It must not lack
  // any; sources are resolved, and fail as SourceResolver::Resolve does.
  absl::StatusOr<std::vector<SpawnInput>> InputsOf(const Action& action);

  // Has the blobs of the sources among the inputs put into the store, unless
  // that was done before.
  absl::Status ProvideSources(const Action& action);

  // Takes what `action` made. `outputs` are sorted by path and complete.
  void Adopt(const Action& action, std::span<const OutputEntry> outputs);

  // `action` made nothing, which is tolerated.
  void Forget(const Action& action);

  // The producers of those inputs whose blobs are not in `store`, each once.
  // Sources that are lost will be provided anew; `*lost_source` says whether
  // there were any.
  absl::StatusOr<std::vector<ActionId>> LostProducers(const Action& action,
                                                      BlobStore& store,
                                                      bool* lost_source);

  // nullopt if it was not made. Resolves sources.
  std::optional<OutputEntry> Find(ArtifactId artifact);

  // All sources resolved so far, sorted by path.
  std::vector<SpawnInput> Sources();

 private:
  struct Known {
    Digest digest;
    SpawnInput::Kind kind = SpawnInput::Kind::kFile;
    bool executable = false;
    bool known = false;
    bool absent = false;    // Its producer ended without making it.
    bool provided = false;  // A source whose blobs are in the store.
  };

  // Every kStripes-th artifact shares a lock.
  static constexpr size_t kStripes = 64;
  struct Stripe {
    Mutex mu;
    // Of artifacts that are symbolic links.
    absl::flat_hash_map<uint32_t, std::string> targets ABSL_GUARDED_BY(mu);
  };

  absl::StatusOr<SpawnInput> Resolve(ArtifactId artifact);
  // Whether its producer's failure was tolerated.
  bool IsAbsent(ArtifactId artifact);
  SpawnInput InputAt(ArtifactId artifact, Stripe& stripe)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(stripe.mu);
  void Remember(ArtifactId artifact, SpawnInput input, Stripe& stripe)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(stripe.mu);
  Stripe& StripeOf(ArtifactId artifact) {
    return stripes_[artifact.index % kStripes];
  }

  const ActionGraph& graph_;
  SourceResolver& sources_;
  std::array<Stripe, kStripes> stripes_;
  std::vector<Known> known_;  // Each element guarded by its stripe.
  std::atomic<bool> any_absent_ = false;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ARTIFACT_TABLE_H_
