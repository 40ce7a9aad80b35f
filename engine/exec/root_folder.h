// SPDX-License-Identifier: Apache-2.0
// A root filesystem as a folder on disk, made by applying layers to it.

#ifndef GRAPH_ENGINE_EXEC_ROOT_FOLDER_H_
#define GRAPH_ENGINE_EXEC_ROOT_FOLDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// Paths of layers are followed as in a root folder of its own: a link in the
// way, absolute or not, leads to something in this folder, never out of it.
//
// Files keep their modes, and belong to whoever runs this; their times are that
// of SOURCE_DATE_EPOCH. Devices are left out. One thread at a time; after a
// failure the folder is of no use.
class RootFolder {
 public:
  // `path` is absolute, and its last part does not exist.
  static absl::StatusOr<RootFolder> Make(const std::string& path);

  // Gives it all that another, finished one has, by hard links to its files,
  // which nobody will ever write to.
  absl::Status Clone(const std::string& other);

  // Applies the layer in the file at `path`. Fails with kInvalidArgument if it
  // is none, and kCancelled.
  absl::Status Apply(const std::string& path, const Cancellation& cancellation);

  // Makes the folders that a sandbox needs, and gives all folders their modes
  // and times, which they cannot have while things are made in them.
  absl::Status Finish();

 private:
  friend class RootLayerSink;

  RootFolder(std::string path, FileDescriptor root)
      : path_(std::move(path)), root_(std::move(root)) {}

  // Where something is to be made: a folder, and a name in it.
  struct Place {
    FileDescriptor folder;
    std::string name;
  };
  // Makes what is missing of the way; `links` were followed for that.
  absl::StatusOr<Place> PlaceOf(const std::string& path, int links = 0);
  absl::Status MakeParent(const std::string& path, int links);
  // Whatever is there goes; nothing is fine.
  absl::Status Clear(const Place& place);
  absl::Status CloneFolder(const std::string& from, const std::string& to,
                           const std::string& path);
  // `path` as it is without links in the way.
  absl::StatusOr<std::string> RealPathOf(const FileDescriptor& folder) const;
  absl::Status MakeFolder(const std::string& path, uint32_t mode);
  absl::Status MakeFolderAt(const Place& place, const std::string& path,
                            uint32_t mode);
  absl::Status Remove(const std::string& path);
  absl::Status Empty(const std::string& path);

  std::string path_;
  FileDescriptor root_;
  // Of folders, by their paths without links; some may be gone.
  std::map<std::string, uint32_t> modes_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ROOT_FOLDER_H_
