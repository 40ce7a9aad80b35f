// SPDX-License-Identifier: Apache-2.0

// The methods of lists and dicts, each table sorted by name.

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/tuple.h"
#include "dsl/runtime/walk.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

List& ListOf(Value self) { return static_cast<List&>(*self.object()); }
Dict& DictOf(Value self) { return static_cast<Dict&>(*self.object()); }

Result ListAppend(Thread&, Value self, const Arguments& arguments) {
  if (!arguments.named().empty() || arguments.positional().size() != 1) {
    RETURN_IF_ERROR(arguments.CheckCount("append", 1, 1));
  }
  RETURN_IF_ERROR(ListOf(self).Append(arguments.positional()[0]));
  return Value::None();
}

Result ListClear(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("clear", 0, 0));
  RETURN_IF_ERROR(ListOf(self).Clear());
  return Value::None();
}

Result ListExtend(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("extend", 1, 1));
  const Value other = arguments.positional()[0];
  RETURN_IF_ERROR(ListOf(self).CheckMutable());
  if (other.is_list() || other.is_tuple()) {
    RETURN_IF_ERROR(ListOf(self).Extend(Elements(other)));
    return Value::None();
  }
  ASSIGN_OR_RETURN(std::vector<Value> elements, Iterate(other));
  RETURN_IF_ERROR(ListOf(self).Extend(elements));
  return Value::None();
}

Result ListIndex(Thread& thread, Value self, const Arguments& arguments) {
  Value wanted, start = Value::None(), end = Value::None();
  RETURN_IF_ERROR(arguments.Unpack(
      "index", {{"x", &wanted}, {"start?", &start}, {"end?", &end}}));
  const std::span<const Value> elements = ListOf(self).elements();
  ASSIGN_OR_RETURN(SliceBounds bounds,
                   ResolveSlice(start, end, Value::None(), elements.size()));
  Walk walk(&thread);
  for (int64_t i = bounds.start; i < bounds.start + bounds.count; ++i) {
    ASSIGN_OR_RETURN(bool equal, walk.Equal(elements[i], wanted));
    if (equal) return Value::Int(i);
  }
  return Error(absl::StrCat(Brief(wanted), " is not in the list"));
}

Result ListInsert(Thread&, Value self, const Arguments& arguments) {
  Value at, element;
  RETURN_IF_ERROR(arguments.Unpack("insert", {{"i", &at}, {"x", &element}}));
  if (!at.is_int()) {
    return Error(absl::StrCat("insert: parameter `i` wants an int, not ",
                              at.type_name()));
  }
  const auto size = static_cast<int64_t>(ListOf(self).size());
  int64_t index = ClampedInt(at);
  if (index < 0) index += size;
  index = std::clamp<int64_t>(index, 0, size);
  RETURN_IF_ERROR(ListOf(self).Insert(index, element));
  return Value::None();
}

Result ListPop(Thread&, Value self, const Arguments& arguments) {
  Value index = Value::Int(-1);
  RETURN_IF_ERROR(arguments.Unpack("pop", {{"i?", &index}}));
  RETURN_IF_ERROR(ListOf(self).CheckMutable());
  if (ListOf(self).size() == 0) return Error("pop from an empty list");
  ASSIGN_OR_RETURN(size_t at, ToIndex(index, ListOf(self).size(), "list"));
  return ListOf(self).RemoveAt(at);
}

Result ListRemove(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("remove", 1, 1));
  RETURN_IF_ERROR(ListOf(self).CheckMutable());
  const std::span<const Value> elements = ListOf(self).elements();
  Walk walk(&thread);
  for (size_t i = 0; i < elements.size(); ++i) {
    ASSIGN_OR_RETURN(bool equal,
                     walk.Equal(elements[i], arguments.positional()[0]));
    if (!equal) continue;
    RETURN_IF_ERROR(ListOf(self).RemoveAt(i).status());
    return Value::None();
  }
  return Error(
      absl::StrCat(Brief(arguments.positional()[0]), " is not in the list"));
}

Result DictClear(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("clear", 0, 0));
  RETURN_IF_ERROR(DictOf(self).Clear());
  return Value::None();
}

Result DictGet(Thread& thread, Value self, const Arguments& arguments) {
  Value key, absent = Value::None();
  const std::span<const Value> given = arguments.positional();
  if (arguments.named().empty() && (given.size() == 1 || given.size() == 2)) {
    key = given[0];
    if (given.size() == 2) absent = given[1];
  } else {
    RETURN_IF_ERROR(
        arguments.Unpack("get", {{"key", &key}, {"default?", &absent}}));
  }
  ASSIGN_OR_RETURN(Value found, DictOf(self).Get(key, &thread));
  return found ? found : absent;
}

Result DictList(Thread& thread, Value self, const Arguments& arguments,
                absl::string_view name,
                Value (*part)(Heap&, const HashTable::Entry&)) {
  RETURN_IF_ERROR(arguments.CheckCount(name, 0, 0));
  List* list = List::MakeSized(thread.heap(), DictOf(self).size());
  size_t i = 0;
  for (const HashTable::Entry& entry : DictOf(self).entries()) {
    if (entry.live()) list->data()[i++] = part(thread.heap(), entry);
  }
  return Value::Of(list);
}

Result DictItems(Thread& thread, Value self, const Arguments& arguments) {
  return DictList(thread, self, arguments, "items",
                  [](Heap& heap, const HashTable::Entry& entry) {
                    const Value pair[] = {entry.key, entry.value};
                    return heap.Tuple(pair);
                  });
}

Result DictKeys(Thread& thread, Value self, const Arguments& arguments) {
  return DictList(
      thread, self, arguments, "keys",
      [](Heap&, const HashTable::Entry& entry) { return entry.key; });
}

Result DictValues(Thread& thread, Value self, const Arguments& arguments) {
  return DictList(
      thread, self, arguments, "values",
      [](Heap&, const HashTable::Entry& entry) { return entry.value; });
}

Result DictPop(Thread& thread, Value self, const Arguments& arguments) {
  Value key, absent;
  RETURN_IF_ERROR(
      arguments.Unpack("pop", {{"key", &key}, {"default?", &absent}}));
  ASSIGN_OR_RETURN(Value removed, DictOf(self).Remove(key, &thread));
  if (removed) return removed;
  if (absent) return absent;
  return Error(absl::StrCat("key ", Brief(key), " is not in the dict"));
}

Result DictPopItem(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("popitem", 0, 0));
  RETURN_IF_ERROR(DictOf(self).CheckMutable());
  for (const HashTable::Entry& entry : DictOf(self).entries()) {
    if (!entry.live()) continue;
    const Value pair[] = {entry.key, entry.value};
    RETURN_IF_ERROR(DictOf(self).Remove(entry.key).status());
    return thread.heap().Tuple(pair);
  }
  return Error("popitem from an empty dict");
}

Result DictSetDefault(Thread& thread, Value self, const Arguments& arguments) {
  Value key, absent = Value::None();
  RETURN_IF_ERROR(
      arguments.Unpack("setdefault", {{"key", &key}, {"default?", &absent}}));
  RETURN_IF_ERROR(DictOf(self).CheckMutable());
  ASSIGN_OR_RETURN(Value found, DictOf(self).Get(key, &thread));
  if (found) return found;
  RETURN_IF_ERROR(DictOf(self).Set(key, absent, &thread));
  return absent;
}

Result DictUpdate(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(DictOf(self).CheckMutable());
  RETURN_IF_ERROR(
      Arguments(arguments.positional(), {}).CheckCount("update", 0, 1));
  if (!arguments.positional().empty() && !arguments.positional()[0].is_none()) {
    RETURN_IF_ERROR(
        UpdateDict(thread, DictOf(self), arguments.positional()[0]));
  }
  for (const auto& [name, value] : arguments.named()) {
    RETURN_IF_ERROR(DictOf(self).Set(thread.heap().String(name), value));
  }
  return Value::None();
}

constexpr MethodDef kList[] = {
    {"append", ListAppend}, {"clear", ListClear},   {"extend", ListExtend},
    {"index", ListIndex},   {"insert", ListInsert}, {"pop", ListPop},
    {"remove", ListRemove},
};

constexpr MethodDef kDict[] = {
    {"clear", DictClear},
    {"get", DictGet},
    {"items", DictItems},
    {"keys", DictKeys},
    {"pop", DictPop},
    {"popitem", DictPopItem},
    {"setdefault", DictSetDefault},
    {"update", DictUpdate},
    {"values", DictValues},
};

}  // namespace

absl::Status UpdateDict(Thread& thread, Dict& dict, Value from) {
  if (from.is_dict()) return dict.Update(DictOf(from), &thread);
  absl::StatusOr<std::vector<Value>> pairs = Iterate(from);
  if (!pairs.ok()) {
    return Error(absl::StrCat("a dict is made of a dict or of pairs, not of ",
                              from.type_name()));
  }
  for (size_t i = 0; i < pairs->size(); ++i) {
    const absl::StatusOr<std::vector<Value>> pair = Iterate((*pairs)[i]);
    if (!pair.ok() || pair->size() != 2) {
      return Error(
          absl::StrCat("a dict is made of pairs, and element ", i, " is none"));
    }
    RETURN_IF_ERROR(dict.Set((*pair)[0], (*pair)[1], &thread));
  }
  return absl::OkStatus();
}

std::span<const MethodDef> ListMethods() { return kList; }
std::span<const MethodDef> DictMethods() { return kDict; }

}  // namespace dsl
