// SPDX-License-Identifier: Apache-2.0
// What apt's lists say of binary packages: by the machine's own lists or, for
// an architecture that the machine does not have, by lists of ours.

#ifndef GRAPH_ENGINE_FETCH_DEB_INDEX_H_
#define GRAPH_ENGINE_FETCH_DEB_INDEX_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/fetch/apt.h"
#include "engine/fetch/deb_source.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

// The versions that `apt-cache madison` lists, each once, in its order.
std::vector<std::string> ParseMadison(absl::string_view output);

// What the lists say of one version. Plain value.
struct AptRecord {
  std::string file;  // Its name, without folders.
  std::string sha256;
  friend bool operator==(const AptRecord&, const AptRecord&) = default;
};
// The first record of `apt-cache show` with both; nullopt if none has.
std::optional<AptRecord> ParseAptRecord(absl::string_view output);

// Where `source` is. Fails with kNotFound, telling what apt has instead, and
// with kFailedPrecondition where there is no apt. So do the next two.
absl::StatusOr<AptUri> LocateDeb(const DebSource& source,
                                 const FetchContext& context,
                                 const Cancellation& cancellation);

// All versions of the package, from the newest: at least one. That of `source`
// does not count.
absl::StatusOr<std::vector<std::string>> VersionsOfDeb(
    const DebSource& source, const FetchContext& context,
    const Cancellation& cancellation);

absl::StatusOr<AptRecord> RecordOfDeb(const DebSource& source,
                                      const FetchContext& context,
                                      const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_DEB_INDEX_H_
