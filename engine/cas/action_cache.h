// SPDX-License-Identifier: Apache-2.0
// What actions made, by the key of each.

#ifndef GRAPH_ENGINE_CAS_ACTION_CACHE_H_
#define GRAPH_ENGINE_CAS_ACTION_CACHE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// One output of an action, as it came to be.
struct OutputEntry {
  enum class Kind : uint8_t { kFile = 0, kDirectory = 1, kSymlink = 2 };
  std::string path;  // As the action declared it.
  Kind kind = Kind::kFile;
  Digest digest;            // kFile: the bytes. kDirectory: the root Directory.
  bool executable = false;  // kFile
  std::string target;       // kSymlink
  friend bool operator==(const OutputEntry&, const OutputEntry&) = default;
};

enum class Isolation : uint8_t { kNone = 0, kBasic = 1, kStrict = 2 };
absl::string_view IsolationName(Isolation isolation);

// What an action did, once and for all: only successes are kept.
struct ActionResult {
  std::vector<OutputEntry> outputs;  // Sorted by path.
  Digest stdout_digest;              // Of the empty blob if it said nothing.
  Digest stderr_digest;
  Isolation isolation = Isolation::kStrict;
  int64_t wall_us = 0;
  int64_t cpu_us = 0;
  int64_t max_rss_kb = 0;
  std::string writer;      // The tool and version that wrote the entry.
  std::string trust_tier;  // The key space that it was written in; "" = local.
  Digest parts;            // The record of what the key was made of.
};

// Safe for concurrent use, by threads and by processes.
class ActionCache {
 public:
  virtual ~ActionCache() = default;

  // The result under `key`, if its isolation is at least `at_least` and all
  // blobs that it names are there; nullopt otherwise. Torn entries are absent.
  virtual absl::StatusOr<std::optional<ActionResult>> Find(
      const Digest& key, Isolation at_least) = 0;

  // Replaces what was there. The blobs of `result` must be stored before.
  virtual absl::Status Record(const Digest& key,
                              const ActionResult& result) = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_ACTION_CACHE_H_
