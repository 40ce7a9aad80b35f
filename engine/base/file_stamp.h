// SPDX-License-Identifier: Apache-2.0
// What stat tells of a file, as a value: two equal stamps of one path mean that
// nothing happened to the file in between.

#ifndef GRAPH_ENGINE_BASE_FILE_STAMP_H_
#define GRAPH_ENGINE_BASE_FILE_STAMP_H_

#include <cstdint>

namespace graph {

// `mode` 0 means that nothing was there. Changing a file always moves its
// ctime_ns, but clocks tick coarsely (4 ms on common kernels): see IsSettled.
struct FileStamp {
  uint64_t mode = 0;  // As st_mode: type and permissions.
  int64_t size = 0;
  int64_t mtime_ns = 0;
  int64_t ctime_ns = 0;
  uint64_t inode = 0;
  uint64_t device = 0;

  // No common clock ticks more slowly than this.
  static constexpr int64_t kTickNs = 10'000'000;

  // Whether a stamp taken at `now_ns` (the clock that stamps files) is older
  // than a tick of it: only then would a later change be sure to show. What
  // mtime_ns says is not asked: anybody may set it.
  bool IsSettled(int64_t now_ns) const { return ctime_ns + kTickNs < now_ns; }

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
static_assert(sizeof(FileStamp) == 48, "written to disk as it stands");

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_FILE_STAMP_H_
