// SPDX-License-Identifier: Apache-2.0
// Running one command over a tree of inputs, somewhere: a sandbox here, a
// worker elsewhere, nothing at all in tests.

#ifndef GRAPH_ENGINE_EXEC_RUNNER_H_
#define GRAPH_ENGINE_EXEC_RUNNER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/tree.h"

namespace graph {

struct SpawnOutput {
  std::string path;
  bool is_directory = false;
};

// Everything that a command may see and must make. Its blobs are in the store.
struct Spawn {
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>>
      env;                           // Whole: nothing added.
  std::vector<SpawnInput> inputs;    // Sorted by path.
  std::vector<SpawnOutput> outputs;  // Their parent folders are made for them.
  int64_t timeout_s = 0;             // 0: none; so for the next two.
  int64_t memory_limit = 0;          // Bytes.
  uint32_t process_limit = 0;
  bool loopback = false;              // May talk to itself over the network.
  std::vector<std::string> packages;  // As Action::packages.
  std::vector<std::string> root;      // As Action::root: paths of inputs.
  std::string layer;  // As Action::layer: the path of an output, or empty.
};

struct SpawnResult {
  int exit_code = 0;  // 128 + signal if one killed it.
  bool timed_out = false;
  int64_t timeout_s = 0;  // The limit of time that it had; 0: none.
  std::string stdout_text;
  std::string stderr_text;
  // What of the declared outputs came to be, taken into the store, sorted by
  // path. Complete or not: the caller compares. Empty if exit_code is not 0.
  std::vector<OutputEntry> outputs;
  // If the runner traces: the paths below its root that the command opened or
  // ran, and those that it said for them; sorted. `.` is the root; with `..`
  // among them, they may not be all.
  std::vector<std::string> reads;
  int64_t wall_us = 0;
  int64_t cpu_us = 0;
  int64_t max_rss_kb = 0;
};

// A command that ran and failed is an ok SpawnResult with its exit code; a
// status that is not ok means it is not known to have run to its end
// (kCancelled: it was told to stop), so it may be tried again elsewhere.
class Runner {
 public:
  virtual ~Runner() = default;

  // How strictly this runner keeps a command from what it did not declare.
  virtual Isolation isolation() const = 0;

  // The toolchain that commands with these `packages` (as Action::packages)
  // see, for the key: name → identity. Fails with kFailedPrecondition if there
  // is none here. Any thread.
  virtual absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
  properties(const std::vector<std::string>& packages) = 0;

  // Blocks until done. Called by at most `slots` threads at once, each with a
  // slot number of its own in [0, slots).
  virtual absl::StatusOr<SpawnResult> Run(const Spawn& spawn, int slot) = 0;

  // Makes running and later calls of Run return kCancelled soon; every process
  // they started is gone when they return. Any thread.
  virtual void Cancel() = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_RUNNER_H_
