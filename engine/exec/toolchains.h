// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_TOOLCHAINS_H_
#define GRAPH_ENGINE_EXEC_TOOLCHAINS_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/mutex.h"
#include "engine/exec/toolchain.h"

namespace graph {

// The toolchains of one build: each is asked of the host when it is first
// needed, and once, also if several threads need it. Safe for concurrent use.
class Toolchains {
 public:
  // Who asks for a package, for people; may be empty, or give an empty text.
  using AskedBy = std::function<std::string(absl::string_view package)>;

  // `options.packages` is not looked at.
  explicit Toolchains(ToolchainOptions options, AskedBy asked_by = nullptr)
      : options_(std::move(options)), asked_by_(std::move(asked_by)) {}

  // `packages` as Action::packages has them. Blocks until it is there. Fails as
  // HostToolchain() does, each time in the same way. What it gives lives as
  // long as this.
  absl::StatusOr<const Toolchain*> Find(
      const std::vector<std::string>& packages) ABSL_LOCKS_EXCLUDED(mu_);

  // The settings of all that were found; sorted, each once.
  std::vector<std::string> Settings() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct Entry {
    mutable Mutex mu ABSL_ACQUIRED_AFTER(mu_);
    std::optional<absl::StatusOr<Toolchain>> made ABSL_GUARDED_BY(mu);
  };

  absl::StatusOr<Toolchain> Make(
      const std::vector<std::string>& packages) const;

  const ToolchainOptions options_;
  const AskedBy asked_by_;
  mutable Mutex mu_;
  std::map<std::vector<std::string>, std::unique_ptr<Entry>> entries_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TOOLCHAINS_H_
