// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_LOCK_H_
#define GRAPH_ENGINE_FETCH_LOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/cancellation.h"
#include "engine/os/file_lock.h"

namespace graph {

// An exclusive lock on `path`, waited for until kCancelled: whoever holds it
// may be downloading for minutes.
absl::StatusOr<FileLock> AcquireOrCancel(const std::string& path,
                                         const Cancellation& cancellation);

// Fails with kCancelled, at once, if told to stop before `time` is over.
absl::Status Pause(absl::Duration time, const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_LOCK_H_
