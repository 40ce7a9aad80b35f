// SPDX-License-Identifier: Apache-2.0

// IsOk, StatusIs and IsOkAndHolds, as in Abseil's status_matchers.h.

#ifndef GRAPH_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define GRAPH_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace graph {

inline const absl::Status& StatusOf(const absl::Status& s) { return s; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& s) {
  return s.status();
}

MATCHER(IsOk, "") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P2(StatusIs, code, message, "") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         testing::ExplainMatchResult(
             message, std::string(StatusOf(arg).message()), result_listener);
}

MATCHER_P(IsOkAndHolds, inner, "") {
  *result_listener << StatusOf(arg).ToString();
  return arg.ok() && testing::ExplainMatchResult(inner, *arg, result_listener);
}

}  // namespace graph

#endif  // GRAPH_TESTS_SUPPORT_STATUS_MATCHERS_H_
