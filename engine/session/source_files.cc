// SPDX-License-Identifier: Apache-2.0
#include "engine/session/source_files.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/os/clock.h"
#include "engine/os/filesystem.h"
#include "engine/session/embedded_rules.h"

namespace graph {
namespace {

// nullptr if `path` is not that of an embedded file.
const EmbeddedFile* FindEmbedded(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, kEmbeddedRoot)) return nullptr;
  const std::span<const EmbeddedFile> files = EmbeddedRules();
  auto it =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const EmbeddedFile& file, absl::string_view wanted) {
                         return file.path < wanted;
                       });
  return it != files.end() && it->path == path ? &*it : nullptr;
}

absl::Status Changed(absl::string_view path) {
  return absl::FailedPreconditionError(absl::StrCat(
      "`", path, "` was changed while it was being built: build again"));
}

}  // namespace

absl::StatusOr<SpawnInput> SourceFiles::Resolve(const Artifact& source) {
  SpawnInput input;
  input.path = source.path;
  if (const EmbeddedFile* file = FindEmbedded(source.path)) {
    input.digest = Digest::Of(file->text);
    input.executable = absl::StartsWith(file->text, "#!");
    return input;
  }
  const std::string path = absl::StrCat(root_, "/", source.path);
  const FileStamp stamp = SettledStamp(path);
  reads_.Add(path, stamp);
  if (TypeOf(stamp) == FileType::kAbsent) {
    return absl::NotFoundError(
        absl::StrCat("source `", source.path, "` is not there any more"));
  }
  if (TypeOf(stamp) != FileType::kRegular) {
    return absl::InvalidArgumentError(absl::StrCat(
        "source `", source.path,
        "` is not a file: name its files, for example with glob([\"",
        source.path, "/**\"])"));
  }
  ASSIGN_OR_RETURN(input.digest, DigestOf(path, stamp));
  input.executable = (stamp.mode & 0100) != 0;
  return input;
}

absl::StatusOr<Digest> SourceFiles::DigestOf(const std::string& path,
                                             const FileStamp& stamp) {
  if (std::optional<Digest> known = table_.Find(path, stamp)) return *known;
  const bool settled = stamp.IsSettled(FileClockNanos());
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  ASSIGN_OR_RETURN(const FileState after, Stat(path));
  if (StampOf(after) != stamp) return Changed(path);
  const Digest digest = Digest::Of(bytes);
  if (settled) table_.Set(path, stamp, digest);
  return digest;
}

absl::Status SourceFiles::Provide(const Artifact& source,
                                  const SpawnInput& resolved) {
  ASSIGN_OR_RETURN(const std::vector<Digest> missing,
                   store_.Missing({&resolved.digest, 1}));
  if (missing.empty()) return absl::OkStatus();
  absl::StatusOr<Digest> stored;
  if (const EmbeddedFile* file = FindEmbedded(source.path)) {
    stored = store_.Put(file->text);
  } else {
    stored = store_.PutFile(absl::StrCat(root_, "/", source.path), false);
  }
  RETURN_IF_ERROR(stored.status()) << "storing source `" << source.path << "`";
  return *stored == resolved.digest ? absl::OkStatus() : Changed(source.path);
}

}  // namespace graph
