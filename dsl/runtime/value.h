// SPDX-License-Identifier: Apache-2.0

// Value, the word that holds any value of the language, and what can be asked
// of one without a thread.

#ifndef GRAPH_DSL_RUNTIME_VALUE_H_
#define GRAPH_DSL_RUNTIME_VALUE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dsl {

class Object;
class Thread;

// What an Object is. Small ints, bools and None are no objects.
enum class Kind : uint8_t {
  kBigInt,
  kFloat,
  kString,
  kList,
  kTuple,
  kDict,
  kSet,
  kRange,
  kStruct,
  kFunction,
  kBuiltin,
  kMethod,
  kCell,
  kType,
  kNative,
};

// Eight bytes that hold any value: a small int, a bool or None inline, or the
// address of an Object in some Heap. Copying never allocates; whoever keeps a
// Value keeps its heap alive. A frozen heap's values may be read from many
// threads. The value-less Value() stands for "unbound" or "an error happened"
// inside the runtime and is never seen by a program.
class Value {
 public:
  constexpr Value() = default;
  static constexpr Value None() { return Value(kNoneBits); }
  static constexpr Value Bool(bool b) {
    return Value(b ? kTrueBits : kFalseBits);
  }
  // REQUIRES: -2^62 <= i < 2^62. Heap::Int takes any.
  static constexpr Value Int(int64_t i) {
    return Value((static_cast<uint64_t>(i) << 1) | 1);
  }
  static Value Of(const Object* object) {
    return Value(reinterpret_cast<uint64_t>(object));
  }

  static constexpr bool FitsInline(int64_t i) {
    return i >= -(int64_t{1} << 62) && i < (int64_t{1} << 62);
  }

  constexpr explicit operator bool() const { return bits_ != 0; }
  constexpr bool is_none() const { return bits_ == kNoneBits; }
  constexpr bool is_bool() const {
    return bits_ == kTrueBits || bits_ == kFalseBits;
  }
  constexpr bool is_small_int() const { return (bits_ & 1) != 0; }
  constexpr bool is_object() const { return (bits_ & 7) == 0 && bits_ != 0; }
  inline bool is(Kind kind) const;
  bool is_int() const { return is_small_int() || is(Kind::kBigInt); }
  bool is_float() const { return is(Kind::kFloat); }
  bool is_string() const { return is(Kind::kString); }
  bool is_list() const { return is(Kind::kList); }
  bool is_tuple() const { return is(Kind::kTuple); }
  bool is_dict() const { return is(Kind::kDict); }
  bool is_set() const { return is(Kind::kSet); }
  bool is_struct() const { return is(Kind::kStruct); }
  bool is_function() const { return is(Kind::kFunction); }
  bool is_native() const { return is(Kind::kNative); }
  bool is_callable() const;

  // What type() says: "int", "string", "NoneType", …
  absl::string_view type_name() const;
  inline bool truth() const;

  // REQUIRES: is_bool().
  constexpr bool as_bool() const { return bits_ == kTrueBits; }
  // REQUIRES: is_small_int().
  constexpr int64_t small_int() const {
    return static_cast<int64_t>(bits_) >> 1;
  }
  // The int, if this is one that fits.
  std::optional<int64_t> as_int64() const;
  // REQUIRES: is_float().
  double as_float() const;
  // REQUIRES: is_string(). Valid as long as the value's heap.
  inline absl::string_view as_string() const;
  // REQUIRES: is_object().
  Object* object() const { return reinterpret_cast<Object*>(bits_); }

  constexpr uint64_t bits() const { return bits_; }
  // Whether it is the same object, not merely an equal one.
  constexpr bool Same(Value other) const { return bits_ == other.bits_; }

 private:
  constexpr explicit Value(uint64_t bits) : bits_(bits) {}

  static constexpr uint64_t kNoneBits = 2;
  static constexpr uint64_t kFalseBits = 10;
  static constexpr uint64_t kTrueBits = 18;

  uint64_t bits_ = 0;
};

// What repr() and str() say. Cycles print as `[...]`. Text that is longer than
// any string is cut.
std::string Repr(Value value);
std::string Str(Value value);
// The repr as a message shows it: what is long is cut.
std::string Brief(Value value);

// Equality as the language has it. Fails for values nested too deeply, such as
// cyclic ones. Here and below, what it visits counts as steps of the thread if
// there is one; an error says that they have ended.
absl::StatusOr<bool> Equal(Value a, Value b, Thread* thread = nullptr);

// Below, equal or above zero; fails for values without an order.
absl::StatusOr<int> Compare(Value a, Value b, Thread* thread = nullptr);

// The hash under which a dict keeps the value; fails for unhashable ones.
// Equal values have equal hashes. Stable only within a process.
absl::StatusOr<uint64_t> HashOf(Value value, Thread* thread = nullptr);

// REQUIRES: value.is_list() || value.is_tuple(). Valid until it changes.
std::span<const Value> Elements(Value value);

// Dicts, in the order of insertion. REQUIRES: dict.is_dict(). DictFind gives
// nothing for absent and for unhashable keys.
size_t DictSize(Value dict);
std::optional<Value> DictFind(Value dict, Value key);
std::optional<Value> DictFind(Value dict, absl::string_view key);
std::vector<std::pair<Value, Value>> DictItems(Value dict);

// The elements of a set, in the order of insertion. REQUIRES: set.is_set().
std::vector<Value> SetElements(Value set);

// Structs, fields in the order of their names. REQUIRES: value.is_struct().
std::optional<Value> StructField(Value value, absl::string_view name);
std::vector<std::pair<absl::string_view, Value>> StructFields(Value value);

// The elements of anything iterable (list, tuple, dict, set, range) as a copy;
// fails for what is not.
absl::StatusOr<std::vector<Value>> Iterate(Value value);

}  // namespace dsl

#include "dsl/runtime/object.h"  // IWYU pragma: export

#endif  // GRAPH_DSL_RUNTIME_VALUE_H_
