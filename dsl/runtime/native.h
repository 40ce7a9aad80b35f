// SPDX-License-Identifier: Apache-2.0

// Native, the base of the values that an embedder defines in C++.

#ifndef GRAPH_DSL_RUNTIME_NATIVE_H_
#define GRAPH_DSL_RUNTIME_NATIVE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/object.h"
#include "dsl/runtime/value.h"

namespace dsl {

// A value that an embedder defines: override what it can do; the rest is an
// error that names the type. Made with Heap::New, which also destroys it.
// What lies on a frozen heap is called from many threads at once; hence all
// operations are const, and one that changes something guards it itself.
// Errors are plain messages; the evaluator adds the place.
class Native : public Object {
 public:
  Native() : Object(Kind::kNative) {}
  virtual ~Native() = default;

  absl::string_view type_name() const override = 0;
  // Appends what repr() and str() say.
  virtual void Repr(std::string* out) const;
  virtual bool Truth() const { return true; }
  // The attribute, or nothing if there is none of that name.
  virtual absl::StatusOr<std::optional<Value>> Attr(
      Thread& thread, absl::string_view name) const;
  virtual std::vector<std::string> AttrNames() const { return {}; }
  virtual bool Equals(const Native& other) const { return this == &other; }
  // Fails if it may not be a key of a dict; by default its identity.
  virtual absl::StatusOr<uint64_t> Hash() const;
  virtual bool Callable() const { return false; }
  virtual absl::StatusOr<Value> Call(Thread& thread,
                                     const Arguments& arguments) const;
  virtual absl::StatusOr<Value> Index(Thread& thread, Value key) const;
  virtual absl::StatusOr<bool> Contains(Thread& thread, Value element) const;
  // `self op other`, or `other op self` unless self_is_left; nothing if the
  // operator does not go with that operand.
  virtual absl::StatusOr<std::optional<Value>> Binary(Thread& thread,
                                                      BinaryOp op, Value other,
                                                      bool self_is_left) const;
  // A global of the module that made this value is bound to it: how a rule or
  // a provider learns its name. The first time counts; may happen again.
  virtual void Bound(Thread& thread, absl::string_view name) const;

  // What the evaluator calls; embedders override the above.
  bool TruthOf() const final { return Truth(); }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  absl::StatusOr<Value> AttrOf(Thread& thread,
                               absl::string_view name) const final;
  std::vector<std::string> AttrNamesOf() const final { return AttrNames(); }
  absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const final;
  absl::StatusOr<bool> ContainsValue(Thread& thread, Value element) const final;
  absl::StatusOr<Value> BinaryWith(Thread& thread, BinaryOp op, Value other,
                                   bool self_is_left) const final;
  bool IsCallable() const final { return Callable(); }
  absl::StatusOr<Value> CallWith(Thread& thread,
                                 const Arguments& arguments) const final {
    return Call(thread, arguments);
  }
};

// The T that the value is, or nullptr.
template <class T>
T* NativeCast(Value value) {
  if (!value.is_native()) return nullptr;
  return dynamic_cast<T*>(static_cast<Native*>(value.object()));
}

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_NATIVE_H_
