// SPDX-License-Identifier: Apache-2.0
// Whole requests of one workspace, remembered: what was asked, everything that
// the answer was read from, and the answer. A request whose files all have
// their old stamps is answered without loading a package.

#ifndef GRAPH_ENGINE_SESSION_REQUEST_MEMORY_H_
#define GRAPH_ENGINE_SESSION_REQUEST_MEMORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/base/file_stamp.h"
#include "engine/base/mutex.h"
#include "engine/os/filesystem.h"

namespace graph {

FileStamp StampOf(const FileState& state);
FileType TypeOf(const FileStamp& stamp);

// The stamp of what is at `path` now, following links; mode 0 if nothing is.
// Of a file that was changed a moment ago, the stamp is taken when the clock
// that stamps files has ticked past the change, so that a later one shows: the
// wait is of ten milliseconds at most.
FileStamp SettledStamp(const std::string& path);

// Collects what an answer is read from, while it is read: each path with the
// stamp that it had before. Safe for concurrent use.
class Reads {
 public:
  // The first stamp of a path counts. One that is not settled makes the whole
  // collection unfit to be remembered, for a change could go unseen.
  void Add(const std::string& path, const FileStamp& stamp)
      ABSL_LOCKS_EXCLUDED(mu_);

  bool fit() const ABSL_LOCKS_EXCLUDED(mu_);
  std::vector<std::pair<std::string, FileStamp>> Sorted() const
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  mutable Mutex mu_;
  absl::flat_hash_map<std::string, FileStamp> stamps_ ABSL_GUARDED_BY(mu_);
  bool fit_ ABSL_GUARDED_BY(mu_) = true;
};

// One file a request below `folder`. Safe for several processes: files are
// replaced whole.
class RequestMemory {
 public:
  explicit RequestMemory(std::string folder) : folder_(std::move(folder)) {}

  // The answer to `question`, if all that it was read from is as it was.
  std::optional<std::string> Recall(uint64_t question) const;

  // `written` are files that the answer made and that must stay as they are.
  // Remembers nothing if `reads` is not fit. Waits until the clock that stamps
  // files has ticked past `written`: some ten milliseconds at most.
  absl::Status Remember(uint64_t question, const Reads& reads,
                        const std::vector<std::string>& written,
                        absl::string_view answer) const;

  absl::Status Forget() const;

 private:
  std::string PathOf(uint64_t question) const;

  std::string folder_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_REQUEST_MEMORY_H_
