// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_FLOAT_H_
#define GRAPH_DSL_RUNTIME_TYPES_FLOAT_H_

#include <string>

#include "dsl/runtime/value.h"

namespace dsl {

// An IEEE double. All NaNs are equal, and greater than any other number.
class Float final : public Object {
 public:
  explicit Float(double value) : Object(Kind::kFloat), value_(value) {}

  double value() const { return value_; }

  absl::string_view type_name() const override { return "float"; }
  bool TruthOf() const override { return value_ != 0; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<int> CompareObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;

 private:
  double value_;
};

// The shortest text that reads back, always with a point or an exponent:
// `1.0`, `1e+22`, `+inf`.
std::string FloatText(double value);
// As `%e`, `%f` and `%g` write it.
std::string FormatFloat(double value, char conversion);

// Total order over doubles: NaN is equal to itself and above the rest.
int CompareDoubles(double a, double b);

// Reads what float() reads: decimal, `inf`, `nan` with a sign, any case.
std::optional<double> ParseFloat(absl::string_view text);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_FLOAT_H_
