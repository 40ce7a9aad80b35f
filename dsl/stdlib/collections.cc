// SPDX-License-Identifier: Apache-2.0

// all any dict enumerate len list max min range reversed set sorted tuple zip
// abs

#include <algorithm>
#include <cmath>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/iteration.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/set.h"
#include "dsl/stdlib/library.h"
#include "dsl/stdlib/sorting.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;
using Values = std::vector<Value>;

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

Result Abs(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("abs", 1, 1));
  const Value value = arguments.positional()[0];
  if (!value.is_int() && !value.is_float()) {
    return Error(absl::StrCat("abs: wants a number, not ", value.type_name()));
  }
  if (value.is_float()) return thread.heap().Float(std::fabs(value.as_float()));
  ASSIGN_OR_RETURN(int order, Compare(value, Value::Int(0)));
  return order < 0 ? Unary(thread, UnaryOp::kMinus, value) : value;
}

template <bool any>
Result AnyOrAll(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount(any ? "any" : "all", 1, 1));
  ASSIGN_OR_RETURN(Values elements, Iterate(arguments.positional()[0]));
  for (const Value element : elements) {
    if (element.truth() == any) return Value::Bool(any);
  }
  return Value::Bool(!any);
}

Result DictOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(
      Arguments(arguments.positional(), {}).CheckCount("dict", 0, 1));
  Dict* dict = thread.heap().New<Dict>(thread.heap());
  if (!arguments.positional().empty()) {
    RETURN_IF_ERROR(UpdateDict(thread, *dict, arguments.positional()[0]));
  }
  for (const auto& [name, value] : arguments.named()) {
    RETURN_IF_ERROR(dict->Set(thread.heap().String(name), value));
  }
  return Value::Of(dict);
}

Result Enumerate(Thread& thread, const Arguments& arguments) {
  Value iterable;
  int64_t start = 0;
  RETURN_IF_ERROR(
      arguments.Unpack("enumerate", {{"list", &iterable}, {"start?", &start}}));
  ASSIGN_OR_RETURN(Values elements, Iterate(iterable));
  for (size_t i = 0; i < elements.size(); ++i) {
    const Value pair[] = {thread.heap().Int(start + static_cast<int64_t>(i)),
                          elements[i]};
    elements[i] = thread.heap().Tuple(pair);
  }
  return thread.heap().List(elements);
}

Result Len(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("len", 1, 1));
  ASSIGN_OR_RETURN(int64_t length, Length(arguments.positional()[0]));
  return Value::Int(length);
}

Result ListOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("list", 0, 1));
  if (arguments.positional().empty()) return thread.heap().List({});
  ASSIGN_OR_RETURN(Values elements, Iterate(arguments.positional()[0]));
  return thread.heap().List(elements);
}

Result TupleOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("tuple", 0, 1));
  if (arguments.positional().empty()) return thread.heap().Tuple({});
  if (arguments.positional()[0].is_tuple()) return arguments.positional()[0];
  ASSIGN_OR_RETURN(Values elements, Iterate(arguments.positional()[0]));
  return thread.heap().Tuple(elements);
}

Result SetOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("set", 0, 1));
  const bool empty = arguments.positional().empty();
  ASSIGN_OR_RETURN(
      Set * set, MakeSet(thread, empty ? Value() : arguments.positional()[0]));
  return Value::Of(set);
}

// What values are ordered by: themselves, or what `key` makes of them.
Result KeyOf(Thread& thread, Value key, Value value) {
  if (!key || key.is_none()) return value;
  return Call(thread, key, std::span<const Value>(&value, 1));
}

template <bool largest>
Result Extreme(Thread& thread, const Arguments& arguments) {
  const absl::string_view name = largest ? "max" : "min";
  Value key;
  RETURN_IF_ERROR(
      Arguments({}, arguments.named()).Unpack(name, {"*", {"key?", &key}}));
  if (arguments.positional().empty()) {
    return Error(absl::StrCat(name, ": wants at least 1 argument, got 0"));
  }
  Values iterated;
  std::span<const Value> elements = arguments.positional();
  const Value whole = elements.size() == 1 ? elements[0] : Value();
  if (whole && (whole.is_list() || whole.is_tuple())) {
    elements = Elements(whole);
  } else if (whole) {
    ASSIGN_OR_RETURN(iterated, Iterate(whole));
    elements = iterated;
  }
  const ValueLock lock(whole);  // `key` may try to change it
  if (elements.empty()) return Error(absl::StrCat(name, ": nothing in it"));
  Value best = elements[0];
  ASSIGN_OR_RETURN(Value best_key, KeyOf(thread, key, best));
  for (size_t i = 1; i < elements.size(); ++i) {
    ASSIGN_OR_RETURN(Value its_key, KeyOf(thread, key, elements[i]));
    ASSIGN_OR_RETURN(int order, Compare(its_key, best_key, &thread));
    if (largest ? order > 0 : order < 0) {
      best = elements[i];
      best_key = its_key;
    }
  }
  return best;
}

Result RangeOf(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("range", 1, 3));
  int64_t bounds[3] = {0, 0, 1};
  for (size_t i = 0; i < arguments.positional().size(); ++i) {
    const Value value = arguments.positional()[i];
    const std::optional<int64_t> bound = value.as_int64();
    if (!value.is_int()) {
      return Error(absl::StrCat("range: wants ints, not ", value.type_name()));
    }
    if (!bound || *bound > INT32_MAX || *bound < INT32_MIN) {
      return Error("range: the bounds go beyond 32 bits");
    }
    bounds[i] = *bound;
  }
  if (arguments.positional().size() == 1) std::swap(bounds[0], bounds[1]);
  if (bounds[2] == 0) return Error("range: the step is zero");
  return Value::Of(thread.heap().New<Range>(bounds[0], bounds[1], bounds[2]));
}

Result Reversed(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("reversed", 1, 1));
  ASSIGN_OR_RETURN(Values elements, Iterate(arguments.positional()[0]));
  std::reverse(elements.begin(), elements.end());
  return thread.heap().List(elements);
}

Result Sorted(Thread& thread, const Arguments& arguments) {
  Value iterable, key;
  bool reverse = false;
  RETURN_IF_ERROR(arguments.Unpack(
      "sorted",
      {{"iterable", &iterable}, "*", {"key?", &key}, {"reverse?", &reverse}}));
  ASSIGN_OR_RETURN(Values elements, Iterate(iterable));
  std::vector<Keyed> keyed;
  keyed.reserve(elements.size());
  for (const Value element : elements) {
    ASSIGN_OR_RETURN(Value its_key, KeyOf(thread, key, element));
    keyed.push_back({its_key, element});
  }
  RETURN_IF_ERROR(SortByKey(thread, keyed, reverse));
  for (size_t i = 0; i < keyed.size(); ++i) elements[i] = keyed[i].element;
  return thread.heap().List(elements);
}

Result Zip(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("zip", 0, SIZE_MAX));
  std::vector<Values> columns;
  size_t rows = arguments.positional().empty() ? 0 : SIZE_MAX;
  for (const Value iterable : arguments.positional()) {
    ASSIGN_OR_RETURN(Values column, Iterate(iterable));
    rows = std::min(rows, column.size());
    columns.push_back(std::move(column));
  }
  Values zipped, row(columns.size());
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns.size(); ++j) row[j] = columns[j][i];
    zipped.push_back(thread.heap().Tuple(row));
  }
  return thread.heap().List(zipped);
}

}  // namespace

void AddCollections(Environment::Builder& builder) {
  builder.SetBuiltin("abs", Abs);
  builder.SetBuiltin("all", AnyOrAll<false>);
  builder.SetBuiltin("any", AnyOrAll<true>);
  builder.SetBuiltin("dict", DictOf);
  builder.SetBuiltin("enumerate", Enumerate);
  builder.SetBuiltin("len", Len);
  builder.SetBuiltin("list", ListOf);
  builder.SetBuiltin("max", Extreme<true>);
  builder.SetBuiltin("min", Extreme<false>);
  builder.SetBuiltin("range", RangeOf);
  builder.SetBuiltin("reversed", Reversed);
  builder.SetBuiltin("set", SetOf);
  builder.SetBuiltin("sorted", Sorted);
  builder.SetBuiltin("tuple", TupleOf);
  builder.SetBuiltin("zip", Zip);
}

}  // namespace dsl
