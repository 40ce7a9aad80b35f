// SPDX-License-Identifier: Apache-2.0
// For the files of this room: what the kernel says of a file, in our words.

#ifndef GRAPH_ENGINE_OS_FILE_STATE_H_
#define GRAPH_ENGINE_OS_FILE_STATE_H_

#include <sys/stat.h>

#include "engine/os/filesystem.h"

namespace graph {

inline FileState StateOf(const struct stat& s) {
  FileState state;
  switch (s.st_mode & S_IFMT) {
    case S_IFREG:
      state.type = FileType::kRegular;
      break;
    case S_IFDIR:
      state.type = FileType::kDirectory;
      break;
    case S_IFLNK:
      state.type = FileType::kSymlink;
      break;
    default:
      state.type = FileType::kOther;
  }
  state.mode = s.st_mode & 07777;
  state.links = static_cast<uint32_t>(s.st_nlink);
  state.size = s.st_size;
  state.mtime_ns = s.st_mtim.tv_sec * 1'000'000'000 + s.st_mtim.tv_nsec;
  state.ctime_ns = s.st_ctim.tv_sec * 1'000'000'000 + s.st_ctim.tv_nsec;
  state.inode = s.st_ino;
  state.device = s.st_dev;
  return state;
}

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_FILE_STATE_H_
