// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_ASK_VERSION_H_
#define GRAPH_ENGINE_SESSION_ASK_VERSION_H_

#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/model/locked_version.h"

namespace graph {

// What git says. Stands in until engine/fetch asks all kinds of sources.
absl::StatusOr<LockedVersion> AskVersion(const VersionRequest& request,
                                         const FetchContext& context,
                                         BlobStore& store,
                                         const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_ASK_VERSION_H_
