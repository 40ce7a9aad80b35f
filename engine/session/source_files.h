// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_SOURCE_FILES_H_
#define GRAPH_ENGINE_SESSION_SOURCE_FILES_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/source_resolver.h"
#include "engine/memo/file_table.h"
#include "engine/session/request_memory.h"

namespace graph {

// Where the sources of embedded repositories lie below the root in which
// actions run.
inline constexpr absl::string_view kEmbeddedRoot = "external/rules/";

// The sources of a workspace on disk, and the embedded rules. A file whose
// stamp the table knows is not read again. Notes in `reads` what it looked at.
class SourceFiles final : public SourceResolver {
 public:
  // `root` is absolute. All references outlive the object.
  SourceFiles(std::string root, FileTable& table, Reads& reads,
              BlobStore& store)
      : root_(std::move(root)), table_(table), reads_(reads), store_(store) {}

  absl::StatusOr<SpawnInput> Resolve(const Artifact& source) override;
  absl::Status Provide(const Artifact& source,
                       const SpawnInput& resolved) override;

 private:
  absl::StatusOr<Digest> DigestOf(const std::string& path,
                                  const FileStamp& stamp);

  const std::string root_;
  FileTable& table_;
  Reads& reads_;
  BlobStore& store_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_SOURCE_FILES_H_
