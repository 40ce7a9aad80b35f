// SPDX-License-Identifier: Apache-2.0
// The tree of an action's inputs as REAPI Directory messages: only their
// digests, for the key. Nothing is stored.

#ifndef GRAPH_ENGINE_ACTION_INPUT_TREE_H_
#define GRAPH_ENGINE_ACTION_INPUT_TREE_H_

#include <span>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"

namespace graph {

// Digests input trees, and remembers those of large folders by a fingerprint of
// their messages: many actions share most of theirs. Safe for concurrent use.
class InputTrees {
 public:
  // The digest of the root of the tree that holds `inputs`, which are sorted by
  // path. Fails with kInvalidArgument if a path comes twice or lies inside
  // another.
  absl::StatusOr<Digest> RootOf(std::span<const SpawnInput> inputs)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::StatusOr<Digest> FolderOf(std::span<const SpawnInput> inputs,
                                  size_t prefix);
  Digest DigestOf(absl::string_view message) ABSL_LOCKS_EXCLUDED(mu_);

  Mutex mu_;
  // 128 bits of XXH3, which never leave this process → SHA-256.
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, Digest> remembered_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_INPUT_TREE_H_
