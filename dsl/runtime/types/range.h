// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_RANGE_H_
#define GRAPH_DSL_RUNTIME_TYPES_RANGE_H_

#include <cstdint>

#include "dsl/runtime/value.h"

namespace dsl {

// What range() gives: ints from start on, step apart. Bounds fit into 32 bits.
// Not hashable.
class Range final : public Object {
 public:
  // REQUIRES: step != 0.
  Range(int64_t start, int64_t stop, int64_t step);

  int64_t start() const { return start_; }
  int64_t step() const { return step_; }
  int64_t size() const { return size_; }
  int64_t at(int64_t index) const { return start_ + index * step_; }

  absl::string_view type_name() const override { return "range"; }
  bool TruthOf() const override { return size_ != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<Value> IndexOf(Thread& thread, Value key) const override;
  absl::StatusOr<bool> ContainsValue(Thread& thread,
                                     Value element) const override;
  std::optional<int64_t> LengthOf() const override { return size_; }

 private:
  int64_t start_;
  int64_t stop_;
  int64_t step_;
  int64_t size_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_RANGE_H_
