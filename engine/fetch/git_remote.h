// SPDX-License-Identifier: Apache-2.0
// What the text of a remote tells, and what a remote tells of its names.

#ifndef GRAPH_ENGINE_FETCH_GIT_REMOTE_H_
#define GRAPH_ENGINE_FETCH_GIT_REMOTE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/fetch/git_repository.h"

namespace graph {

// Fails with kInvalidArgument if `remote` is empty or git would read it as an
// option.
absl::Status CheckRemote(absl::string_view remote);

// Where a submodule is, whose URL in .gitmodules is `url` (`../x.git` is
// relative to the remote of its parent). Fails with kInvalidArgument where a
// remote on the network names a path of this machine.
absl::StatusOr<std::string> SubmoduleRemote(absl::string_view parent,
                                            absl::string_view url);

// What the names of `remote` stand for, a tag for the commit that it is of, as
// `git ls-remote` with these options tells; asked again if the network fails.
// Fails as GitFailure says.
absl::StatusOr<std::map<std::string, std::string>> ListRefs(
    const std::string& remote, const std::vector<std::string>& options,
    const Git& git, const Cancellation& cancellation);

// The failure (kInvalidArgument) for a commit that is a branch, a tag or the
// beginning of a hash; asks `remote`, unless `offline`, what to write instead.
absl::Status NotAWholeCommit(const std::string& remote,
                             const std::string& commit, bool offline,
                             const Git& git);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_GIT_REMOTE_H_
