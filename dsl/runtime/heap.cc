// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/heap.h"

#include <algorithm>
#include <bit>

#include "dsl/runtime/pages.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/set.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/struct.h"
#include "dsl/runtime/types/tuple.h"

namespace dsl {
namespace {

constexpr size_t kFirstChunk = 4 << 10;
// Heaps that have grown so large go on in huge pages.
constexpr size_t kHugeFrom = 1 << 20;

int SizeClass(size_t bytes) {
  return bytes <= 16 ? 4 : std::bit_width(bytes - 1);
}

}  // namespace

Heap::~Heap() {
  for (auto it = destructors_.rbegin(); it != destructors_.rend(); ++it) {
    it->second(it->first);
  }
}

// A large object gets a chunk of its own, and the current one stays in use.
void* Heap::AllocateChunk(size_t bytes) {
  const size_t usual =
      footprint_ < kHugeFrom ? std::max(footprint_, kFirstChunk) : kHugePage;
  const bool alone = bytes > usual / 4;
  size_t size = alone ? bytes : usual;
  if (size > kHugeFrom) {
    size = (size + kHugePage - 1) / kHugePage * kHugePage;
  }
  auto* taken = static_cast<char*>(AllocatePages(size));
  chunks_.push_back({std::unique_ptr<char[], Free>(taken), size});
  footprint_ += size;
  char* start = chunks_.back().bytes.get();
  if (!alone) {
    next_ = start + bytes;
    end_ = start + size;
  }
  return start;
}

bool Heap::Owns(const void* object) const {
  const auto* address = static_cast<const char*>(object);
  return std::any_of(chunks_.begin(), chunks_.end(), [&](const Chunk& chunk) {
    return address >= chunk.bytes.get() &&
           address < chunk.bytes.get() + chunk.size;
  });
}

size_t Heap::ArrayCapacity(size_t bytes) {
  return size_t{1} << SizeClass(bytes);
}

void* Heap::AllocateArray(size_t bytes) {
  const int size_class = SizeClass(bytes);
  void*& free = free_[size_class];
  if (free == nullptr) return Allocate(size_t{1} << size_class);
  void* result = free;
  free = *static_cast<void**>(result);
  return result;
}

void Heap::FreeArray(void* array, size_t bytes) {
  if (array == nullptr) return;
  void*& free = free_[SizeClass(bytes)];
  *static_cast<void**>(array) = free;
  free = array;
}

Value Heap::Int(int64_t i) {
  if (Value::FitsInline(i)) return Value::Int(i);
  return MakeInt(*this, Integer(i));
}

Value Heap::Float(double d) { return Value::Of(New<dsl::Float>(d)); }

Value Heap::String(absl::string_view text) {
  return Value::Of(dsl::String::Make(*this, text));
}

Value Heap::List(std::span<const Value> elements) {
  return Value::Of(dsl::List::Make(*this, elements));
}

Value Heap::Tuple(std::span<const Value> elements) {
  return Value::Of(dsl::Tuple::Make(*this, elements));
}

Value Heap::Dict() { return Value::Of(New<dsl::Dict>(*this)); }

Value Heap::Set() { return Value::Of(New<dsl::Set>(*this)); }

Value Heap::Struct(
    std::span<const std::pair<absl::string_view, Value>> fields) {
  return Value::Of(dsl::Struct::Make(*this, fields));
}

Value Heap::Builtin(absl::string_view name, BuiltinFunction function) {
  return Value::Of(New<dsl::Builtin>(name, std::move(function)));
}

absl::Status Heap::DictSet(Value dict, Value key, Value value) {
  return static_cast<dsl::Dict*>(dict.object())->Set(key, value);
}

absl::Status Heap::SetAdd(Value set, Value element) {
  return static_cast<dsl::Set*>(set.object())->Add(element);
}

absl::Status Heap::ListAppend(Value list, Value element) {
  return static_cast<dsl::List*>(list.object())->Append(element);
}

}  // namespace dsl
