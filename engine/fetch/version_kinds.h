// SPDX-License-Identifier: Apache-2.0
// What ResolveVersion needs of each kind of VersionSource: how to list what
// there is, and how to complete what is told of the one that was chosen.

#ifndef GRAPH_ENGINE_FETCH_VERSION_KINDS_H_
#define GRAPH_ENGINE_FETCH_VERSION_KINDS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"
#include "engine/model/locked_version.h"
#include "engine/model/version_constraint.h"
#include "engine/model/version_order.h"

namespace graph {

// One question and all that is needed to answer it. The references outlive it.
struct VersionQuestion {
  const VersionRequest& request;
  const VersionConstraint& constraint;
  const FetchContext& context;
  BlobStore& store;
  const Cancellation& cancellation;

  // "" if it was not given.
  std::string Argument(const std::string& name) const;
  bool WantsPrerelease() const {
    return request.prerelease || constraint.NamesPrerelease();
  }
};

struct FoundVersion {
  Version version;
  // Of a LockedVersion, as far as the list tells them.
  std::map<std::string, std::string> fields;
  // Also where the source says so of what looks like a release.
  bool is_prerelease = false;
  // Yanked or deprecated, and why: taken only if named by `==`.
  std::optional<std::string> withdrawn;
  // What the kind keeps for `complete`.
  std::string details;
};

// Immutable; lives for ever.
struct VersionKind {
  absl::string_view name;
  // All that there is, whether wanted or not, in any order. An answer that
  // cannot be read is kDataLoss, never an empty list.
  absl::StatusOr<std::vector<FoundVersion>> (*list)(const VersionQuestion&);
  absl::Status (*complete)(const VersionQuestion&, FoundVersion&);
};

VersionKind DebVersions();
VersionKind GitBranchVersions();
VersionKind GitTagVersions();
VersionKind GithubReleaseVersions();
VersionKind NpmVersions();
VersionKind OciTagVersions();
VersionKind PypiVersions();
VersionKind PythonOrgVersions();
VersionKind UrlIndexVersions();

// The newest of `found` that the question allows. Fails with kNotFound, telling
// the nearest that there are.
absl::StatusOr<FoundVersion> ChooseVersion(const VersionQuestion& question,
                                           std::vector<FoundVersion> found);

// A tag, with the version that `pattern` finds in it; with no pattern, the tags
// that are versions, or, if none is, those that are one behind a prefix that is
// the same in all of them (`release-1.2`). `fields` get `tag` and `version`.
// Fails with kInvalidArgument if there are several prefixes.
absl::StatusOr<std::vector<FoundVersion>> VersionsOfTags(
    const std::vector<std::string>& tags, const std::string& pattern,
    absl::string_view where);

// Sets `sha256` of the file that `fields` have the `url` of, and brings it into
// the store, where the next build finds it.
absl::Status FetchForDigest(const VersionQuestion& question,
                            FoundVersion& version);

// A file that can be chosen by its name.
struct NamedFile {
  std::string name;
  std::string url;
  std::string sha256;  // "" if it is not told.
};

// The one whose name fits the glob. Fails with kNotFound or kInvalidArgument,
// telling the names that there are.
absl::StatusOr<NamedFile> ChooseFile(const std::vector<NamedFile>& files,
                                     absl::string_view glob,
                                     absl::string_view where);

// Sets `file`, `url` and `sha256`, which is found out if it is not told.
absl::Status SetFile(const VersionQuestion& question, const NamedFile& file,
                     FoundVersion& version);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_VERSION_KINDS_H_
