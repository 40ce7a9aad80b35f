// SPDX-License-Identifier: Apache-2.0
// Folders that are dear to make and cheap to keep, each under a name that says
// what is in it.
//
// Layout below the root:
//   <64 hex digits>/       whole from the moment it has this name
//     kept                 says what the folder takes on the disk, in bytes;
//                          locked, shared, by those who use the folder; when it
//                          was last changed is when the folder was last used,
//                          exact to kUseGrainS
//   unfinished-<name>/     on its way in or out
//   locks/<2 hex digits>   held while one with that beginning is made or goes
//
// A process that is killed leaves at most an unfinished folder, which goes with
// the next that is made of the name, or with the next collection.
//
// If the root is a link, the folders lie where somebody wanted them, on another
// disk perhaps: they are used, and neither counted nor collected.

#ifndef GRAPH_ENGINE_CAS_FOLDER_STORE_H_
#define GRAPH_ENGINE_CAS_FOLDER_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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

struct KeptFolder {
  std::string name;
  int64_t space = 0;     // On the disk.
  int64_t last_use = 0;  // Seconds since 1970.
};

// Safe for concurrent use, by threads and by processes.
class FolderStore {
 public:
  // Files with several names.
  enum class Links : uint8_t {
    kAmongFolders,  // They take space once for all folders here.
    kToBlobs,       // Their space is the blob store's, which counts it.
  };

  // `root` is absolute, and made when it is first needed.
  explicit FolderStore(std::string root, Links links = Links::kAmongFolders)
      : root_(std::move(root)), links_(links) {}

  // A use of it; nullopt if there is none.
  std::optional<FolderHold> Find(const std::string& name) const;

  // Makes it if there is none: `make` makes the folder whose path it is given,
  // and all that is in it. It is called once at a time for a name, and may take
  // something for it (see Take).
  using Maker = std::function<absl::Status(const std::string& path)>;
  absl::StatusOr<FolderHold> FindOrMake(const std::string& name,
                                        const Maker& make) const;

  // For a Maker of `wanted`: moves the folder `name` to `path`, if it is there
  // and nobody holds it.
  bool Take(const std::string& name, const std::string& wanted,
            const std::string& path) const;

  // --- Housekeeping ---

  // As noted when they were made or measured, by name.
  std::vector<KeptFolder> List() const;
  // Looks at all files, and notes what the folders take.
  std::vector<KeptFolder> Measure() const;
  bool IsHeld(const std::string& name) const;
  // Removes it, unless somebody holds it; whether it did.
  bool Remove(const std::string& name) const;

  // Paths below the root of unfinished folders whose makers are gone, and with
  // `remove` an end to them.
  std::vector<std::string> Leftovers(bool remove) const;
  // Names below the root that are none of ours, nor `own`: what the user of
  // this keeps beside the folders, a name or the beginning of one.
  std::vector<std::string> Strays(std::span<const absl::string_view> own) const;

  const std::string& root() const { return root_; }
  // The last part of it.
  std::string name() const { return root_.substr(root_.rfind('/') + 1); }

 private:
  std::string PathOf(const std::string& name) const;
  std::string LockPath(const std::string& name) const;
  std::optional<FileLock> TryLock(const std::string& name) const;

  std::string root_;
  Links links_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_FOLDER_STORE_H_
