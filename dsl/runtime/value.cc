// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/value.h"

#include "absl/strings/str_cat.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/set.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/struct.h"
#include "dsl/runtime/types/tuple.h"
#include "dsl/runtime/walk.h"

namespace dsl {
namespace {

std::vector<Value> Keys(std::span<const HashTable::Entry> entries) {
  std::vector<Value> keys;
  for (const HashTable::Entry& entry : entries) {
    if (entry.live()) keys.push_back(entry.key);
  }
  return keys;
}

}  // namespace

bool Value::is_callable() const {
  return is_object() && object()->IsCallable();
}

absl::string_view Value::type_name() const {
  if (is_object()) return object()->type_name();
  if (is_small_int()) return "int";
  return is_none() ? "NoneType" : "bool";
}

std::optional<int64_t> Value::as_int64() const {
  if (is_small_int()) return small_int();
  if (!is(Kind::kBigInt)) return std::nullopt;
  return static_cast<BigInt*>(object())->value().ToInt64();
}

double Value::as_float() const {
  return static_cast<Float*>(object())->value();
}

absl::StatusOr<bool> Equal(Value a, Value b, Thread* thread) {
  return Walk(thread).Equal(a, b);
}

absl::StatusOr<int> Compare(Value a, Value b, Thread* thread) {
  return Walk(thread).Compare(a, b);
}

absl::StatusOr<uint64_t> HashOf(Value value, Thread* thread) {
  return Walk(thread).Hash(value);
}

std::span<const Value> Elements(Value value) {
  if (value.is_tuple()) return static_cast<Tuple*>(value.object())->elements();
  return static_cast<List*>(value.object())->elements();
}

size_t DictSize(Value dict) {
  return static_cast<Dict*>(dict.object())->size();
}

std::optional<Value> DictFind(Value dict, Value key) {
  const absl::StatusOr<Value> found =
      static_cast<Dict*>(dict.object())->Get(key);
  if (!found.ok() || !*found) return std::nullopt;
  return *found;
}

std::optional<Value> DictFind(Value dict, absl::string_view key) {
  const HashTable::Entry* entry =
      static_cast<Dict*>(dict.object())->table().FindText(key);
  if (entry == nullptr) return std::nullopt;
  return entry->value;
}

std::vector<std::pair<Value, Value>> DictItems(Value dict) {
  std::vector<std::pair<Value, Value>> items;
  for (const HashTable::Entry& entry :
       static_cast<Dict*>(dict.object())->entries()) {
    if (entry.live()) items.emplace_back(entry.key, entry.value);
  }
  return items;
}

std::vector<Value> SetElements(Value set) {
  return Keys(static_cast<Set*>(set.object())->entries());
}

std::optional<Value> StructField(Value value, absl::string_view name) {
  const Value found = static_cast<Struct*>(value.object())->Find(name);
  if (!found) return std::nullopt;
  return found;
}

std::vector<std::pair<absl::string_view, Value>> StructFields(Value value) {
  std::vector<std::pair<absl::string_view, Value>> fields;
  for (const Struct::Field& field :
       static_cast<Struct*>(value.object())->fields()) {
    fields.emplace_back(field.name, field.value);
  }
  return fields;
}

absl::StatusOr<std::vector<Value>> Iterate(Value value) {
  if (value.is_list() || value.is_tuple()) {
    const std::span<const Value> elements = Elements(value);
    return std::vector<Value>(elements.begin(), elements.end());
  }
  if (value.is_dict()) {
    return Keys(static_cast<Dict*>(value.object())->entries());
  }
  if (value.is_set()) return SetElements(value);
  if (value.is(Kind::kRange)) {
    const auto& range = static_cast<const Range&>(*value.object());
    if (range.size() > static_cast<int64_t>(kMaxElements)) {
      return absl::InvalidArgumentError("range is too long");
    }
    std::vector<Value> elements;
    elements.reserve(range.size());
    for (int64_t i = 0; i < range.size(); ++i) {
      elements.push_back(Value::Int(range.at(i)));
    }
    return elements;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("a value of type ", value.type_name(), " is not iterable"));
}

}  // namespace dsl
