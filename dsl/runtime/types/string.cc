// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/string.h"

#include <algorithm>
#include <cstring>

#include "absl/hash/hash.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/short_text.h"

namespace dsl {

String* String::MakeUninitialized(Heap& heap, size_t size) {
  return new (heap.Allocate(sizeof(String) + size)) String(size);
}

String* String::Make(Heap& heap, absl::string_view text) {
  String* string = MakeUninitialized(heap, text.size());
  CopyText(text, string->data());
  return string;
}

uint32_t String::HashText(absl::string_view text) {
  const uint64_t hash = absl::HashOf(text);
  const auto folded = static_cast<uint32_t>(hash ^ (hash >> 32));
  return folded != 0 ? folded : 1;
}

uint32_t String::ComputeHash() const {
  const uint32_t hash = HashText(text());
  hash_.store(hash, std::memory_order_relaxed);
  return hash;
}

void String::PrintOn(Printer& printer) const { printer.Quoted(text()); }

absl::StatusOr<bool> String::EqualsObject(const Object& other, Walk&) const {
  return text() == static_cast<const String&>(other).text();
}

absl::StatusOr<int> String::CompareObject(const Object& other, Walk&) const {
  return text().compare(static_cast<const String&>(other).text());
}

absl::StatusOr<uint64_t> String::HashObject(Walk&) const { return hash(); }

absl::StatusOr<Value> String::IndexOf(Thread& thread, Value key) const {
  ASSIGN_OR_RETURN(size_t index, ToIndex(key, size_, "string"));
  return thread.heap().String(text().substr(index, 1));
}

absl::StatusOr<bool> String::ContainsValue(Thread&, Value element) const {
  if (!element.is_string()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`in` a string wants a string, not ", element.type_name()));
  }
  return absl::StrContains(text(), element.as_string());
}

absl::StatusOr<Value> Concatenate(Heap& heap, absl::string_view left,
                                  absl::string_view right) {
  const size_t size = left.size() + right.size();
  if (size > String::kMaxSize) {
    return absl::InvalidArgumentError("string is too long");
  }
  String* result = String::MakeUninitialized(heap, size);
  CopyText(right, CopyText(left, result->data()));
  return Value::Of(result);
}

absl::StatusOr<Value> String::BinaryWith(Thread& thread, BinaryOp op,
                                         Value other, bool self_is_left) const {
  if (op == BinaryOp::kAdd && other.is_string()) {
    return Concatenate(thread.heap(), text(), other.as_string());
  }
  if (op == BinaryOp::kMod && self_is_left) {
    return FormatPercent(thread, text(), other);
  }
  if (op != BinaryOp::kMul || !other.is_int()) return Value();
  ASSIGN_OR_RETURN(size_t count, RepeatCount(other, size_, kMaxSize));
  String* result = MakeUninitialized(thread.heap(), count * size_);
  for (size_t i = 0; i < count; ++i) {
    memcpy(result->data() + i * size_, data(), size_);
  }
  return Value::Of(result);
}

}  // namespace dsl
