// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_MAPPED_FILE_H_
#define GRAPH_ENGINE_OS_MAPPED_FILE_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// The bytes of a file, read as they are touched. Whoever shortens the file
// while it is mapped kills the reader: map only files that are replaced by
// rename. Safe for concurrent reading.
class MappedFile {
 public:
  // An empty file gives empty bytes.
  static absl::StatusOr<MappedFile> Open(const std::string& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~MappedFile();

  // Valid as long as this object.
  absl::string_view bytes() const {
    return {static_cast<const char*>(data_), size_};
  }

 private:
  MappedFile(void* data, size_t size) : data_(data), size_(size) {}

  void* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_MAPPED_FILE_H_
