// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_FILE_DESCRIPTOR_H_
#define GRAPH_ENGINE_OS_FILE_DESCRIPTOR_H_

#include <utility>

namespace graph {

// An open file of the kernel, closed with its owner. Never inherited by
// programs that we start unless they are handed it. Not safe for concurrent
// use; the number itself may be.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      Close();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~FileDescriptor() { Close(); }

  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }
  void Close();

 private:
  int fd_ = -1;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_FILE_DESCRIPTOR_H_
