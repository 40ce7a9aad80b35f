// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_DEB_SOURCE_H_
#define GRAPH_ENGINE_FETCH_DEB_SOURCE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/folder_store.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

// A Debian package as it is published. Where it lies is not part of it: that is
// what the machine's apt is for.
struct DebSource {
  std::string package;
  std::string version;
  std::string architecture;  // "": the machine's own, or `all`.
  std::string sha256;        // 64 lowercase hex digits.
};

// Where apt's index is kept, below `cache_dir`.
FolderStore AptFolders(const std::string& cache_dir);

// Whether the texts are what Debian lets such names be; apt would take others
// for options. Fails with kInvalidArgument.
absl::Status CheckDebSource(const DebSource& source);

// One line of `apt-get --print-uris`: `'<uri>' <file> <size> [SHA256:<hex>]`.
struct AptUri {
  std::string uri;
  std::string sha256;  // "" if apt does not know it.
  friend bool operator==(const AptUri&, const AptUri&) = default;
};
std::optional<AptUri> ParseAptUri(absl::string_view output);

// The versions that `apt-cache madison` lists, each once, in its order.
std::vector<std::string> ParseMadison(absl::string_view output);

// The proxy that apt would use for `uri`, by the lines `<option> <value>` of
// its configuration: "" for none, nullopt if nothing is said.
std::optional<std::string> ParseAptProxy(absl::string_view configuration,
                                         absl::string_view uri);

// Brings the .deb file into the store, if it is not there, and returns its
// digest. apt is asked where it is and by which proxy it is reached; the
// download is ours, and nothing that does not match `sha256` gets in.
//
// Fails with kInvalidArgument if `sha256` is missing (telling it) or a text is
// wrong in form, with kNotFound if apt has no such package or version (telling
// those that it has), with kFailedPrecondition where there is no apt, with
// kDataLoss if what came does not match, and as HttpClient does.
absl::StatusOr<Digest> FetchDeb(const DebSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_DEB_SOURCE_H_
