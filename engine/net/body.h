// SPDX-License-Identifier: Apache-2.0
// Where an answer goes as it comes.

#ifndef GRAPH_ENGINE_NET_BODY_H_
#define GRAPH_ENGINE_NET_BODY_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// Bytes so far, which a later try goes on from. One thread at a time.
class Body {
 public:
  virtual ~Body() = default;
  virtual int64_t size() const = 0;
  virtual absl::Status Append(absl::string_view bytes) = 0;
  // Forgets everything: the next bytes are the first.
  virtual absl::Status Restart() = 0;
};

class FileBody : public Body {
 public:
  // What is at `path` already is the beginning.
  static absl::StatusOr<std::unique_ptr<FileBody>> Open(
      const std::string& path);
  ~FileBody() override;

  int64_t size() const override { return size_; }
  absl::Status Append(absl::string_view bytes) override;
  absl::Status Restart() override;
  // Writes out what is buffered, and must come last.
  absl::Status Close();

 private:
  FileBody(std::string path, std::FILE* file, int64_t size)
      : path_(std::move(path)), file_(file), size_(size) {}

  std::string path_;
  std::FILE* file_;
  int64_t size_;
};

// In memory, and at most so much (kInvalidArgument).
class StringBody : public Body {
 public:
  explicit StringBody(int64_t max_bytes) : max_bytes_(max_bytes) {}

  int64_t size() const override { return static_cast<int64_t>(bytes_.size()); }
  absl::Status Append(absl::string_view bytes) override;
  absl::Status Restart() override;
  std::string Take() { return std::move(bytes_); }

 private:
  int64_t max_bytes_;
  std::string bytes_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_BODY_H_
