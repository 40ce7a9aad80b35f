// SPDX-License-Identifier: Apache-2.0
// Where bytes go: a file, or a compressor before one.

#ifndef GRAPH_ENGINE_ARCHIVE_BYTE_SINK_H_
#define GRAPH_ENGINE_ARCHIVE_BYTE_SINK_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// One thread at a time. After Finish(), which must be called for the bytes to
// be whole, or after a failure, nothing else may be called.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual absl::Status Write(absl::string_view bytes) = 0;
  virtual absl::Status Finish() = 0;
};

// Creates or truncates the file at `path`.
absl::StatusOr<std::unique_ptr<ByteSink>> FileSink(const std::string& path);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_BYTE_SINK_H_
