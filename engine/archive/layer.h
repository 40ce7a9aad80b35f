// SPDX-License-Identifier: Apache-2.0
// A layer: the changes that it makes to a root filesystem, as the tar of the
// OCI image specification (a "changeset"). A file that goes away is an empty
// file `.wh.NAME` in its folder, a whiteout; a folder that keeps nothing of
// what lay below has `.wh..wh..opq` in it and is called opaque.

#ifndef GRAPH_ENGINE_ARCHIVE_LAYER_H_
#define GRAPH_ENGINE_ARCHIVE_LAYER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace graph {

inline constexpr absl::string_view kWhiteoutPrefix = ".wh.";
inline constexpr absl::string_view kOpaqueName = ".wh..wh..opq";

struct LayerEntry {
  enum class Kind : uint8_t {
    kFile,
    kSymlink,
    kDirectory,
    kRemoved,   // What lower layers have at `path` goes, with all below it.
    kOpaque,    // What lower layers have in the folder `path` goes; "": all.
    kHardLink,  // The file at `target`. Only read, never written.
  };
  std::string path;  // Relative, `/`, no empty part, no `.` or `..`.
  Kind kind = Kind::kFile;
  uint32_t mode = 0;  // kFile, kDirectory: of 07777.
  uint32_t uid = 0;
  uint32_t gid = 0;
  int64_t size = 0;    // kFile
  std::string target;  // kSymlink, as it stands; kHardLink, a path.
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_LAYER_H_
