// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_GIT_REPOSITORY_H_
#define GRAPH_ENGINE_FETCH_GIT_REPOSITORY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/fetch/fetch_context.h"
#include "engine/os/file_lock.h"
#include "engine/os/subprocess.h"

namespace graph {

// Runs the host's git: with the user's configuration and keys, but without what
// a surrounding git (a hook that calls us) may have set, and without asking.
class Git {
 public:
  explicit Git(const Cancellation& cancellation);

  // A git that fails is an ok result. Fails with kFailedPrecondition if there
  // is none, and with kCancelled.
  absl::StatusOr<CommandResult> Run(std::vector<std::string> arguments,
                                    std::string input = "") const;

 private:
  const Cancellation& cancellation_;
  std::vector<std::pair<std::string, std::string>> environment_;
};

struct GitEntry {
  std::string path;
  uint32_t mode = 0;  // 100644, 100755, 120000 or 160000, in octal.
  std::string object;
  int64_t size = 0;  // Of a blob.
};

inline constexpr uint32_t kGitExecutable = 0100755;
inline constexpr uint32_t kGitSymlink = 0120000;
inline constexpr uint32_t kGitLink = 0160000;

// A bare repository of ours that has commits of one remote, kept so that
// nothing comes twice. Locked against everybody else for as long as it lives.
class GitRepository {
 public:
  // Below `<cache>/git`. `hash_digits` (40 or 64) tells the object format.
  static absl::StatusOr<GitRepository> Open(const std::string& remote,
                                            size_t hash_digits,
                                            const FetchContext& context,
                                            const Git& git,
                                            const Cancellation& cancellation);

  // Has the commit and all of its tree here, alone if the server can give it
  // alone. See FetchGit for the failures.
  absl::Status Fetch(const std::string& commit);

  // Every leaf of the tree of `commit` at `subdir` ("": all). Fails with
  // kNotFound.
  absl::StatusOr<std::vector<GitEntry>> List(const std::string& commit,
                                             const std::string& subdir) const;

  // Gives `take` the bytes of each object of `entries`, in their order.
  absl::Status Read(
      std::span<const GitEntry> entries,
      const std::function<absl::Status(const GitEntry&, absl::string_view)>&
          take) const;

  // Path → URL as .gitmodules of `commit` has them.
  absl::StatusOr<std::map<std::string, std::string>> Submodules(
      const std::string& commit) const;

 private:
  GitRepository(std::string remote, std::string path, std::string object_format,
                bool offline, FileLock lock, const Git& git,
                const Cancellation& cancellation)
      : remote_(std::move(remote)),
        path_(std::move(path)),
        object_format_(std::move(object_format)),
        offline_(offline),
        lock_(std::move(lock)),
        git_(git),
        cancellation_(cancellation) {}

  absl::StatusOr<CommandResult> Run(std::vector<std::string> arguments,
                                    std::string input = "") const;
  absl::Status Prepare() const;
  absl::StatusOr<bool> Has(const std::string& commit) const;
  absl::StatusOr<CommandResult> RunPatiently(
      const std::vector<std::string>& arguments) const;
  absl::Status FetchAlone(const std::string& commit) const;
  absl::Status FetchWithAll(const std::string& commit) const;

  std::string remote_;
  std::string path_;
  std::string object_format_;
  bool offline_;
  FileLock lock_;
  const Git& git_;
  const Cancellation& cancellation_;
};

// What went wrong with `remote`, by what git said on stderr: kNotFound,
// kPermissionDenied or kUnavailable.
absl::Status GitFailure(absl::string_view remote, absl::string_view said);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_GIT_REPOSITORY_H_
