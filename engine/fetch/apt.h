// SPDX-License-Identifier: Apache-2.0
// The machine's apt: where packages are and by which proxy they are reached. It
// is asked in a way that changes nothing of it; the downloads are ours.

#ifndef GRAPH_ENGINE_FETCH_APT_H_
#define GRAPH_ENGINE_FETCH_APT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/folder_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/os/subprocess.h"

namespace graph {

// One line of `apt-get --print-uris`: `'<uri>' <file> <size> [SHA256:<hex>]`.
struct AptUri {
  std::string uri;
  std::string file;
  std::string sha256;  // "" if apt does not know it.
  friend bool operator==(const AptUri&, const AptUri&) = default;
};
// All such lines among the others.
std::vector<AptUri> ParseAptUris(absl::string_view output);

// The proxy that apt would use for `uri`, by the lines `<option> <value>` of
// its configuration: "" for none, nullopt if nothing is said.
std::optional<std::string> ParseAptProxy(absl::string_view configuration,
                                         absl::string_view uri);

// Whether apt takes `text` for one name: letters, digits and `more`, the first
// a letter or digit. It would take others for options or for more.
bool IsAptName(absl::string_view text, absl::string_view more);

// Where apt's index and lists of ours are kept, below `cache_dir`.
FolderStore AptFolders(const std::string& cache_dir);

// Its references outlive it. Any thread, several at once.
class Apt {
 public:
  // As the machine has it or, with `architecture`, as if the machine were of
  // that one: with lists of our own, for the machine has none of it.
  Apt(const FetchContext& context, const Cancellation& cancellation,
      std::string architecture = "");

  // Whether the machine's lists have packages of this architecture.
  absl::StatusOr<bool> Knows(absl::string_view architecture) const;

  // REQUIRES: an architecture. Gets its lists from where the machine gets its
  // own, unless we have some that are younger than `age`. One that cannot be
  // had is no error as long as another could: the mirror may just be changing
  // it. `Trouble` tells it, to follow an error; mostly it is "".
  absl::Status Update(absl::Duration age) const;
  std::string Trouble() const;

  // Runs `program` of apt. It fails with kFailedPrecondition where there is
  // none, and not if the program does.
  absl::StatusOr<CommandResult> Run(std::string program,
                                    std::vector<std::string> words) const;

  // The file of a repository, from http, https, file or copy; held against
  // `sha256` as FetchFile does, which may be "". kNotFound if it is not there;
  // kFailedPrecondition if its scheme is none of these.
  absl::StatusOr<Digest> Fetch(const std::string& uri,
                               const std::string& sha256,
                               BlobStore& store) const;

 private:
  // For this architecture; made if there is none.
  absl::StatusOr<FolderHold> Folder() const;
  std::vector<std::string> OfArchitecture(const std::string& folder) const;
  absl::StatusOr<std::optional<std::string>> ProxyFor(
      const std::string& uri) const;

  const FetchContext& context_;
  const Cancellation& cancellation_;
  const std::string architecture_;
  const FolderStore folders_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_APT_H_
