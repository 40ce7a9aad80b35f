// SPDX-License-Identifier: Apache-2.0

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/set.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

Set& SetOf(Value self) { return static_cast<Set&>(*self.object()); }

Result Add(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("add", 1, 1));
  RETURN_IF_ERROR(SetOf(self).Add(arguments.positional()[0], &thread));
  return Value::None();
}

Result Clear(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("clear", 0, 0));
  RETURN_IF_ERROR(SetOf(self).Clear());
  return Value::None();
}

Result Discard(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("discard", 1, 1));
  RETURN_IF_ERROR(
      SetOf(self).Remove(arguments.positional()[0], &thread).status());
  return Value::None();
}

Result Remove(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("remove", 1, 1));
  const Value element = arguments.positional()[0];
  ASSIGN_OR_RETURN(bool removed, SetOf(self).Remove(element, &thread));
  if (removed) return Value::None();
  return absl::InvalidArgumentError(
      absl::StrCat(Brief(element), " is not in the set"));
}

Result Pop(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("pop", 0, 0));
  RETURN_IF_ERROR(SetOf(self).CheckMutable());
  for (const HashTable::Entry& entry : SetOf(self).entries()) {
    if (!entry.live()) continue;
    const Value element = entry.key;
    RETURN_IF_ERROR(SetOf(self).Remove(element).status());
    return element;
  }
  return absl::InvalidArgumentError("pop from an empty set");
}

absl::Status CombineAll(Thread& thread, Set& set, BinaryOp op,
                        const Arguments& arguments, absl::string_view name,
                        size_t least, size_t most) {
  RETURN_IF_ERROR(arguments.CheckCount(name, least, most));
  RETURN_IF_ERROR(set.CheckMutable());
  for (const Value other : arguments.positional()) {
    ASSIGN_OR_RETURN(Set * elements, MakeSet(thread, other));
    RETURN_IF_ERROR(set.Combine(op, *elements, &thread));
  }
  return absl::OkStatus();
}

// A new set, and the change of this one, for each of the four combinations.
template <BinaryOp op>
Result Combined(Thread& thread, Value self, const Arguments& arguments) {
  ASSIGN_OR_RETURN(Set * result, MakeSet(thread, self));
  constexpr bool kXor = op == BinaryOp::kXor;
  RETURN_IF_ERROR(CombineAll(thread, *result, op, arguments,
                             kXor ? "symmetric_difference" : "this method",
                             kXor ? 1 : 0, kXor ? 1 : SIZE_MAX));
  return Value::Of(result);
}

template <BinaryOp op>
Result Update(Thread& thread, Value self, const Arguments& arguments) {
  constexpr bool kXor = op == BinaryOp::kXor;
  RETURN_IF_ERROR(
      CombineAll(thread, SetOf(self), op, arguments,
                 kXor ? "symmetric_difference_update" : "this method",
                 kXor ? 1 : 0, kXor ? 1 : SIZE_MAX));
  return Value::None();
}

absl::StatusOr<bool> IsSubset(Thread& thread, const Set& a, const Set& b) {
  for (const HashTable::Entry& entry : a.entries()) {
    if (!entry.live()) continue;
    ASSIGN_OR_RETURN(bool has, b.Has(entry.key, &thread));
    if (!has) return false;
  }
  return true;
}

Result IsDisjoint(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("isdisjoint", 1, 1));
  ASSIGN_OR_RETURN(Set * other, MakeSet(thread, arguments.positional()[0]));
  RETURN_IF_ERROR(other->Combine(BinaryOp::kAnd, SetOf(self), &thread));
  return Value::Bool(other->size() == 0);
}

Result IsSubsetOf(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("issubset", 1, 1));
  ASSIGN_OR_RETURN(Set * other, MakeSet(thread, arguments.positional()[0]));
  ASSIGN_OR_RETURN(bool subset, IsSubset(thread, SetOf(self), *other));
  return Value::Bool(subset);
}

Result IsSupersetOf(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("issuperset", 1, 1));
  ASSIGN_OR_RETURN(Set * other, MakeSet(thread, arguments.positional()[0]));
  ASSIGN_OR_RETURN(bool subset, IsSubset(thread, *other, SetOf(self)));
  return Value::Bool(subset);
}

constexpr MethodDef kSet[] = {
    {"add", Add},
    {"clear", Clear},
    {"difference", Combined<BinaryOp::kSub>},
    {"difference_update", Update<BinaryOp::kSub>},
    {"discard", Discard},
    {"intersection", Combined<BinaryOp::kAnd>},
    {"intersection_update", Update<BinaryOp::kAnd>},
    {"isdisjoint", IsDisjoint},
    {"issubset", IsSubsetOf},
    {"issuperset", IsSupersetOf},
    {"pop", Pop},
    {"remove", Remove},
    {"symmetric_difference", Combined<BinaryOp::kXor>},
    {"symmetric_difference_update", Update<BinaryOp::kXor>},
    {"union", Combined<BinaryOp::kOr>},
    {"update", Update<BinaryOp::kOr>},
};

}  // namespace

std::span<const MethodDef> SetMethods() { return kSet; }

}  // namespace dsl
