// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/lock.h"

#include <optional>
#include <utility>

#include "absl/status/status_macros.h"
#include "engine/base/mutex.h"

namespace graph {

absl::StatusOr<FileLock> AcquireOrCancel(const std::string& path,
                                         const Cancellation& cancellation) {
  constexpr absl::Duration kLookAgain = absl::Milliseconds(50);
  while (true) {
    ASSIGN_OR_RETURN(std::optional<FileLock> lock,
                     FileLock::TryAcquire(path, FileLock::Mode::kExclusive));
    if (lock) return *std::move(lock);
    RETURN_IF_ERROR(Pause(kLookAgain, cancellation));
  }
}

absl::Status Pause(absl::Duration time, const Cancellation& cancellation) {
  Notification cancelled;
  const uint64_t waking = cancellation.OnCancel([&] { cancelled.Notify(); });
  cancelled.WaitForNotificationWithTimeout(time);
  cancellation.Forget(waking);
  if (cancellation.cancelled()) return absl::CancelledError("interrupted");
  return absl::OkStatus();
}

}  // namespace graph
