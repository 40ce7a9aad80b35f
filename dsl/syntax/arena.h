// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_ARENA_H_
#define GRAPH_DSL_SYNTAX_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"

namespace dsl {

// Memory for things without destructors that all die together. Not thread-safe.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Zeroed where T says no more.
  template <class T>
  T* New() {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T))) T();
  }
  template <class T>
  std::span<T> Copy(const T* from, size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count == 0) return {};
    T* to = static_cast<T*>(Allocate(count * sizeof(T)));
    std::memcpy(static_cast<void*>(to), from, count * sizeof(T));
    return {to, count};
  }
  absl::string_view Copy(absl::string_view text) {
    const std::span<char> copy = Copy(text.data(), text.size());
    return {copy.data(), copy.size()};
  }

 private:
  static constexpr size_t kAlignment = 8;
  static constexpr size_t kFirstChunk = 4 << 10;
  static constexpr size_t kLargestChunk = 256 << 10;

  void* Allocate(size_t size) {
    size = (size + kAlignment - 1) & ~(kAlignment - 1);
    if (static_cast<size_t>(end_ - next_) < size) Grow(size);
    char* const result = next_;
    next_ += size;
    return result;
  }
  void Grow(size_t size) {
    chunk_ =
        chunks_.empty() ? kFirstChunk : std::min(2 * chunk_, kLargestChunk);
    const size_t bytes = std::max(size, chunk_);
    chunks_.emplace_back(new char[bytes]);
    next_ = chunks_.back().get();
    end_ = next_ + bytes;
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t chunk_ = 0;
  char* next_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_ARENA_H_
