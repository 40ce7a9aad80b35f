// SPDX-License-Identifier: Apache-2.0
// The machine's apt, asked in a way that changes nothing of it.

#ifndef GRAPH_ENGINE_FETCH_APT_H_
#define GRAPH_ENGINE_FETCH_APT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/fetch/deb_source.h"
#include "engine/fetch/fetch_context.h"
#include "engine/os/subprocess.h"

namespace graph {

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

// What apt's lists say of one version. Plain value.
struct AptRecord {
  std::string file;  // Its name, without folders.
  std::string sha256;
  friend bool operator==(const AptRecord&, const AptRecord&) = default;
};
// The first record of `apt-cache show` with both; nullopt if none has.
std::optional<AptRecord> ParseAptRecord(absl::string_view output);

// Each question is a run of apt-get, apt-cache or apt-config. All fail with
// kFailedPrecondition where there is no apt. The references outlive it.
class Apt {
 public:
  Apt(const FetchContext& context, const Cancellation& cancellation)
      : folder_(context.cache_dir + "/apt"), cancellation_(cancellation) {}

  // Where the package is. Fails with kNotFound, telling what apt has instead.
  absl::StatusOr<AptUri> Locate(const DebSource& source) const;

  // nullopt if apt says nothing of a proxy; "" for none.
  absl::StatusOr<std::optional<std::string>> Proxy(const AptUri& from) const;

  // All versions that apt's lists have, from the newest; empty if there is no
  // such package. The version of `source` does not count.
  absl::StatusOr<std::vector<std::string>> Versions(
      const DebSource& source) const;

  // Fails with kNotFound.
  absl::StatusOr<AptRecord> Show(const DebSource& source) const;

  // kNotFound, in words.
  static absl::Status NoPackage(const DebSource& source);

 private:
  absl::StatusOr<CommandResult> Run(std::string program,
                                    std::vector<std::string> words) const;
  absl::Status Failure(const DebSource& source,
                       const CommandResult& said) const;

  std::string folder_;
  const Cancellation& cancellation_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_APT_H_
