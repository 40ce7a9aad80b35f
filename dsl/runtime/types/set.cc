// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/set.h"

#include "absl/status/status_macros.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/walk.h"

namespace dsl {

absl::Status Set::CheckMutable() const {
  if (heap_->frozen()) {
    return absl::InvalidArgumentError("cannot change a frozen set");
  }
  if (iterators_ != 0) {
    return absl::InvalidArgumentError(
        "cannot change a set while it is being iterated");
  }
  return absl::OkStatus();
}

absl::Status Set::Add(Value element, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(element, walk));
  return table_.Set(*heap_, element, hash, Value::None(), walk);
}

absl::StatusOr<bool> Set::Has(Value element, Thread* thread) const {
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(element, walk));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(element, hash, walk));
  return found != nullptr;
}

absl::StatusOr<bool> Set::Remove(Value element, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  ASSIGN_OR_RETURN(uint32_t hash, HashTable::Hash(element, walk));
  ASSIGN_OR_RETURN(HashTable::Entry * found, table_.Find(element, hash, walk));
  if (found == nullptr) return false;
  table_.Remove(*heap_, found);
  return true;
}

absl::Status Set::Clear() {
  RETURN_IF_ERROR(CheckMutable());
  table_.Clear();
  return absl::OkStatus();
}

absl::Status Set::Combine(BinaryOp op, const Set& other, Thread* thread) {
  RETURN_IF_ERROR(CheckMutable());
  Walk walk(thread);
  if (op == BinaryOp::kAnd) {
    for (size_t i = 0; i < entries().size(); ++i) {
      const HashTable::Entry entry = entries()[i];
      if (!entry.live()) continue;
      ASSIGN_OR_RETURN(HashTable::Entry * found,
                       other.table_.Find(entry.key, entry.hash, walk));
      if (found == nullptr) {
        RETURN_IF_ERROR(Remove(entry.key, thread).status());
      }
    }
    return absl::OkStatus();
  }
  if (op != BinaryOp::kOr && &other == this) return Clear();
  for (const HashTable::Entry& entry : other.entries()) {
    if (!entry.live()) continue;
    ASSIGN_OR_RETURN(HashTable::Entry * found,
                     table_.Find(entry.key, entry.hash, walk));
    if (op != BinaryOp::kOr && found != nullptr) {
      table_.Remove(*heap_, found);
    } else if (op != BinaryOp::kSub && found == nullptr) {
      RETURN_IF_ERROR(
          table_.Set(*heap_, entry.key, entry.hash, Value::None(), walk));
    }
  }
  return absl::OkStatus();
}

void Set::PrintOn(Printer& printer) const {
  if (size() == 0) return printer.Text("set()");
  if (!printer.Enter(this)) return;
  printer.Text("set([");
  bool first = true;
  for (const HashTable::Entry& entry : entries()) {
    if (!entry.live()) continue;
    if (!first) printer.Text(", ");
    first = false;
    printer.Print(entry.key);
  }
  printer.Text("])");
  printer.Leave();
}

absl::StatusOr<bool> Set::EqualsObject(const Object& other, Walk& walk) const {
  const auto& right = static_cast<const Set&>(other);
  if (size() != right.size()) return false;
  RETURN_IF_ERROR(walk.Spend(size()));
  for (const HashTable::Entry& entry : entries()) {
    if (!entry.live()) continue;
    ASSIGN_OR_RETURN(HashTable::Entry * found,
                     right.table_.Find(entry.key, entry.hash, walk));
    if (found == nullptr) return false;
  }
  return true;
}

absl::StatusOr<Value> Set::BinaryWith(Thread& thread, BinaryOp op, Value other,
                                      bool self_is_left) const {
  const bool known = op == BinaryOp::kOr || op == BinaryOp::kAnd ||
                     op == BinaryOp::kSub || op == BinaryOp::kXor;
  if (!known || !other.is_set() || !self_is_left) return Value();
  Set* result = thread.heap().New<Set>(thread.heap());
  RETURN_IF_ERROR(result->Combine(BinaryOp::kOr, *this, &thread));
  RETURN_IF_ERROR(
      result->Combine(op, static_cast<const Set&>(*other.object()), &thread));
  return Value::Of(result);
}

absl::StatusOr<Set*> MakeSet(Thread& thread, Value iterable) {
  Set* set = thread.heap().New<Set>(thread.heap());
  if (!iterable) return set;
  ASSIGN_OR_RETURN(std::vector<Value> elements, Iterate(iterable));
  for (const Value element : elements)
    RETURN_IF_ERROR(set->Add(element, &thread));
  return set;
}

}  // namespace dsl
