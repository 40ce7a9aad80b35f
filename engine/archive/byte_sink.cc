// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/byte_sink.h"

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

class StdioSink : public ByteSink {
 public:
  StdioSink(std::FILE* file, std::string path)
      : file_(file), path_(std::move(path)) {
    std::setvbuf(file_, nullptr, _IOFBF, 1 << 16);
  }
  ~StdioSink() override {
    if (file_ != nullptr) std::fclose(file_);
  }

  absl::Status Write(absl::string_view bytes) override {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
      return absl::ErrnoToStatus(errno, absl::StrCat("writing ", path_));
    }
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    if (std::fclose(std::exchange(file_, nullptr)) != 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat("writing ", path_));
    }
    return absl::OkStatus();
  }

 private:
  std::FILE* file_;
  std::string path_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSink>> FileSink(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat("creating ", path));
  }
  return std::make_unique<StdioSink>(file, path);
}

}  // namespace graph
