// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_BASE_PACKED_VECTOR_H_
#define GRAPH_ENGINE_BASE_PACKED_VECTOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <utility>

namespace graph {

// A vector as small as a pointer: the sizes lie before the elements, and one
// that never had an element owns nothing. For what there is a lot of and is
// mostly empty. Grows to what is asked for when it has nothing, then by half.
template <class T>
class PackedVector {
 public:
  using value_type = T;
  using const_iterator = const T*;

  PackedVector() = default;
  PackedVector(std::initializer_list<T> elements) {
    Append(elements.begin(), elements.end());
  }
  template <class Iterator>
  PackedVector(Iterator begin, Iterator end) {
    Append(begin, end);
  }
  PackedVector(const PackedVector& other) {
    Append(other.begin(), other.end());
  }
  PackedVector(PackedVector&& other) noexcept
      : block_(std::exchange(other.block_, nullptr)) {}
  PackedVector& operator=(PackedVector other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~PackedVector() { Free(block_); }

  size_t size() const { return block_ == nullptr ? 0 : block_->size; }
  bool empty() const { return size() == 0; }
  T* begin() { return data(); }
  T* end() { return data() + size(); }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size(); }
  T& operator[](size_t i) { return data()[i]; }
  const T& operator[](size_t i) const { return data()[i]; }

  void reserve(size_t capacity) {
    if (capacity > Capacity()) Move(capacity);
  }
  void shrink_to_fit() {
    if (size() < Capacity()) Move(size());
  }
  // `[begin, end)` lies elsewhere.
  template <class Iterator>
  void Append(Iterator begin, Iterator end) {
    const auto more = static_cast<size_t>(std::distance(begin, end));
    if (more == 0) return;
    reserve(size() + more);
    std::uninitialized_copy(begin, end, data() + size());
    block_->size += static_cast<uint32_t>(more);
  }
  void push_back(T element) {
    if (size() == Capacity()) Move(std::max(size() + size() / 2, size() + 1));
    new (data() + size()) T(std::move(element));
    ++block_->size;
  }

  friend bool operator==(const PackedVector& a, const PackedVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  struct alignas(8) Block {
    uint32_t size = 0;
    uint32_t capacity = 0;
  };
  static_assert(alignof(T) <= alignof(Block));

  size_t Capacity() const { return block_ == nullptr ? 0 : block_->capacity; }
  T* data() const {
    return block_ == nullptr ? nullptr : reinterpret_cast<T*>(block_ + 1);
  }

  // REQUIRES: capacity >= size().
  void Move(size_t capacity) {
    Block* block = nullptr;
    if (capacity > 0) {
      block = new (::operator new(sizeof(Block) + capacity * sizeof(T))) Block;
      block->capacity = static_cast<uint32_t>(capacity);
      block->size = static_cast<uint32_t>(size());
      std::uninitialized_move(begin(), end(), reinterpret_cast<T*>(block + 1));
    }
    Free(std::exchange(block_, block));
  }

  static void Free(Block* block) {
    if (block == nullptr) return;
    std::destroy_n(reinterpret_cast<T*>(block + 1), block->size);
    ::operator delete(block);
  }

  Block* block_ = nullptr;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_PACKED_VECTOR_H_
