// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/verify.h"

#include <algorithm>
#include <span>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/tree.h"
#include "engine/exec/merge_tree.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

using Kind = OutputEntry::Kind;

constexpr size_t kBufferBytes = 1 << 20;

absl::StatusOr<Digest> DigestFile(const std::string& path) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  Digester digester;
  std::string buffer(kBufferBytes, '\0');
  for (;;) {
    ASSIGN_OR_RETURN(const size_t size,
                     file.Read(buffer.data(), buffer.size()));
    if (size == 0) return digester.Finish();
    digester.Update(absl::string_view(buffer.data(), size));
  }
}

// Names what it is given and keeps nothing: with it, PutDirectory only tells
// the digest of a folder.
class NamingStore final : public BlobStore {
 public:
  absl::StatusOr<std::vector<Digest>> Missing(
      std::span<const Digest> wanted) override {
    return std::vector<Digest>(wanted.begin(), wanted.end());
  }
  absl::StatusOr<std::string> Get(const Digest& digest) override {
    return absl::NotFoundError(digest.ToString());
  }
  absl::StatusOr<Digest> Put(absl::string_view bytes) override {
    return Digest::Of(bytes);
  }
  absl::StatusOr<Digest> PutFile(const std::string& path, bool) override {
    return DigestFile(path);
  }
  absl::Status Link(const Digest& digest, bool, const std::string&) override {
    return absl::NotFoundError(digest.ToString());
  }
};

std::string KindText(FileType type) {
  switch (type) {
    case FileType::kRegular:
      return "a file";
    case FileType::kDirectory:
      return "a folder";
    case FileType::kSymlink:
      return "a symbolic link";
    case FileType::kAbsent:
    case FileType::kOther:
      break;
  }
  return "neither a file, a folder nor a symbolic link";
}

FileType TypeOf(Kind kind) {
  switch (kind) {
    case Kind::kFile:
      return FileType::kRegular;
    case Kind::kDirectory:
      return FileType::kDirectory;
    case Kind::kSymlink:
      return FileType::kSymlink;
  }
  return FileType::kOther;
}

// What is at `path` instead of `wanted`; empty if it is that.
absl::StatusOr<std::string> Difference(const OutputEntry& wanted,
                                       const std::string& path) {
  ASSIGN_OR_RETURN(const FileState state, LinkStat(path));
  if (state.type != TypeOf(wanted.kind)) {
    return absl::StrCat("is ", KindText(state.type), ", not ",
                        KindText(TypeOf(wanted.kind)));
  }
  if (wanted.kind == Kind::kSymlink) {
    ASSIGN_OR_RETURN(const std::string target, ReadLink(path));
    if (target == wanted.target) return "";
    return absl::StrCat("leads to ", target, ", not to ", wanted.target);
  }
  if (wanted.kind == Kind::kDirectory) {
    NamingStore store;
    ASSIGN_OR_RETURN(const Digest digest, PutDirectory(path, false, store));
    return digest == wanted.digest ? "" : "is a folder with other content";
  }
  if (state.size != wanted.digest.size()) {
    return absl::StrCat("has ", state.size, " bytes, not ",
                        wanted.digest.size());
  }
  ASSIGN_OR_RETURN(const Digest digest, DigestFile(path));
  if (digest != wanted.digest) {
    return absl::StrCat("has the sha256 ", digest.hex(), ", not ",
                        wanted.digest.hex());
  }
  if (wanted.executable && !state.executable()) return "is not executable";
  return "";
}

using Mismatches = std::vector<Mismatch>;

// Compares what is listed at `path`.
void Compare(const OutputEntry& wanted, const std::string& path,
             Mismatches& mismatches) {
  const absl::StatusOr<std::string> difference = Difference(wanted, path);
  if (!difference.ok()) {
    const bool absent = absl::IsNotFound(difference.status()) ||
                        absl::IsFailedPrecondition(difference.status());
    mismatches.push_back(
        absent ? Mismatch{Mismatch::Kind::kMissing, wanted.path, ""}
               : Mismatch{Mismatch::Kind::kUnreadable, wanted.path,
                          std::string(difference.status().message())});
  } else if (!difference->empty()) {
    mismatches.push_back({Mismatch::Kind::kWrong, wanted.path, *difference});
  }
}

// Finds what nobody listed.
class Walk {
 public:
  Walk(const std::vector<OutputEntry>& expected, const VerifyOptions& options,
       const absl::StatusOr<FileState>& manifest, Mismatches& mismatches)
      : options_(options), manifest_(manifest), mismatches_(mismatches) {
    for (const OutputEntry& entry : expected) listed_.insert(entry.path);
  }

  // `below` is "" or ends with a `/`.
  void Look(const std::string& folder, const std::string& below) {
    const auto entries = ListDirectory(absl::StrCat(folder, "/", below));
    if (!entries.ok()) {
      mismatches_.push_back({Mismatch::Kind::kUnreadable,
                             below.empty() ? "." : below,
                             std::string(entries.status().message())});
      return;
    }
    for (const DirectoryEntry& entry : *entries) {
      const std::string path = absl::StrCat(below, entry.name);
      if (listed_.contains(path) || IsIgnored(path)) continue;
      if (entry.type == FileType::kDirectory) {
        Look(folder, absl::StrCat(path, "/"));
      } else if (!IsManifest(absl::StrCat(folder, "/", path))) {
        mismatches_.push_back({Mismatch::Kind::kExtra, path, ""});
      }
    }
  }

  bool IsIgnored(const std::string& path) const {
    return std::any_of(options_.ignore.begin(), options_.ignore.end(),
                       [&](const std::string& pattern) {
                         return MatchesPattern(pattern, path);
                       });
  }

 private:
  bool IsManifest(const std::string& path) const {
    if (!manifest_.ok()) return false;
    const absl::StatusOr<FileState> state = LinkStat(path);
    return state.ok() && state->inode == manifest_->inode &&
           state->device == manifest_->device;
  }

  const VerifyOptions& options_;
  const absl::StatusOr<FileState>& manifest_;
  Mismatches& mismatches_;
  absl::flat_hash_set<std::string> listed_;
};

}  // namespace

absl::string_view MismatchName(Mismatch::Kind kind) {
  switch (kind) {
    case Mismatch::Kind::kMissing:
      return "missing";
    case Mismatch::Kind::kWrong:
      return "wrong";
    case Mismatch::Kind::kUnreadable:
      return "unreadable";
    case Mismatch::Kind::kExtra:
      return "extra";
  }
  return "unknown";
}

absl::StatusOr<Verification> Verify(const std::vector<OutputEntry>& expected,
                                    const std::string& folder,
                                    const std::string& manifest,
                                    const VerifyOptions& options) {
  if (!IsDirectory(folder)) {
    return absl::InvalidArgumentError(absl::StrCat(
        folder, Exists(folder) ? " is no folder" : " does not exist"));
  }
  Verification result;
  const absl::StatusOr<FileState> own = Stat(manifest);
  Walk walk(expected, options, own, result.mismatches);
  for (const OutputEntry& wanted : expected) {
    if (walk.IsIgnored(wanted.path)) continue;
    ++result.checked;
    Compare(wanted, absl::StrCat(folder, "/", wanted.path), result.mismatches);
  }
  if (!options.allow_extra) walk.Look(folder, "");
  std::stable_sort(
      result.mismatches.begin(), result.mismatches.end(),
      [](const Mismatch& a, const Mismatch& b) { return a.path < b.path; });
  return result;
}

}  // namespace graph
