// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_NPM_SOURCE_H_
#define GRAPH_ENGINE_FETCH_NPM_SOURCE_H_

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

// A package as it is published. Which registry has it is not part of it: that
// is what the user's npm configuration is for.
struct NpmSource {
  std::string package;  // `name` or `@scope/name`.
  std::string version;
  std::string sha256;  // 64 lowercase hex digits, of the tarball.
};

// Whether the texts are what npm lets such names be. Fails with
// kInvalidArgument.
absl::Status CheckNpmSource(const NpmSource& source);
absl::Status CheckNpmPackage(absl::string_view package);

// Brings the tarball into the store, if it is not there, and returns the digest
// of its tree: as npm would install it, without the folder around it and with
// the programs of `bin` executable, but without anything that it depends on.
//
// Fails with kInvalidArgument if `sha256` is missing (telling it) or a text is
// wrong in form, with kNotFound if the registry has no such package or version
// (telling those that it has), with kPermissionDenied if it wants a login, with
// kDataLoss if what came does not match, as NpmConfig and as HttpClient do.
absl::StatusOr<Digest> FetchNpm(const NpmSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation);

// The programs that the package.json `text` names, by `bin` and
// `directories.bin`, become executable. Fails with kInvalidArgument if it is
// not a JSON object.
absl::Status MarkPrograms(absl::string_view text, TreeEntries& tree);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_NPM_SOURCE_H_
