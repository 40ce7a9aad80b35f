// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/dict.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/walk.h"

namespace dsl {

absl::Status Dict::CheckMutable() const {
  if (heap_->frozen()) {
    return absl::InvalidArgumentError("cannot change a frozen dict");
  }
  if (iterators_ != 0) {
    return absl::InvalidArgumentError(
        "cannot change a dict while it is being iterated");
  }
  return absl::OkStatus();
}

absl::Status Dict::Set(Value key, Value value, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key, walk));
  return table_.Set(*heap_, key, hash, value, walk);
}

absl::StatusOr<Value> Dict::Get(Value key, Thread* thread) const {
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key, walk));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(key, hash, walk));
  return found == nullptr ? Value() : found->value;
}

absl::StatusOr<Value> Dict::Remove(Value key, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key, walk));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(key, hash, walk));
  if (found == nullptr) return Value();
  const Value value = found->value;
  table_.Remove(*heap_, found);
  return value;
}

absl::Status Dict::Clear() {
  RETURN_IF_ERROR(CheckMutable());
  table_.Clear();
  return absl::OkStatus();
}

absl::Status Dict::Update(const Dict& other, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  for (size_t i = 0; i < other.entries().size(); ++i) {
    const HashTable::Entry entry = other.entries()[i];
    if (!entry.live()) continue;
    RETURN_IF_ERROR(
        table_.Set(*heap_, entry.key, entry.hash, entry.value, walk));
  }
  return absl::OkStatus();
}

void Dict::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, "{...}")) return;
  printer.Text("{");
  bool first = true;
  for (const HashTable::Entry& entry : entries()) {
    if (!entry.live()) continue;
    if (!first) printer.Text(", ");
    first = false;
    printer.Print(entry.key);
    printer.Text(": ");
    printer.Print(entry.value);
  }
  printer.Text("}");
  printer.Leave();
}

absl::StatusOr<bool> Dict::EqualsObject(const Object& other, Walk& walk) const {
  const auto& right = static_cast<const Dict&>(other);
  if (size() != right.size()) return false;
  RETURN_IF_ERROR(walk.Spend(size()));
  for (const HashTable::Entry& entry : entries()) {
    if (!entry.live()) continue;
    ASSIGN_OR_RETURN(HashTable::Entry * found,
                     right.table_.Find(entry.key, entry.hash, walk));
    if (found == nullptr) return false;
    ASSIGN_OR_RETURN(bool equal, walk.Equal(entry.value, found->value));
    if (!equal) return false;
  }
  return true;
}

absl::StatusOr<Value> Dict::IndexOf(Thread& thread, Value key) const {
  ASSIGN_OR_RETURN(Value value, Get(key, &thread));
  if (value) return value;
  return absl::InvalidArgumentError(
      absl::StrCat("key ", Brief(key), " is not in the dict"));
}

absl::StatusOr<bool> Dict::ContainsValue(Thread& thread, Value element) const {
  ASSIGN_OR_RETURN(Value value, Get(element, &thread));
  return static_cast<bool>(value);
}

absl::StatusOr<Value> Dict::BinaryWith(Thread& thread, BinaryOp op, Value other,
                                       bool self_is_left) const {
  if (op != BinaryOp::kOr || !other.is_dict() || !self_is_left) return Value();
  Dict* merged = thread.heap().New<Dict>(thread.heap());
  RETURN_IF_ERROR(merged->Update(*this, &thread));
  RETURN_IF_ERROR(
      merged->Update(static_cast<const Dict&>(*other.object()), &thread));
  return Value::Of(merged);
}

}  // namespace dsl
