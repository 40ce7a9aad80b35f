// SPDX-License-Identifier: Apache-2.0
// Commands on this machine, isolated as far as it goes.

#ifndef GRAPH_ENGINE_EXEC_LOCAL_RUNNER_H_
#define GRAPH_ENGINE_EXEC_LOCAL_RUNNER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/runner.h"
#include "engine/exec/toolchain.h"
#include "engine/exec/toolchains.h"

namespace graph {

struct LocalRunnerOptions {
  std::string cache_dir;  // Absolute, on the file system of the blob store.
  Toolchain toolchain;    // Of commands that name no packages.
  int slots = 1;
  // As ChooseIsolation() says. With kNone commands run as plain programs of the
  // host.
  Isolation isolation = Isolation::kStrict;
  // Of commands that name packages, which fail if there are none. Outlives the
  // runner.
  Toolchains* toolchains = nullptr;
  // For commands that declare none; 0: none.
  int64_t timeout_s = 0;
  int64_t memory_limit = 0;
  uint32_t process_limit = 0;
  // The folder of a command that failed is kept, and it is said how to enter
  // it.
  bool keep_failed = false;
  bool trace_reads = false;  // See SpawnResult::reads.
};

// Keeps, for each slot, a zygote for each of a few toolchains and one folder
// whose content goes from action to action by differences. Commands run in
// `/build` (with less than kStrict: in that folder itself), where inputs lie at
// their paths, read-only; only `graph-out` in it, where outputs go, and `/tmp`
// can be written, and nothing but declared outputs outlives the action.
//
// `store` outlives the runner. Destroying it ends all zygotes and removes the
// folders of the slots; those of engines that were killed are removed when a
// runner is next made.
class LocalRunner : public Runner {
 public:
  // Fails as ProbeIsolation() and, if it is to trace, ProbeReadTracing() do.
  static absl::StatusOr<std::unique_ptr<LocalRunner>> Create(
      LocalRunnerOptions options, BlobStore& store);
  ~LocalRunner() override;

  Isolation isolation() const override;
  absl::StatusOr<std::vector<std::pair<std::string, std::string>>> properties(
      const std::vector<std::string>& packages) override;
  absl::StatusOr<SpawnResult> Run(const Spawn& spawn, int slot) override;
  void Cancel() override;

 private:
  struct State;
  explicit LocalRunner(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_LOCAL_RUNNER_H_
