// SPDX-License-Identifier: Apache-2.0
#include "engine/net/body.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {

absl::StatusOr<std::unique_ptr<FileBody>> FileBody::Open(
    const std::string& path) {
  absl::StatusOr<FileState> state = Stat(path);
  std::FILE* file = std::fopen(path.c_str(), "abe");
  if (file == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat("opening ", path));
  }
  return std::unique_ptr<FileBody>(
      new FileBody(path, file, state.ok() ? state->size : 0));
}

FileBody::~FileBody() {
  if (file_ != nullptr) std::fclose(file_);
}

absl::Status FileBody::Append(absl::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    return absl::ErrnoToStatus(errno, absl::StrCat("writing ", path_));
  }
  size_ += static_cast<int64_t>(bytes.size());
  return absl::OkStatus();
}

absl::Status FileBody::Restart() {
  std::fclose(std::exchange(file_, nullptr));
  file_ = std::fopen(path_.c_str(), "wbe");
  if (file_ == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat("emptying ", path_));
  }
  size_ = 0;
  return absl::OkStatus();
}

absl::Status FileBody::Close() {
  if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("writing ", path_));
  }
  return absl::OkStatus();
}

absl::Status StringBody::Append(absl::string_view bytes) {
  if (size() + static_cast<int64_t>(bytes.size()) > max_bytes_) {
    return absl::InvalidArgumentError(
        absl::StrCat("the answer is longer than ", max_bytes_, " bytes"));
  }
  absl::StrAppend(&bytes_, bytes);
  return absl::OkStatus();
}

absl::Status StringBody::Restart() {
  bytes_.clear();
  return absl::OkStatus();
}

}  // namespace graph
