// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/dict.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"

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

absl::Status Dict::Set(Value key, Value value) {
  RETURN_IF_ERROR(CheckMutable());
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key));
  return table_.Set(*heap_, key, hash, value);
}

absl::StatusOr<Value> Dict::Get(Value key) const {
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(key, hash));
  return found == nullptr ? Value() : found->value;
}

absl::StatusOr<Value> Dict::Remove(Value key) {
  RETURN_IF_ERROR(CheckMutable());
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(key));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(key, hash));
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

absl::Status Dict::Update(const Dict& other) {
  RETURN_IF_ERROR(CheckMutable());
  for (size_t i = 0; i < other.entries().size(); ++i) {
    const HashTable::Entry entry = other.entries()[i];
    if (!entry.live()) continue;
    RETURN_IF_ERROR(table_.Set(*heap_, entry.key, entry.hash, entry.value));
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

absl::StatusOr<bool> Dict::EqualsObject(const Object& other, int depth) const {
  const auto& right = static_cast<const Dict&>(other);
  if (size() != right.size()) return false;
  for (const HashTable::Entry& entry : entries()) {
    if (!entry.live()) continue;
    ASSIGN_OR_RETURN(HashTable::Entry * found,
                     right.table_.Find(entry.key, entry.hash));
    if (found == nullptr) return false;
    ASSIGN_OR_RETURN(bool equal, EqualAt(entry.value, found->value, depth + 1));
    if (!equal) return false;
  }
  return true;
}

absl::StatusOr<Value> Dict::IndexOf(Thread&, Value key) const {
  ASSIGN_OR_RETURN(Value value, Get(key));
  if (value) return value;
  return absl::InvalidArgumentError(
      absl::StrCat("key ", Repr(key), " is not in the dict"));
}

absl::StatusOr<bool> Dict::ContainsValue(Thread&, Value element) const {
  ASSIGN_OR_RETURN(Value value, Get(element));
  return static_cast<bool>(value);
}

absl::StatusOr<Value> Dict::BinaryWith(Thread& thread, BinaryOp op, Value other,
                                       bool self_is_left) const {
  if (op != BinaryOp::kOr || !other.is_dict() || !self_is_left) return Value();
  Dict* merged = thread.heap().New<Dict>(thread.heap());
  RETURN_IF_ERROR(merged->Update(*this));
  RETURN_IF_ERROR(merged->Update(static_cast<const Dict&>(*other.object())));
  return Value::Of(merged);
}

}  // namespace dsl
