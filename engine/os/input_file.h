// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_INPUT_FILE_H_
#define GRAPH_ENGINE_OS_INPUT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// A regular file that is read from its beginning to its end by one descriptor:
// whatever happens to its name meanwhile, it stays the same file. To read it
// does not count as an access, if it is ours. One thread at a time.
class InputFile {
 public:
  // Does not follow a link at the end of `path`. Fails with kInvalidArgument if
  // it is not a regular file.
  static absl::StatusOr<InputFile> Open(const std::string& path);

  // As they were when it was opened.
  int64_t size() const { return size_; }
  bool executable() const { return executable_; }  // By its owner.

  // Reads up to `size` bytes, fewer only at the end of the file.
  absl::StatusOr<size_t> Read(char* buffer, size_t size);

  // Sets the permission bits and the time of the last change; that of the last
  // access is now. Possible for the owner of the file even if he may not write
  // to it.
  absl::Status Seal(uint32_t mode, int64_t time_ns);

 private:
  InputFile(FileDescriptor file, std::string path, int64_t size,
            bool executable)
      : file_(std::move(file)),
        path_(std::move(path)),
        size_(size),
        executable_(executable) {}

  FileDescriptor file_;
  std::string path_;  // For messages.
  int64_t size_;
  bool executable_;
};

// As Rename, but kAlreadyExists if there is something at `to`.
absl::Status RenameNew(const std::string& from, const std::string& to);

// Exchanges what two names of one file system stand for, atomically.
absl::Status ExchangeNames(const std::string& a, const std::string& b);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_INPUT_FILE_H_
