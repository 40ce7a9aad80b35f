// SPDX-License-Identifier: Apache-2.0

// `x[i]`, `x[i:j:k]` and `x.name`.

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/tuple.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

// A bound of a slice; absent ones are None.
absl::StatusOr<int64_t> Bound(Value bound, int64_t absent, int64_t size,
                              bool forward) {
  if (bound.is_none()) return absent;
  if (!bound.is_int()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a slice wants ints, not ", bound.type_name()));
  }
  int64_t index = ClampedInt(bound);
  if (index < 0) index += size;
  return forward ? std::clamp<int64_t>(index, 0, size)
                 : std::clamp<int64_t>(index, -1, size - 1);
}

template <class T>
Value SliceElements(Heap& heap, std::span<const Value> elements,
                    const SliceBounds& bounds) {
  T* result = T::MakeSized(heap, bounds.count);
  for (int64_t i = 0; i < bounds.count; ++i) {
    result->data()[i] = elements[bounds.start + i * bounds.step];
  }
  return Value::Of(result);
}

Value SliceString(Heap& heap, absl::string_view text,
                  const SliceBounds& bounds) {
  if (bounds.step == 1) {
    return heap.String(text.substr(bounds.start, bounds.count));
  }
  String* result = String::MakeUninitialized(heap, bounds.count);
  for (int64_t i = 0; i < bounds.count; ++i) {
    result->data()[i] = text[bounds.start + i * bounds.step];
  }
  return Value::Of(result);
}

}  // namespace

int64_t ClampedInt(Value value) {
  constexpr int64_t kFar = int64_t{1} << 62;
  const std::optional<int64_t> exact = value.as_int64();
  if (exact) return std::clamp(*exact, -kFar, kFar);
  return ToInteger(value).negative() ? -kFar : kFar;
}

absl::StatusOr<size_t> ToIndex(Value key, size_t size, absl::string_view type) {
  if (!key.is_int()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "an index of a ", type, " is an int, not a ", key.type_name()));
  }
  const std::optional<int64_t> index = key.as_int64();
  const auto length = static_cast<int64_t>(size);
  if (!index || *index >= length || *index < -length) {
    return absl::InvalidArgumentError(
        absl::StrCat("index ", Brief(key), " is out of range: the ", type,
                     " has ", size, size == 1 ? " element" : " elements"));
  }
  return static_cast<size_t>(*index < 0 ? *index + length : *index);
}

absl::StatusOr<SliceBounds> ResolveSlice(Value start, Value stop, Value step,
                                         int64_t size) {
  SliceBounds bounds;
  if (step.is_none() && start.is_none() && stop.is_none()) {
    bounds.stop = bounds.count = size;
    return bounds;
  }
  if (!step.is_none()) {
    if (!step.is_int()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the step of a slice is an int, not ", step.type_name()));
    }
    bounds.step = ClampedInt(step);
    if (bounds.step == 0) {
      return absl::InvalidArgumentError("the step of a slice is zero");
    }
  }
  const bool forward = bounds.step > 0;
  ASSIGN_OR_RETURN(bounds.start,
                   Bound(start, forward ? 0 : size - 1, size, forward));
  ASSIGN_OR_RETURN(bounds.stop,
                   Bound(stop, forward ? size : -1, size, forward));
  // A step beyond the size selects the first element only.
  bounds.step = std::clamp<int64_t>(bounds.step, -size - 1, size + 1);
  const int64_t distance =
      forward ? bounds.stop - bounds.start : bounds.start - bounds.stop;
  const int64_t stride = forward ? bounds.step : -bounds.step;
  bounds.count = distance <= 0 ? 0 : (distance - 1) / stride + 1;
  return bounds;
}

absl::StatusOr<Value> Slice(Thread& thread, Value object, Value start,
                            Value stop, Value step) {
  Heap& heap = thread.heap();
  const bool sliceable = object.is_string() || object.is_list() ||
                         object.is_tuple() || object.is(Kind::kRange);
  if (!sliceable) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a value of type ", object.type_name(), " cannot be sliced"));
  }
  ASSIGN_OR_RETURN(int64_t size, Length(object));
  ASSIGN_OR_RETURN(SliceBounds bounds, ResolveSlice(start, stop, step, size));
  if (object.is_string()) return SliceString(heap, object.as_string(), bounds);
  if (object.is_list()) {
    return SliceElements<List>(heap, Elements(object), bounds);
  }
  if (object.is_tuple()) {
    return SliceElements<Tuple>(heap, Elements(object), bounds);
  }
  const auto& range = static_cast<const Range&>(*object.object());
  return Value::Of(heap.New<Range>(range.at(bounds.start),
                                   range.at(bounds.stop),
                                   range.step() * bounds.step));
}

absl::StatusOr<Value> Index(Thread& thread, Value object, Value key) {
  if (object.is_object()) return object.object()->IndexOf(thread, key);
  return absl::InvalidArgumentError(absl::StrCat(
      "a value of type ", object.type_name(), " has no elements `[…]`"));
}

absl::Status SetIndex(Thread& thread, Value object, Value key, Value value) {
  if (object.is_dict()) {
    return static_cast<Dict*>(object.object())->Set(key, value, &thread);
  }
  if (object.is_list()) {
    auto* list = static_cast<List*>(object.object());
    ASSIGN_OR_RETURN(size_t index, ToIndex(key, list->size(), "list"));
    return list->Set(index, value);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "elements of a ", object.type_name(), " cannot be assigned"));
}

absl::StatusOr<Value> FindAttr(Thread& thread, Value object,
                               absl::string_view name) {
  if (!object.is_object()) return Value();
  const MethodDef* method = FindMethod(object.object()->kind(), name);
  if (method != nullptr) {
    return Value::Of(thread.heap().New<BoundMethod>(object, method));
  }
  return object.object()->AttrOf(thread, name);
}

absl::StatusOr<Value> Attr(Thread& thread, Value object,
                           absl::string_view name) {
  ASSIGN_OR_RETURN(Value value, FindAttr(thread, object, name));
  if (value) return value;
  return NoSuchAttr(object, name);
}

absl::Status NoSuchAttr(Value object, absl::string_view name) {
  const std::vector<std::string> known = AttrNames(object);
  const absl::string_view nearest = NearestName(name, known);
  std::string message = absl::StrCat("a value of type ", object.type_name(),
                                     " has no attribute `", name, "`");
  if (!nearest.empty()) {
    absl::StrAppend(&message, ", did you mean `", nearest, "`?");
  }
  return absl::InvalidArgumentError(message);
}

std::vector<std::string> AttrNames(Value object) {
  if (!object.is_object()) return {};
  std::vector<std::string> names = object.object()->AttrNamesOf();
  for (const MethodDef& method : MethodsOf(object.object()->kind())) {
    names.emplace_back(method.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace dsl
