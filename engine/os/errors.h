// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_ERRORS_H_
#define GRAPH_ENGINE_OS_ERRORS_H_

#include <cerrno>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace graph {

// What errno says about what we tried with `subject`, as a status: `cannot
// open /a/b: No such file or directory`.
inline absl::Status ErrnoError(absl::string_view tried,
                               absl::string_view subject) {
  const absl::Status status =
      absl::ErrnoToStatus(errno, absl::StrCat(tried, " ", subject));
  // EIO and its like: the host's trouble, and none of our bugs.
  if (status.code() != absl::StatusCode::kUnknown) return status;
  return absl::UnavailableError(status.message());
}

// Calls `f` until a signal no longer interrupts it.
template <typename F>
auto Retry(F&& f) {
  auto result = f();
  while (result < 0 && errno == EINTR) result = f();
  return result;
}

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_ERRORS_H_
