// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_FILE_LOCK_H_
#define GRAPH_ENGINE_OS_FILE_LOCK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// An advisory lock among processes, and among objects of one process. Held as
// long as this object, and let go by the kernel when the process dies. The
// file is made if needed and never removed.
class FileLock {
 public:
  enum class Mode : uint8_t { kShared, kExclusive };

  // Waits for as long as it takes.
  static absl::StatusOr<FileLock> Acquire(const std::string& path, Mode mode);

  // nullopt if others hold it now.
  static absl::StatusOr<std::optional<FileLock>> TryAcquire(
      const std::string& path, Mode mode);

  // Whether the file that is locked is the one at `path` now: somebody may have
  // moved or removed it before we had the lock.
  bool IsAt(const std::string& path) const;

 private:
  explicit FileLock(FileDescriptor file) : file_(std::move(file)) {}

  FileDescriptor file_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_FILE_LOCK_H_
