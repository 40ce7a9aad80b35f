// SPDX-License-Identifier: Apache-2.0

// Object, what every value on a heap derives from. Embedders derive from
// Native (native.h) instead.

#ifndef GRAPH_DSL_RUNTIME_OBJECT_H_
#define GRAPH_DSL_RUNTIME_OBJECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"

namespace dsl {

class Arguments;
class Heap;
class Printer;
class Thread;
class Walk;

// The binary operators that a type may define; `in` and comparisons go their
// own way.
enum class BinaryOp : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kFloorDiv,
  kMod,
  kAnd,
  kOr,
  kXor,
  kShl,
  kShr,
};

// The text of the operator: `+`, `//`, …
absl::string_view OperatorText(BinaryOp op);

enum class UnaryOp : uint8_t { kPlus, kMinus, kInvert };

// Values nested deeper than this are not compared or hashed: an error instead
// of an overflow of the stack, whatever the program built.
inline constexpr int kMaxDepth = 200;

// A value on a heap: what it is, and how each operation of the language treats
// it. The defaults say that the type has no such operation. Destroyed with its
// heap (never, when its destructor is trivial). An operation that finds
// nothing (an attribute, an operator) gives the value-less Value(), and the
// caller makes the error.
class Object {
 public:
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  Kind kind() const { return kind_; }

  virtual absl::string_view type_name() const = 0;
  virtual bool TruthOf() const { return true; }
  virtual void PrintOn(Printer& printer) const = 0;
  // REQUIRES: other.kind() == kind().
  virtual absl::StatusOr<bool> EqualsObject(const Object& other,
                                            Walk& walk) const;
  // Below, equal or above zero. REQUIRES: other.kind() == kind().
  virtual absl::StatusOr<int> CompareObject(const Object& other,
                                            Walk& walk) const;
  virtual absl::StatusOr<uint64_t> HashObject(Walk& walk) const;
  virtual absl::StatusOr<Value> AttrOf(Thread& thread,
                                       absl::string_view name) const;
  virtual std::vector<std::string> AttrNamesOf() const { return {}; }
  // `x.name = value`, which few types have.
  virtual absl::Status SetAttrOf(absl::string_view name, Value value);
  virtual absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const;
  virtual absl::StatusOr<bool> ContainsValue(Thread& thread,
                                             Value element) const;
  // The number of elements, if it is a collection.
  virtual std::optional<int64_t> LengthOf() const { return std::nullopt; }
  virtual absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op,
                                           Value other,
                                           bool self_is_left) const;
  virtual bool IsCallable() const { return false; }
  virtual absl::StatusOr<Value> CallWith(Thread& thread,
                                         const Arguments& arguments) const;

 protected:
  explicit Object(Kind kind) : kind_(kind) {}
  ~Object() = default;

  const Kind kind_;
};

inline bool Value::is(Kind kind) const {
  return is_object() && object()->kind() == kind;
}

inline bool Value::truth() const {
  if (is_object()) return object()->TruthOf();
  return bits_ != kFalseBits && bits_ != kNoneBits && bits_ != Int(0).bits_;
}

}  // namespace dsl

#include "dsl/runtime/types/string.h"  // IWYU pragma: export

#endif  // GRAPH_DSL_RUNTIME_OBJECT_H_
