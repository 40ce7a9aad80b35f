// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_GIT_SOURCE_H_
#define GRAPH_ENGINE_FETCH_GIT_SOURCE_H_

#include <string>

#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

struct GitSource {
  std::string remote;  // Whatever `git fetch` takes.
  std::string commit;  // Whole: 40 hex digits, or 64 in a SHA-256 repository.
  bool submodules = false;
  std::string subdir;  // "": all.
};

// Brings the tree of a commit into the store and returns the digest of its
// root Directory.
//
// Uses the host's `git` with the user's configuration (so insteadOf, proxies,
// keys and credential helpers count), never asks on the terminal, and never
// checks out: blobs are taken as they are in the repository, so that neither
// attributes nor settings nor umask can change a byte. Symlinks stay symlinks;
// there is no `.git`. Submodules come with `submodules`, recursively, at the
// commits that the tree names; without, they are empty folders, as in a plain
// clone.
//
// Fails with kInvalidArgument if `commit` is not a whole commit (and says what
// to write, if the remote knows the name), kNotFound if there is no such
// commit or subdir, kUnavailable if the remote cannot be reached,
// kPermissionDenied if it lets us not in, kFailedPrecondition without git, and
// kCancelled.
absl::StatusOr<Digest> FetchGit(const GitSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_GIT_SOURCE_H_
