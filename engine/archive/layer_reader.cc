// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/layer_reader.h"

#include <array>
#include <optional>

#include "absl/status/status_macros.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/archive/foreign_archive.h"
#include "engine/archive/tree_guard.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

using Kind = LayerEntry::Kind;

constexpr absl::string_view kArMagic = "!<arch>\n";

absl::Status Refused(absl::string_view path, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", absl::Utf8SafeCEscape(path), "` ", why));
}

absl::StatusOr<std::string> PathOf(absl::string_view name) {
  while (absl::ConsumePrefix(&name, "/")) {
  }
  return NormalisedPath(name);
}

absl::StatusOr<uint32_t> OwnerOf(absl::string_view path, int64_t owner) {
  if (owner >= 0 && owner < UINT32_MAX) return static_cast<uint32_t>(owner);
  return Refused(path, absl::StrCat("has the impossible owner ", owner));
}

// Sets kind and path if the name is that of a whiteout.
absl::Status TakeWhiteout(LayerEntry& entry) {
  const size_t name_at = entry.path.rfind('/') + 1;  // 0 if there is none.
  absl::string_view name = absl::string_view(entry.path).substr(name_at);
  const std::string folder =
      entry.path.substr(0, name_at > 0 ? name_at - 1 : 0);
  if (name == kOpaqueName) {
    entry = {.path = folder, .kind = Kind::kOpaque};
    return absl::OkStatus();
  }
  if (!absl::ConsumePrefix(&name, kWhiteoutPrefix)) return absl::OkStatus();
  if (name.empty() || name == "." || name == ".." ||
      absl::StartsWith(name, kWhiteoutPrefix)) {
    return Refused(entry.path, "is a whiteout of nothing that can be");
  }
  entry = {.path = folder.empty() ? std::string(name)
                                  : absl::StrCat(folder, "/", name),
           .kind = Kind::kRemoved};
  return absl::OkStatus();
}

class Reading {
 public:
  Reading(ForeignArchive& archive, const LayerReadOptions& options,
          LayerSink& sink, const Cancellation& cancellation)
      : archive_(archive),
        options_(options),
        sink_(sink),
        cancellation_(cancellation) {}

  absl::Status Run() {
    while (true) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      ASSIGN_OR_RETURN(bool more, archive_.Next());
      if (!more) return absl::OkStatus();
      if (++entries_ > options_.max_entries) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it has more than ", options_.max_entries, " entries"));
      }
      RETURN_IF_ERROR(Take());
    }
  }

 private:
  absl::Status Take() {
    ASSIGN_OR_RETURN(std::optional<LayerEntry> entry, Present());
    if (!entry) return absl::OkStatus();
    RETURN_IF_ERROR(TakeWhiteout(*entry));
    RETURN_IF_ERROR(sink_.Entry(*entry));
    if (entry->kind != Kind::kFile) return absl::OkStatus();
    while (true) {
      if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
      ASSIGN_OR_RETURN(absl::string_view piece, archive_.Read(),
                       _ << "in " << entry->path);
      if (piece.empty()) return sink_.EndFile();
      bytes_ += static_cast<int64_t>(piece.size());
      if (bytes_ > options_.max_bytes) {
        return absl::InvalidArgumentError(absl::StrCat(
            "it unpacks to more than ", options_.max_bytes, " bytes: a bomb?"));
      }
      RETURN_IF_ERROR(sink_.Write(piece));
    }
  }

  // The present entry, whiteouts still files; nullopt if it is left out.
  absl::StatusOr<std::optional<LayerEntry>> Present() const {
    LayerEntry entry;
    ASSIGN_OR_RETURN(entry.path, PathOf(archive_.name()));
    ASSIGN_OR_RETURN(entry.uid, OwnerOf(entry.path, archive_.uid()));
    ASSIGN_OR_RETURN(entry.gid, OwnerOf(entry.path, archive_.gid()));
    entry.mode = archive_.mode();
    if (!archive_.hard_link().empty()) {
      entry.kind = Kind::kHardLink;
      ASSIGN_OR_RETURN(entry.target, PathOf(archive_.hard_link()),
                       _ << "hard link " << entry.path);
    } else if (archive_.type() == AE_IFREG) {
      entry.size = archive_.size();
    } else if (archive_.type() == AE_IFDIR) {
      if (entry.path.empty()) return std::nullopt;
      entry.kind = Kind::kDirectory;
    } else if (archive_.type() == AE_IFLNK) {
      entry.kind = Kind::kSymlink;
      entry.target = std::string(archive_.symlink());
    } else {
      if (options_.skip_devices) return std::nullopt;
      return Refused(entry.path, "is a device, a pipe or a socket");
    }
    if (entry.path.empty()) {
      return Refused(archive_.name(), "is the root, and not a folder");
    }
    return entry;
  }

  ForeignArchive& archive_;
  const LayerReadOptions& options_;
  LayerSink& sink_;
  const Cancellation& cancellation_;
  int64_t entries_ = 0;
  int64_t bytes_ = 0;
};

absl::StatusOr<bool> IsAr(const std::string& path) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::array<char, kArMagic.size()> bytes;
  ASSIGN_OR_RETURN(size_t count, file.Read(bytes.data(), bytes.size()));
  return absl::string_view(bytes.data(), count) == kArMagic;
}

}  // namespace

absl::Status ReadLayer(const std::string& path, const LayerReadOptions& options,
                       LayerSink& sink, const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const LibArchive* api, LibArchive::Load());
  ASSIGN_OR_RETURN(bool is_ar, IsAr(path));
  Utf8Locale locale;
  ForeignArchive archive(*api);
  if (!is_ar) {
    RETURN_IF_ERROR(archive.Open(path, ForeignArchive::Format::kTar));
    return Reading(archive, options, sink, cancellation).Run();
  }
  RETURN_IF_ERROR(archive.Open(path, ForeignArchive::Format::kAr));
  while (true) {
    ASSIGN_OR_RETURN(bool more, archive.Next());
    if (!more) break;
    if (!absl::StartsWith(archive.name(), "data.tar")) continue;
    ForeignArchive data(*api);
    RETURN_IF_ERROR(data.OpenInside(archive, ForeignArchive::Format::kTar));
    return Reading(data, options, sink, cancellation).Run();
  }
  return absl::InvalidArgumentError(
      "no Debian package: there is no `data.tar` in it");
}

}  // namespace graph
