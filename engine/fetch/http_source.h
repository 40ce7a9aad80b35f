// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_HTTP_SOURCE_H_
#define GRAPH_ENGINE_FETCH_HTTP_SOURCE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/net/http.h"

namespace graph {

// A file that is known by its digest, and where it can be had.
struct HttpSource {
  std::vector<std::string> urls;
  std::string sha256;        // 64 lowercase hex digits.
  std::string strip_prefix;  // With `unpack`: see TreeOfArchive.
  bool unpack = false;
  bool executable = false;  // Without `unpack`: of the file.
};

// Brings the file into the store, if it is not there, and returns its digest.
// The file is downloaded at most once, broken downloads go on where they broke
// off, and nothing that does not match `sha256` gets in.
//
// Fails with kInvalidArgument if `sha256` is missing or wrong in form, with
// kDataLoss if what came does not match (saying what came instead), and as
// HttpClient does; `answer` gets what the server last said. With no `sha256`
// the file is downloaded all the same, and the message tells the value to
// write.
absl::StatusOr<Digest> FetchFile(const HttpSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation,
                                 HttpAnswer* answer = nullptr);

// The same for a file whose digest nobody knows yet: it is what comes now, and
// so it comes anew each time.
absl::StatusOr<Digest> FetchUnpinned(const std::vector<std::string>& urls,
                                     const FetchContext& context,
                                     BlobStore& store,
                                     const Cancellation& cancellation);

// Whether it is 64 lowercase hex digits.
bool IsSha256(absl::string_view hex);

// The file of this sha256, if it was fetched before and the store still has it.
absl::StatusOr<std::optional<Digest>> FindFetched(const std::string& sha256,
                                                  const FetchContext& context,
                                                  BlobStore& store);

// For what comes otherwise than over HTTP: FindFetched finds `file` from now
// on.
absl::Status NoteFetched(const Digest& file, const FetchContext& context);

// FetchFile, then with `unpack` the archive as a tree: the digest of its root
// Directory; otherwise that of the file.
absl::StatusOr<Digest> FetchHttp(const HttpSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_HTTP_SOURCE_H_
