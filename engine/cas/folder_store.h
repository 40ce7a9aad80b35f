// SPDX-License-Identifier: Apache-2.0
// Folders that are dear to make and cheap to keep, each under a name that says
// what is in it.
//
// Layout below the root:
//   <64 hex digits>/       whole from the moment it has this name
//     kept                 locked, shared, by those who use the folder; when it
//                          was last changed is when the folder was last used,
//                          exact to kUseGrainS
//   unfinished-<name>/     on its way in or out
//   locks/<2 hex digits>   held while one with that beginning is made or goes
//
// A process that is killed leaves at most an unfinished folder, which goes with
// the next that is made of the name.

#ifndef GRAPH_ENGINE_CAS_FOLDER_STORE_H_
#define GRAPH_ENGINE_CAS_FOLDER_STORE_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/os/file_lock.h"

namespace graph {

// A folder that nobody changes or removes as long as this lives, also if the
// process is killed: the kernel lets it go then.
class FolderHold {
 public:
  FolderHold(FileLock lock, std::string path)
      : lock_(std::move(lock)), path_(std::move(path)) {}
  const std::string& path() const { return path_; }

 private:
  FileLock lock_;
  std::string path_;
};

// Safe for concurrent use, by threads and by processes.
class FolderStore {
 public:
  // `root` is absolute, and made when it is first needed.
  explicit FolderStore(std::string root) : root_(std::move(root)) {}

  // A use of it; nullopt if there is none.
  std::optional<FolderHold> Find(const std::string& name) const;

  // Makes it if there is none: `make` makes the folder whose path it is given,
  // and all that is in it. It is called once at a time for a name, and may take
  // something for it (see Take).
  using Maker = std::function<absl::Status(const std::string& path)>;
  absl::StatusOr<FolderHold> FindOrMake(const std::string& name,
                                        const Maker& make);

  // For a Maker of `wanted`: moves the folder `name` to `path`, if it is there
  // and nobody holds it.
  bool Take(const std::string& name, const std::string& wanted,
            const std::string& path);

  const std::string& root() const { return root_; }

 private:
  std::string PathOf(const std::string& name) const;
  std::string LockPath(const std::string& name) const;

  const std::string root_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_FOLDER_STORE_H_
