// SPDX-License-Identifier: Apache-2.0
// Asks upstream what a moving version is now.

#ifndef GRAPH_ENGINE_FETCH_RESOLVE_VERSION_H_
#define GRAPH_ENGINE_FETCH_RESOLVE_VERSION_H_

#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/model/locked_version.h"

namespace graph {

// The newest version of the source that the request allows, in the order of
// version_order.h. Prereleases, and what upstream has withdrawn (yanked,
// deprecated), are not taken unless they are asked for.
//
//   python_org(series, file?)            file, url, sha256
//   github_releases(repository, asset?)  tag, file, url, sha256
//   git_tags(remote, pattern?)           tag, commit
//   git_branch(remote, branch?)          commit
//   pypi(package, file?)                 file, url, sha256, requires_python
//   oci_tags(image, pattern?, platform?) tag, digest
//   deb(package, architecture?)          file, sha256
//   npm(package)                         file, url, sha256
//   url_index(url, pattern)              file, url, sha256 (not of a folder)
//
// `asked` is left empty. A `sha256` that upstream does not tell is that of what
// comes: such a file is brought into the store, where the next build has it.
//
// That there is no answer is a failure, never an old answer or none: kNotFound
// if the source has no such thing or no version that is allowed (telling the
// nearest), kUnavailable if it could not be asked, kPermissionDenied, kDataLoss
// if it gave what cannot be an answer, kInvalidArgument if the request is
// wrong, kFailedPrecondition if this machine lacks git or apt, kCancelled.
absl::StatusOr<LockedVersion> ResolveVersion(const VersionRequest& request,
                                             const FetchContext& context,
                                             BlobStore& store,
                                             const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_RESOLVE_VERSION_H_
