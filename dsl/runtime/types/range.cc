// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/range.h"

#include <cmath>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/int.h"

namespace dsl {

Range::Range(int64_t start, int64_t stop, int64_t step)
    : Object(Kind::kRange), start_(start), stop_(stop), step_(step) {
  const int64_t span = step > 0 ? stop - start : start - stop;
  const int64_t stride = step > 0 ? step : -step;
  size_ = span <= 0 ? 0 : (span - 1) / stride + 1;
}

void Range::PrintOn(Printer& printer) const {
  printer.Text(absl::StrCat("range(", start_, ", ", stop_));
  if (step_ != 1) printer.Text(absl::StrCat(", ", step_));
  printer.Text(")");
}

absl::StatusOr<bool> Range::EqualsObject(const Object& other, Walk&) const {
  const auto& right = static_cast<const Range&>(other);
  return size_ == right.size_ &&
         (size_ == 0 ||
          (start_ == right.start_ && (size_ == 1 || step_ == right.step_)));
}

absl::StatusOr<Value> Range::IndexOf(Thread&, Value key) const {
  ASSIGN_OR_RETURN(size_t index, ToIndex(key, size_, "range"));
  return Value::Int(at(static_cast<int64_t>(index)));
}

absl::StatusOr<bool> Range::ContainsValue(Thread&, Value element) const {
  std::optional<int64_t> wanted = element.as_int64();
  if (element.is_float()) {
    const double value = element.as_float();
    if (!std::isfinite(value) || std::trunc(value) != value) return false;
    wanted = IntegerFromDouble(value).ToInt64();
  }
  if (!wanted || size_ == 0) return false;
  const int64_t last = at(size_ - 1);
  const bool within = step_ > 0 ? *wanted >= start_ && *wanted <= last
                                : *wanted <= start_ && *wanted >= last;
  return within && (*wanted - start_) % step_ == 0;
}

}  // namespace dsl
