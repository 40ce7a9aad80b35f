// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/walk.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/same_text.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/type.h"

namespace dsl {
namespace {

// A walk that visits more containers than these remembers them.
constexpr int kShort = 256;

inline bool AreSmallInts(Value a, Value b) {
  return (a.bits() & b.bits() & 1) != 0;
}

inline int CompareSmallInts(Value a, Value b) {
  return a.small_int() < b.small_int()
             ? -1
             : static_cast<int>(a.small_int() > b.small_int());
}

inline bool IsNumber(Value value) {
  return value.is_small_int() || value.is(Kind::kBigInt) || value.is_float();
}

}  // namespace

// What was found so far. Values that are equal form classes, each a tree of
// links to its root: two values that share their parts are compared in about
// as many visits as there are values in both, however they are paired.
struct Walk::Memory {
  const Object* ClassOf(const Object* value) {
    const Object* root = value;
    for (auto up = equal.find(root); up != equal.end(); up = equal.find(root)) {
      root = up->second;
    }
    while (value != root) value = std::exchange(equal[value], root);
    return root;
  }

  absl::flat_hash_map<const Object*, const Object*> equal;
  absl::flat_hash_map<const Object*, uint64_t> hashes;
  absl::flat_hash_map<std::pair<const Type*, const Object*>, bool> fits;
};

void Walk::Forget::operator()(Memory* memory) const { delete memory; }

absl::Status Walk::Spend(size_t elements) {
  if (thread_ == nullptr || thread_->Spend(elements)) return absl::OkStatus();
  return thread_->StepError();
}

// Goes one deeper; if false, Stopped() says why not.
inline bool Walk::Enter() {
  if (depth_ > kMaxDepth) return false;
  if (thread_ != nullptr && !thread_->Spend(1)) return false;
  if (depth_++ == 0) visits_ = 0;
  if (++visits_ == kShort && memory_ == nullptr) memory_.reset(new Memory);
  return true;
}

absl::Status Walk::Stopped() const {
  if (depth_ <= kMaxDepth) return thread_->StepError();
  return absl::InvalidArgumentError(
      "values are nested too deeply, or recursively, to be compared");
}

absl::StatusOr<bool> Walk::Equal(Value a, Value b) {
  if (a.Same(b)) return true;
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b) == 0;
  if (!a.is_object() || !b.is_object()) return false;
  const Object *left = a.object(), *right = b.object();
  if (left->kind() != right->kind()) return false;
  if (left->kind() == Kind::kString) {
    return SameText(a.as_string(), b.as_string());
  }
  if (!Enter()) return Stopped();
  if (memory_ != nullptr) {
    left = memory_->ClassOf(left);
    right = memory_->ClassOf(right);
  }
  bool equal = left == right;
  if (!equal) {
    ASSIGN_OR_RETURN(equal, left->EqualsObject(*right, *this));
    if (equal && memory_ != nullptr) {
      memory_->equal[memory_->ClassOf(left)] = memory_->ClassOf(right);
    }
  }
  Leave();
  return equal;
}

absl::StatusOr<int> Walk::Compare(Value a, Value b) {
  if (AreSmallInts(a, b)) return CompareSmallInts(a, b);
  const bool alike = a.is_object() && b.is_object() &&
                     a.object()->kind() == b.object()->kind();
  if (!alike || a.object()->kind() <= Kind::kFloat) {
    if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b);
    if (a.is_bool() && b.is_bool()) {
      return static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool());
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "no order between ", a.type_name(), " and ", b.type_name()));
  }
  if (a.is_string()) return a.as_string().compare(b.as_string());
  if (!Enter()) return Stopped();
  ASSIGN_OR_RETURN(int order, a.object()->CompareObject(*b.object(), *this));
  Leave();
  return order;
}

absl::StatusOr<uint64_t> Walk::Hash(Value value) {
  if (value.is_small_int()) return HashWord(value.small_int());
  if (!value.is_object()) return HashWord(value.bits() + 0x1234567);
  const Object* const object = value.object();
  if (object->kind() == Kind::kString) return object->HashObject(*this);
  if (!Enter()) return Stopped();
  if (memory_ != nullptr) {
    const auto known = memory_->hashes.find(object);
    if (known != memory_->hashes.end()) {
      Leave();
      return known->second;
    }
  }
  ASSIGN_OR_RETURN(uint64_t hash, object->HashObject(*this));
  if (memory_ != nullptr) memory_->hashes.emplace(object, hash);
  Leave();
  return hash;
}

absl::StatusOr<bool> Walk::Fits(const Type& type, const Object& container) {
  if (!Enter()) return Stopped();
  const std::pair key(&type, &container);
  if (memory_ != nullptr) {
    const auto known = memory_->fits.find(key);
    if (known != memory_->fits.end()) {
      Leave();
      return known->second;
    }
  }
  ASSIGN_OR_RETURN(bool fits, type.ElementsFit(container, *this));
  if (memory_ != nullptr) memory_->fits.emplace(key, fits);
  Leave();
  return fits;
}

absl::StatusOr<bool> Walk::EqualAll(std::span<const Value> a,
                                    std::span<const Value> b) {
  if (a.size() != b.size()) return false;
  RETURN_IF_ERROR(Spend(a.size()));
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].Same(b[i])) continue;
    ASSIGN_OR_RETURN(bool equal, Equal(a[i], b[i]));
    if (!equal) return false;
  }
  return true;
}

absl::StatusOr<int> Walk::CompareAll(std::span<const Value> a,
                                     std::span<const Value> b) {
  RETURN_IF_ERROR(Spend(std::min(a.size(), b.size())));
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i].Same(b[i])) continue;
    if (AreSmallInts(a[i], b[i])) return CompareSmallInts(a[i], b[i]);
    if (a[i].is_string() && b[i].is_string()) {
      const int order = a[i].as_string().compare(b[i].as_string());
      if (order != 0) return order;
      continue;
    }
    ASSIGN_OR_RETURN(bool equal, Equal(a[i], b[i]));
    if (!equal) return Compare(a[i], b[i]);
  }
  return a.size() < b.size() ? -1 : static_cast<int>(a.size() > b.size());
}

}  // namespace dsl
