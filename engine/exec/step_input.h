// SPDX-License-Identifier: Apache-2.0
// What the steps share: their shape, their inputs, and folders to work in.

#ifndef GRAPH_ENGINE_EXEC_STEP_INPUT_H_
#define GRAPH_ENGINE_EXEC_STEP_INPUT_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/archive/byte_sink.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/tree.h"
#include "engine/exec/builtin_steps.h"

namespace graph {

// Fails unless the step is of version 1, has so many arguments after that, and
// one output.
absl::Status CheckShape(const BuiltinRequest& request, size_t arguments);
absl::Status CheckOneInput(const BuiltinRequest& request);

absl::StatusOr<SpawnInput> InputAt(const BuiltinRequest& request,
                                   const std::string& path);
// As InputAt, and a file.
absl::StatusOr<SpawnInput> FileAt(const BuiltinRequest& request,
                                  const std::string& path);

// The input as a tree: a file or a link is one entry, called `name`.
absl::StatusOr<TreeEntries> TreeOf(const SpawnInput& input,
                                   const std::string& name, BlobStore& store);

// The one output, as a file.
OutputEntry FileOutput(const BuiltinRequest& request, const Digest& digest,
                       bool executable);

// A folder that is gone with this object.
class StepFolder {
 public:
  static absl::StatusOr<StepFolder> Make(BlobStore& store);
  StepFolder(StepFolder&& other) noexcept;
  StepFolder& operator=(StepFolder&&) = delete;
  ~StepFolder();

  std::string Path(absl::string_view name) const;

 private:
  explicit StepFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// Writes the blob to `out` in pieces, without having it in memory whole, and
// does not finish `out`. Fails with kDataLoss if the bytes are others.
absl::Status StreamBlob(const Digest& digest, const StepFolder& folder,
                        const BuiltinRequest& request, ByteSink& out);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_STEP_INPUT_H_
