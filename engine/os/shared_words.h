// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_SHARED_WORDS_H_
#define GRAPH_ENGINE_OS_SHARED_WORDS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace graph {

// Memory that processes share by way of a file: words, all 0 at first.
class SharedWords {
 public:
  // Makes the file, which must not exist. The disk space for it is taken at
  // once, so that writing to the words cannot fail.
  static absl::StatusOr<SharedWords> Create(const std::string& path,
                                            size_t words);
  // As the file is now; for reading.
  static absl::StatusOr<SharedWords> Open(const std::string& path);

  SharedWords(SharedWords&& other) noexcept
      : words_(std::exchange(other.words_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  SharedWords& operator=(SharedWords&& other) noexcept {
    std::swap(words_, other.words_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~SharedWords();

  size_t size() const { return size_; }
  std::atomic<uint64_t>& operator[](size_t i) const { return words_[i]; }

 private:
  SharedWords(std::atomic<uint64_t>* words, size_t size)
      : words_(words), size_(size) {}

  std::atomic<uint64_t>* words_;
  size_t size_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_SHARED_WORDS_H_
