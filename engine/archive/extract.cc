// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/extract.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/archive/foreign_archive.h"
#include "engine/archive/tree_guard.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr size_t kFoldersToName = 8;

std::string Quoted(absl::string_view name) {
  return absl::StrCat("`", absl::Utf8SafeCEscape(name), "`");
}

// One archive on its way into one sink.
class Extraction {
 public:
  Extraction(const LibArchive& api, const ExtractOptions& options,
             int64_t archive_size, ExtractSink& sink,
             const Cancellation& cancellation)
      : options_(options),
        most_bytes_(std::min(
            options.max_bytes,
            std::max(options.ratio_from, options.max_ratio * archive_size))),
        sink_(sink),
        cancellation_(cancellation),
        archive_(api) {}

  absl::Status Run(const std::string& path) {
    ASSIGN_OR_RETURN(prefix_, NormalisedPath(options_.strip_prefix),
                     _ << "in strip_prefix");
    RETURN_IF_ERROR(archive_.Open(path, ForeignArchive::Format::kTarOrZip));
    while (true) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      ASSIGN_OR_RETURN(bool more, archive_.Next());
      if (!more) break;
      if (++entries_ > options_.max_entries) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it has more than ", options_.max_entries, " entries"));
      }
      RETURN_IF_ERROR(Take());
    }
    if (!prefix_.empty() && !prefix_found_) return NoPrefix();
    RETURN_IF_ERROR(guard_.CheckSymlinks());
    for (const std::string& folder : guard_.EmptyDirectories()) {
      RETURN_IF_ERROR(sink_.EmptyDirectory(folder));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status NoPrefix() const {
    auto last = tops_.begin();
    std::advance(last, std::min(tops_.size(), kFoldersToName));
    std::string there =
        tops_.empty() ? "it has no folders"
                      : absl::StrCat("at its top are ",
                                     absl::StrJoin(tops_.begin(), last, ", "));
    if (tops_.size() > kFoldersToName) absl::StrAppend(&there, ", …");
    return absl::InvalidArgumentError(absl::StrCat(
        "nothing is below strip_prefix ", Quoted(prefix_), "; ", there));
  }

  // The path below strip_prefix; false if it is not there.
  bool Strip(std::string& path) const {
    if (prefix_.empty()) return true;
    if (path == prefix_) {
      path.clear();
      return true;
    }
    if (!absl::StartsWith(path, prefix_) || path[prefix_.size()] != '/') {
      return false;
    }
    path.erase(0, prefix_.size() + 1);
    return true;
  }

  absl::Status Take() {
    ASSIGN_OR_RETURN(std::string path, NormalisedPath(archive_.name()));
    const auto type = archive_.type();
    const bool has_parent = absl::StrContains(path, '/');
    if (!path.empty() && (has_parent || type == AE_IFDIR)) {
      tops_.insert(Quoted(path.substr(0, path.find('/'))));
    }
    if (!Strip(path)) return absl::OkStatus();
    if (!path.empty()) prefix_found_ = true;

    if (!archive_.hard_link().empty()) {
      return TakeHardLink(path, archive_.hard_link());
    }
    switch (type) {
      case AE_IFREG:
        return TakeFile(path, (archive_.mode() & 0100) != 0);
      case AE_IFDIR:
        return guard_.AddDirectory(path);
      case AE_IFLNK: {
        const std::string target(archive_.symlink());
        RETURN_IF_ERROR(guard_.AddSymlink(path, target));
        return sink_.Symlink(path, target);
      }
      default:
        return absl::InvalidArgumentError(
            absl::StrCat(Quoted(path), " is a device, a pipe or a socket"));
    }
  }

  absl::Status TakeHardLink(const std::string& path,
                            absl::string_view existing_name) {
    ASSIGN_OR_RETURN(std::string existing, NormalisedPath(existing_name),
                     _ << "hard link " << path);
    const bool inside = Strip(existing);
    if (inside && guard_.IsFile(existing)) {
      RETURN_IF_ERROR(guard_.AddFile(path));
      return sink_.CopyFile(existing, path);
    }
    const std::string* target =
        inside ? guard_.SymlinkTarget(existing) : nullptr;
    if (target == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(
          Quoted(path), " is a hard link to ", Quoted(existing_name),
          ", which is not a file before it"
          " in the archive"));
    }
    const std::string copied = *target;
    RETURN_IF_ERROR(guard_.AddSymlink(path, copied));
    return sink_.Symlink(path, copied);
  }

  absl::Status TakeFile(const std::string& path, bool executable) {
    RETURN_IF_ERROR(guard_.AddFile(path));
    RETURN_IF_ERROR(sink_.BeginFile(path, executable));
    while (true) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      ASSIGN_OR_RETURN(absl::string_view piece, archive_.Read(),
                       _ << "in " << path);
      if (piece.empty()) return sink_.EndFile();
      bytes_ += static_cast<int64_t>(piece.size());
      if (bytes_ > most_bytes_) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it unpacks to more than ", most_bytes_, " bytes: a bomb?"));
      }
      RETURN_IF_ERROR(sink_.Write(piece));
    }
  }

  const ExtractOptions& options_;
  const int64_t most_bytes_;
  ExtractSink& sink_;
  const Cancellation& cancellation_;
  ForeignArchive archive_;
  TreeGuard guard_;
  std::string prefix_;
  bool prefix_found_ = false;
  std::set<std::string> tops_;  // Folders at the top, quoted, for an error.
  int64_t entries_ = 0;
  int64_t bytes_ = 0;
};

}  // namespace

absl::Status Extract(const std::string& path, const ExtractOptions& options,
                     ExtractSink& sink, const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const LibArchive* api, LibArchive::Load());
  ASSIGN_OR_RETURN(FileState state, Stat(path));
  Utf8Locale locale;
  return Extraction(*api, options, state.size, sink, cancellation).Run(path);
}

}  // namespace graph
