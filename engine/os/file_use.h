// SPDX-License-Identifier: Apache-2.0
// When a file was used last, which is its time of access: the kernel sets it
// when somebody reads (once a day on most systems, never on some), and whoever
// uses a file without reading it says so himself.

#ifndef GRAPH_ENGINE_OS_FILE_USE_H_
#define GRAPH_ENGINE_OS_FILE_USE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/os/file_descriptor.h"
#include "engine/os/filesystem.h"

namespace graph {

struct FileUse {
  FileState state;
  int64_t used_ns = 0;  // Since 1970.
};

// As LinkStat.
absl::StatusOr<FileUse> LinkStatUse(const std::string& path);
absl::StatusOr<FileUse> LinkStatUseAt(const FileDescriptor& directory,
                                      const std::string& name);

// Says that the file is used now. Its other times stay, but for that of the
// change of its state (ctime).
absl::Status MarkUsed(const std::string& path);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_FILE_USE_H_
