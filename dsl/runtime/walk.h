// SPDX-License-Identifier: Apache-2.0

// Walk, how what is compared, hashed or checked goes down into values.

#ifndef GRAPH_DSL_RUNTIME_WALK_H_
#define GRAPH_DSL_RUNTIME_WALK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dsl/runtime/value.h"

namespace dsl {

class Thread;
class Type;

// One walk over values that hold others. It ends at kMaxDepth, and counts what
// it visits as steps of the thread, if there is one. `x = [x, x]` sixty times
// over holds few values and many ways to each: a walk that has become long
// remembers what it found, so that it takes time by the values, not by the
// ways. Nothing may change while it lasts.
class Walk {
 public:
  explicit Walk(Thread* thread = nullptr) : thread_(thread) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  // As Equal, Compare and HashOf do; for the types' own use below a container.
  absl::StatusOr<bool> Equal(Value a, Value b);
  absl::StatusOr<int> Compare(Value a, Value b);
  absl::StatusOr<uint64_t> Hash(Value value);
  // Elementwise, the shorter first if it is a prefix.
  absl::StatusOr<bool> EqualAll(std::span<const Value> a,
                                std::span<const Value> b);
  absl::StatusOr<int> CompareAll(std::span<const Value> a,
                                 std::span<const Value> b);
  // Whether the elements of a container are as the type says.
  absl::StatusOr<bool> Fits(const Type& type, const Object& container);

  // Counts so many elements; fails when the thread may take no more steps.
  absl::Status Spend(size_t elements);

 private:
  struct Memory;
  struct Forget {
    void operator()(Memory* memory) const;
  };

  bool Enter();
  absl::Status Stopped() const;
  void Leave() { --depth_; }

  Thread* thread_;
  int depth_ = 0;
  int visits_ = 0;                          // since it was at its top
  std::unique_ptr<Memory, Forget> memory_;  // none while the walk is short
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_WALK_H_
