// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/extract.h"

#include <algorithm>
#include <clocale>
#include <memory>
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
#include "engine/archive/libarchive_api.h"
#include "engine/archive/tree_guard.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr size_t kPiece = 1 << 17;
constexpr size_t kFoldersToName = 8;

std::string Quoted(absl::string_view name) {
  return absl::StrCat("`", absl::Utf8SafeCEscape(name), "`");
}

// libarchive passes names through the character set of the locale, and drops
// those that do not fit. While this lives, that set is UTF-8 for this thread,
// whatever the user's is.
class Utf8Locale {
 public:
  Utf8Locale()
      : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(utf8_ != nullptr ? uselocale(utf8_) : nullptr) {}
  ~Utf8Locale() {
    if (utf8_ == nullptr) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t utf8_;
  locale_t before_;
};

// libarchive knows a name as UTF-8 if the format says so; otherwise, and that
// is where the UTF-8 spelling is null, as the bytes that stand there.
absl::string_view Name(const char* utf8, const char* raw) {
  if (utf8 != nullptr) return utf8;
  return raw != nullptr ? raw : "";
}

// One archive on its way into one sink.
class Extraction {
 public:
  Extraction(const LibArchive& api, const ExtractOptions& options,
             int64_t archive_size, ExtractSink& sink,
             const Cancellation& cancellation)
      : api_(api),
        options_(options),
        most_bytes_(std::min(
            options.max_bytes,
            std::max(options.ratio_from, options.max_ratio * archive_size))),
        sink_(sink),
        cancellation_(cancellation),
        reader_(api.read_new(), api.read_free) {}

  absl::Status Run(const std::string& path) {
    ASSIGN_OR_RETURN(prefix_, NormalisedPath(options_.strip_prefix),
                     _ << "in strip_prefix");
    RETURN_IF_ERROR(Open(path));
    while (true) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      archive_entry* entry = nullptr;
      int code = api_.read_next_header(reader_.get(), &entry);
      if (code == ARCHIVE_EOF) break;
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return Damaged();
      if (++entries_ > options_.max_entries) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it has more than ", options_.max_entries, " entries"));
      }
      RETURN_IF_ERROR(Take(entry));
    }
    if (!prefix_.empty() && !prefix_found_) return NoPrefix();
    RETURN_IF_ERROR(guard_.CheckSymlinks());
    for (const std::string& folder : guard_.EmptyDirectories()) {
      RETURN_IF_ERROR(sink_.EmptyDirectory(folder));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Open(const std::string& path) {
    archive* reader = reader_.get();
    api_.read_support_filter_gzip(reader);
    api_.read_support_filter_bzip2(reader);
    api_.read_support_filter_xz(reader);
    api_.read_support_filter_zstd(reader);
    api_.read_support_format_tar(reader);
    api_.read_support_format_zip(reader);
    if (api_.read_open_filename(reader, path.c_str(), kPiece) == ARCHIVE_OK) {
      return absl::OkStatus();
    }
    return Damaged();
  }

  absl::Status Damaged() const {
    const char* why = api_.error_string(reader_.get());
    return absl::InvalidArgumentError(
        absl::StrCat("not a tar or zip archive, or a damaged one: ",
                     why != nullptr ? why : "no reason given"));
  }

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

  absl::Status Take(archive_entry* entry) {
    ASSIGN_OR_RETURN(std::string path,
                     NormalisedPath(Name(api_.entry_pathname_utf8(entry),
                                         api_.entry_pathname(entry))));
    const auto type = api_.entry_filetype(entry);
    const bool has_parent = absl::StrContains(path, '/');
    if (!path.empty() && (has_parent || type == AE_IFDIR)) {
      tops_.insert(Quoted(path.substr(0, path.find('/'))));
    }
    if (!Strip(path)) return absl::OkStatus();
    if (!path.empty()) prefix_found_ = true;

    absl::string_view hard_link =
        Name(api_.entry_hardlink_utf8(entry), api_.entry_hardlink(entry));
    if (!hard_link.empty()) return TakeHardLink(path, hard_link);
    switch (type) {
      case AE_IFREG:
        return TakeFile(path, (api_.entry_perm(entry) & 0100) != 0);
      case AE_IFDIR:
        return guard_.AddDirectory(path);
      case AE_IFLNK: {
        std::string target(
            Name(api_.entry_symlink_utf8(entry), api_.entry_symlink(entry)));
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
      la_ssize_t count =
          api_.read_data(reader_.get(), piece_.data(), piece_.size());
      if (count == 0) return sink_.EndFile();
      if (count < 0) {
        absl::StatusBuilder damaged(Damaged());
        return damaged << "in " << path;
      }
      bytes_ += count;
      if (bytes_ > most_bytes_) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it unpacks to more than ", most_bytes_, " bytes: a bomb?"));
      }
      RETURN_IF_ERROR(sink_.Write({piece_.data(), static_cast<size_t>(count)}));
    }
  }

  const LibArchive& api_;
  const ExtractOptions& options_;
  const int64_t most_bytes_;
  ExtractSink& sink_;
  const Cancellation& cancellation_;
  std::unique_ptr<archive, decltype(LibArchive::read_free)> reader_;
  TreeGuard guard_;
  std::string prefix_;
  bool prefix_found_ = false;
  std::set<std::string> tops_;  // Folders at the top, quoted, for an error.
  int64_t entries_ = 0;
  int64_t bytes_ = 0;
  std::vector<char> piece_ = std::vector<char>(kPiece);
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
