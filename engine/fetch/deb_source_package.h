// SPDX-License-Identifier: Apache-2.0
// Debian source packages: a .dsc file, which names the other files and their
// digests, and these files beside it.

#ifndef GRAPH_ENGINE_FETCH_DEB_SOURCE_PACKAGE_H_
#define GRAPH_ENGINE_FETCH_DEB_SOURCE_PACKAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

struct DebSourcePackage {
  std::string package;  // The source's name, which may be no binary package's.
  std::string version;
  std::string sha256;  // 64 lowercase hex digits, of the .dsc file.
};

// Whether the texts are what Debian lets such names be. Fails with
// kInvalidArgument.
absl::Status CheckDebSourcePackage(const DebSourcePackage& source);

// What a .dsc file says.
struct DebDescription {
  struct File {
    std::string name;
    std::string sha256;
    int64_t size = 0;
    friend bool operator==(const File&, const File&) = default;
  };
  std::string source;
  std::string version;
  std::vector<File> files;
};
// Signed or not: the digest by which it was fetched says more. Fails with
// kInvalidArgument if it is none, or names a file that is not one name.
absl::StatusOr<DebDescription> ParseDsc(absl::string_view text);

// The folders in which the files of `source` may lie, by the lines
// `<URI>|<component>` of apt's repositories, each once and in their order.
std::vector<std::string> PoolsOf(absl::string_view repositories,
                                 absl::string_view source);

// Brings the .dsc file and all that it names into the store, and returns the
// digest of a folder of them. apt is asked where: by its lists of sources, if
// it has such; otherwise in the pools of the repositories that it has binary
// packages of, which hold the sources too.
//
// Fails with kInvalidArgument if `sha256` is missing (telling it) or a text is
// wrong in form, with kNotFound if no repository has it, with kDataLoss if what
// came does not match or is of another package, and as Apt does.
absl::StatusOr<Digest> FetchDebSource(const DebSourcePackage& source,
                                      const FetchContext& context,
                                      BlobStore& store,
                                      const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_DEB_SOURCE_PACKAGE_H_
