// SPDX-License-Identifier: Apache-2.0

#include "dsl/tool/format_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/format/format.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/tool/unified_diff.h"

namespace dsl {
namespace {

namespace fs = std::filesystem;

absl::Status Failed(absl::string_view what, absl::string_view why) {
  return absl::UnknownError(absl::StrCat("cannot ", what, ": ", why));
}

absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return Failed("read", "it is a folder");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return Failed("read", std::strerror(errno));
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return Failed("read", std::strerror(errno));
  return text;
}

// A new file with the bytes; it must not exist.
absl::Status WriteNew(const fs::path& path, absl::string_view bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wbx");
  if (file == nullptr) return Failed("write", std::strerror(errno));
  const bool written =
      std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() &&
      std::fflush(file) == 0;
  const int reason = errno;
  const bool closed = std::fclose(file) == 0;
  if (written && closed) return absl::OkStatus();
  return Failed("write", std::strerror(written ? errno : reason));
}

absl::Status Replace(const std::string& path, absl::string_view bytes) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) return Failed("write", error.message());
  // To take the place of a file one needs no right to write it: ask for it.
  errno = 0;
  if (!std::ofstream(target, std::ios::binary | std::ios::app).is_open()) {
    return Failed("write", std::strerror(errno));
  }
  const fs::perms mode = fs::status(target, error).permissions();
  const fs::path fresh =
      target.parent_path() / absl::StrCat(".", target.filename().string(), ".",
                                          std::random_device()(), ".tmp");
  absl::Status status = WriteNew(fresh, bytes);
  if (status.ok()) {
    fs::permissions(fresh, mode, error);
    if (!error) fs::rename(fresh, target, error);
    if (!error) return absl::OkStatus();
    status = Failed("write", error.message());
  }
  fs::remove(fresh, error);
  return status;
}

class Run {
 public:
  Run(const FormatOptions& options, const FormatStreams& streams)
      : options_(options), streams_(streams) {}

  // An exit code.
  int One(const FileToFormat& file) {
    const bool standard = file.path == "-";
    const absl::StatusOr<std::string> before =
        standard ? streams_.in() : ReadText(file.path);
    const std::string& shown = standard ? options_.stdin_name : file.shown;
    if (!before.ok()) return Fail(shown, before.status());
    Diagnostics diagnostics;
    const std::optional<std::string> after =
        Format(Source::Make(shown, *before), FileKindOf(shown), diagnostics);
    streams_.err(diagnostics.Rendered());
    if (!after.has_value()) return 2;
    const bool changed = *after != *before;
    if (options_.diff) streams_.out(UnifiedDiff(shown, *before, *after));
    if (options_.check) {
      if (changed && !options_.diff) streams_.out(absl::StrCat(shown, "\n"));
      return changed ? 1 : 0;
    }
    if (options_.diff) return 0;
    if (standard) {
      streams_.out(*after);
    } else if (changed) {
      const absl::Status status = Replace(file.path, *after);
      if (!status.ok()) return Fail(shown, status);
    }
    return 0;
  }

 private:
  int Fail(absl::string_view shown, const absl::Status& status) {
    streams_.err(absl::StrCat("error: ", shown, ": ", status.message(), "\n"));
    return 2;
  }

  const FormatOptions& options_;
  const FormatStreams& streams_;
};

}  // namespace

FileKind FileKindOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash != absl::string_view::npos) path.remove_prefix(slash + 1);
  if (path == "BUILD.spec") return FileKind::kBuildFile;
  if (path == "WORKSPACE.spec") return FileKind::kWorkspaceFile;
  return FileKind::kModule;
}

int FormatFiles(std::span<const FileToFormat> files,
                const FormatOptions& options, const FormatStreams& streams) {
  Run run(options, streams);
  int code = 0;
  for (const FileToFormat& file : files) code = std::max(code, run.One(file));
  return code;
}

std::optional<int> FormatByWords(std::span<const std::string> words,
                                 const FormatStreams& streams) {
  FormatOptions options;
  std::vector<FileToFormat> files;
  for (const std::string& word : words) {
    absl::string_view name = word;
    if (word == "--check") {
      options.check = true;
    } else if (word == "--diff") {
      options.diff = true;
    } else if (absl::ConsumePrefix(&name, "--stdin-name=")) {
      options.stdin_name = std::string(name);
    } else if (word != "-" && absl::StartsWith(word, "-")) {
      return std::nullopt;
    } else {
      files.push_back({word, word});
    }
  }
  if (files.empty()) return std::nullopt;
  return FormatFiles(files, options, streams);
}

}  // namespace dsl
