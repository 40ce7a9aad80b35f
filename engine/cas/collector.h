// SPDX-License-Identifier: Apache-2.0
// Makes room in a LocalStore: what was used longest ago goes first.
//
// One walk over a fair sample of the store (all of it, unless it is large) adds
// up what was used when, and finds the moment before which everything must go.
// A second walk takes that away, part by part.
//
// Folders (see folder_store.h) go in the same order and before all else: files
// in them may be blobs that have lost their own names, and take space then
// where nobody counts it. Those that somebody holds stay.
//
// Files that workspaces hold by links, and records, count as if they had been
// used a week later: to remove the former frees nothing before the workspaces
// let go of them, and the latter are small and cost much to make again.
//
// What a living process holds by its lease is never taken (see lease.h). A
// result whose blobs are gone is a miss; it goes with them, or, in a store so
// large that nobody waits for a look at every result, when it is old itself.
//
// Nobody waits for a collector, and it may be killed at any moment: a blob is
// moved to the temporary folder of the process first, and removed from there.
// Measured (tests/bench/store.py: 200,000 blobs on ext4, warm, a busy machine):
// a walk takes 3 to 4 µs an item, also with 40,000 files in one part, and each
// file that goes 35 µs more, most of it the kernel's for the inode. So for ten
// million items, of which the first walk looks at a sixteenth: 2.5 s, then 40
// s, and 35 s if a tenth of them goes. In a build that is done beside it; at
// its end for a few seconds, and the next build goes on at another part.

#ifndef GRAPH_ENGINE_CAS_COLLECTOR_H_
#define GRAPH_ENGINE_CAS_COLLECTOR_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "engine/cas/folder_store.h"
#include "engine/cas/local_store.h"

namespace graph {

struct CollectOptions {
  // Evict until no more than this is left; nullopt: whatever its size.
  std::optional<int64_t> max_bytes;
  // Evict also what was not used for so long; 0: whatever its age.
  int64_t older_than_s = 0;
  bool dry_run = false;  // Only say what would go.
  // A walk over everything, not a sample, that puts the counts right.
  bool exact = false;
  // Asked often; true ends the walk.
  std::function<bool()> stop = nullptr;
};

struct CollectReport {
  int64_t files = 0;  // That went, or would go.
  int64_t records = 0;
  int64_t folders = 0;
  int64_t bytes = 0;        // Their space.
  int64_t held_bytes = 0;   // That should have gone too, but builds use it.
  int64_t size_before = 0;  // As counted.
  int64_t size_after = 0;
  bool busy = false;     // Another process makes room: nothing was done.
  bool stopped = false;  // By `stop`.
};

// Safe beside any use of the store, by this process and others.
absl::StatusOr<CollectReport> Collect(
    LocalStore& store, const CollectOptions& options,
    std::span<const FolderStore> folders = {});

// What the folders take, as noted.
int64_t SpaceOfFolders(std::span<const FolderStore> folders);

// Removes what was set aside longer ago than `seconds`, and returns how many
// bytes that were.
int64_t EmptyQuarantine(const std::string& root, int64_t seconds);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_COLLECTOR_H_
