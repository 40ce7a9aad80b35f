// SPDX-License-Identifier: Apache-2.0

// Heap, the arena that values live in.

#ifndef GRAPH_DSL_RUNTIME_HEAP_H_
#define GRAPH_DSL_RUNTIME_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"

namespace dsl {

class Arguments;
class Thread;

using BuiltinFunction =
    std::function<absl::StatusOr<Value>(Thread&, const Arguments&)>;

// An arena of values. Nothing is freed before the whole heap is; a heap lives
// as long as a module, or as one call of an embedder. Used by one thread at a
// time until it is frozen; from then on nothing in it changes any more, and it
// may be read from many threads. A value may refer to values of another heap
// only if that heap is frozen and outlives this one (see Retain).
class Heap {
 public:
  Heap() = default;
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  Value Int(int64_t i);
  Value Float(double d);
  Value String(absl::string_view text);
  Value List(std::span<const Value> elements);
  Value Tuple(std::span<const Value> elements);
  Value Dict();
  Value Set();
  // Fields in any order; names unlike each other.
  Value Struct(std::span<const std::pair<absl::string_view, Value>> fields);
  Value Builtin(absl::string_view name, BuiltinFunction function);

  // Fails for an unhashable key, a frozen dict, or one that is being iterated.
  // REQUIRES: dict.is_dict(), or set.is_set().
  absl::Status DictSet(Value dict, Value key, Value value);
  absl::Status SetAdd(Value set, Value element);
  // REQUIRES: list.is_list().
  absl::Status ListAppend(Value list, Value element);

  // A T, derived from Object (an embedder's: from Native), that lives as long
  // as the heap; Value::Of gives the Value of it.
  template <class T, class... Args>
  T* New(Args&&... args) {
    T* object = new (Allocate(sizeof(T))) T(std::forward<Args>(args)...);
    if constexpr (!std::is_trivially_destructible_v<T>) {
      destructors_.push_back(
          {object, [](void* dead) { static_cast<T*>(dead)->~T(); }});
    }
    return object;
  }

  // Makes everything in the heap immutable, at once and forever.
  void Freeze() { frozen_ = true; }
  bool frozen() const { return frozen_; }

  // Keeps something alive as long as this heap, such as the heap of values
  // that are referred to from here.
  void Retain(std::shared_ptr<const void> other) {
    retained_.push_back(std::move(other));
  }

  // Bytes for an object, aligned for any pointer. Never fails, never freed.
  void* Allocate(size_t bytes) {
    bytes = (bytes + 7) & ~size_t{7};
    if (bytes > static_cast<size_t>(end_ - next_)) return AllocateChunk(bytes);
    char* result = next_;
    next_ += bytes;
    return result;
  }

  // Storage of growing containers: `count` Values or the like, given back by
  // size, so that a list that grows leaves its old places to others.
  void* AllocateArray(size_t bytes);
  void FreeArray(void* array, size_t bytes);
  // The size that AllocateArray really gives for that many bytes.
  static size_t ArrayCapacity(size_t bytes);

  // Whether the object was made here. Linear in the number of chunks.
  bool Owns(const void* object) const;

  // Bytes taken from the system so far.
  size_t footprint() const { return footprint_; }

 private:
  static constexpr int kSizeClasses = 48;

  void* AllocateChunk(size_t bytes);

  char* next_ = nullptr;
  char* end_ = nullptr;
  bool frozen_ = false;
  size_t footprint_ = 0;
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  struct Chunk {
    std::unique_ptr<char[], Free> bytes;
    size_t size;
  };
  std::vector<Chunk> chunks_;
  void* free_[kSizeClasses] = {};
  std::vector<std::pair<void*, void (*)(void*)>> destructors_;
  std::vector<std::shared_ptr<const void>> retained_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_HEAP_H_
