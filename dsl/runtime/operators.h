// SPDX-License-Identifier: Apache-2.0

// The operations of the language on any values, as the evaluator and the
// builtins share them. Errors are plain messages.

#ifndef GRAPH_DSL_RUNTIME_OPERATORS_H_
#define GRAPH_DSL_RUNTIME_OPERATORS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace dsl {

absl::StatusOr<Value> Binary(Thread& thread, BinaryOp op, Value a, Value b);
// `a op= b`: lists, sets and dicts change in place under `+=`, `|=` and so on.
absl::StatusOr<Value> InPlaceBinary(Thread& thread, BinaryOp op, Value a,
                                    Value b);
absl::StatusOr<Value> Unary(Thread& thread, UnaryOp op, Value operand);
absl::StatusOr<bool> Contains(Thread& thread, Value container, Value element);

absl::StatusOr<Value> Index(Thread& thread, Value object, Value key);
absl::Status SetIndex(Thread& thread, Value object, Value key, Value value);
// Absent bounds are None.
absl::StatusOr<Value> Slice(Thread& thread, Value object, Value start,
                            Value stop, Value step);
absl::StatusOr<int64_t> Length(Value value);

// The attribute; fails with the nearest name if there is none.
absl::StatusOr<Value> Attr(Thread& thread, Value object,
                           absl::string_view name);
// The attribute, or the value-less Value().
absl::StatusOr<Value> FindAttr(Thread& thread, Value object,
                               absl::string_view name);
std::vector<std::string> AttrNames(Value object);
absl::Status NoSuchAttr(Value object, absl::string_view name);

// Repr and Str for a program: what they visit and write counts as steps of the
// thread. Fail where those end, or where it would be no string.
absl::StatusOr<std::string> Repr(Thread& thread, Value value);
absl::StatusOr<std::string> Str(Thread& thread, Value value);
absl::Status AppendText(Thread& thread, Value value, bool repr,
                        std::string* out);

// An index of a sequence; negative ones count from the end. Fails out of range.
absl::StatusOr<size_t> ToIndex(Value key, size_t size, absl::string_view type);
// An int, or what lies beyond every end in its direction. REQUIRES: an int.
int64_t ClampedInt(Value value);
// How often `sequence * count` repeats; fails if it were longer than `most`.
absl::StatusOr<size_t> RepeatCount(Value count, size_t size, size_t most);

// The bounds of a slice of a sequence, clamped.
struct SliceBounds {
  int64_t start = 0;
  int64_t stop = 0;
  int64_t step = 1;
  int64_t count = 0;
};
absl::StatusOr<SliceBounds> ResolveSlice(Value start, Value stop, Value step,
                                         int64_t size);

// Collections do not grow beyond this many elements.
inline constexpr size_t kMaxElements = size_t{1} << 26;

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_OPERATORS_H_
