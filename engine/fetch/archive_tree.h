// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_ARCHIVE_TREE_H_
#define GRAPH_ENGINE_FETCH_ARCHIVE_TREE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/tree.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

// What stands for the one folder that holds all of an archive, in place of a
// name that would have to be known.
inline constexpr absl::string_view kTopFolder = "*";

// The files of an archive that the store has, all of them in the store by then:
// of its folder `strip_prefix`, of its one folder at the top if that is
// kTopFolder, or of all of it. Fails as Extract and WithoutTopFolder do.
absl::StatusOr<TreeEntries> TreeOfArchive(const Digest& archive,
                                          absl::string_view strip_prefix,
                                          const FetchContext& context,
                                          BlobStore& store,
                                          const Cancellation& cancellation);

// Fails with kInvalidArgument if there is not exactly one folder at the top, or
// if a symlink leads out of it.
absl::StatusOr<TreeEntries> WithoutTopFolder(const TreeEntries& entries);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_ARCHIVE_TREE_H_
