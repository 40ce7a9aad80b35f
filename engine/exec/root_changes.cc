// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/root_changes.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/layer.h"
#include "engine/archive/layer_writer.h"
#include "engine/exec/sandbox.h"
#include "engine/os/errors.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

constexpr size_t kPiece = 1 << 17;

std::string Joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : absl::StrCat(folder, "/", name);
}

// What a file is, as far as a layer tells. Absent: mode 0.
struct Look {
  mode_t mode = 0;
  int64_t size = 0;
  bool is_whiteout = false;

  bool IsFolder() const { return S_ISDIR(mode); }
  bool IsFile() const { return S_ISREG(mode); }
  bool IsLink() const { return S_ISLNK(mode); }
  bool is_there() const { return mode != 0 && !is_whiteout; }
};

absl::StatusOr<Look> LookAt(const std::string& path) {
  struct stat state;
  if (lstat(path.c_str(), &state) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Look();
    return ErrnoError("cannot look at", path);
  }
  Look look;
  look.mode = state.st_mode;
  look.size = state.st_size;
  look.is_whiteout = S_ISCHR(state.st_mode) && state.st_rdev == makedev(0, 0);
  return look;
}

// Commands are root in their sandbox and may have locked out their own user.
absl::Status Unlock(const std::string& path, const Look& look) {
  const mode_t needed = look.IsFolder() ? 0700 : 0400;
  if ((look.mode & needed) == needed || look.IsLink()) return absl::OkStatus();
  return SetMode(path, (look.mode & 07777) | needed);
}

absl::StatusOr<bool> HaveSameBytes(const std::string& a, const std::string& b) {
  ASSIGN_OR_RETURN(InputFile file_a, InputFile::Open(a));
  ASSIGN_OR_RETURN(InputFile file_b, InputFile::Open(b));
  std::vector<char> piece_a(kPiece), piece_b(kPiece);
  while (true) {
    ASSIGN_OR_RETURN(const size_t size_a, file_a.Read(piece_a.data(), kPiece));
    ASSIGN_OR_RETURN(const size_t size_b, file_b.Read(piece_b.data(), kPiece));
    if (size_a != size_b ||
        !std::equal(piece_a.begin(), piece_a.begin() + size_a,
                    piece_b.begin())) {
      return false;
    }
    if (size_a == 0) return true;
  }
}

// How a folder that the overlay kept stands to the one of the same path in the
// root filesystem.
enum class Below : uint8_t {
  kNone,      // There is none: not through a link, either.
  kMerged,    // What is not above is as it was.
  kReplaced,  // What is not above is gone.
};

// Goes through what an overlay kept, folder by folder.
class Changes {
 public:
  Changes(const std::string& root, const std::string& upper)
      : root_(root), upper_(upper) {}

  // `folder` is relative to both.
  absl::Status Walk(const std::string& folder, Below old);

  const std::vector<LayerEntry>& entries() const { return entries_; }

 private:
  std::string OldPath(const std::string& path) const {
    return absl::StrCat(root_, "/", path);
  }
  std::string NewPath(const std::string& path) const {
    return absl::StrCat(upper_, "/", path);
  }
  absl::Status Take(const std::string& path, Below old);
  absl::Status TakeFolder(const std::string& path, const Look& above,
                          const Look& below, Below old);
  absl::Status TakeLeaf(const std::string& path, const Look& above,
                        const Look& below);
  absl::StatusOr<bool> IsSame(const std::string& path, const Look& above,
                              const Look& below) const;
  // What of the old folder is not in the new one.
  absl::Status TakeMissing(const std::string& folder);
  void Add(const std::string& path, LayerEntry::Kind kind, const Look& look,
           std::string target);

  const std::string& root_;
  const std::string& upper_;
  std::vector<LayerEntry> entries_;
};

void Changes::Add(const std::string& path, LayerEntry::Kind kind,
                  const Look& look, std::string target) {
  LayerEntry entry;
  entry.path = path;
  entry.kind = kind;
  if (kind == LayerEntry::Kind::kFile || kind == LayerEntry::Kind::kDirectory) {
    entry.mode = look.mode & 07777;
  }
  if (kind == LayerEntry::Kind::kFile) entry.size = look.size;
  entry.target = std::move(target);
  entries_.push_back(std::move(entry));
}

absl::Status Changes::Walk(const std::string& folder, Below old) {
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> entries,
                   ListDirectory(NewPath(folder)));
  for (const DirectoryEntry& entry : entries) {
    if (folder.empty() &&
        std::find(std::begin(kSandboxFolders), std::end(kSandboxFolders),
                  entry.name) != std::end(kSandboxFolders)) {
      continue;
    }
    const std::string path = Joined(folder, entry.name);
    if (absl::StartsWith(entry.name, kWhiteoutPrefix)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the command left /", path,
          ", but in a layer names that begin with `.wh.` mean that something "
          "was removed; remove it or call it otherwise"));
    }
    RETURN_IF_ERROR(Take(path, old));
  }
  return absl::OkStatus();
}

absl::Status Changes::Take(const std::string& path, Below old) {
  ASSIGN_OR_RETURN(const Look above, LookAt(NewPath(path)));
  Look below;
  if (old != Below::kNone) {
    ASSIGN_OR_RETURN(below, LookAt(OldPath(path)));
  }
  if (above.is_whiteout) {
    // Of a folder that was replaced, TakeMissing() has told it.
    if (below.is_there() && old == Below::kMerged) {
      Add(path, LayerEntry::Kind::kRemoved, {}, "");
    }
    return absl::OkStatus();
  }
  if (above.IsFolder()) return TakeFolder(path, above, below, old);
  return TakeLeaf(path, above, below);
}

absl::Status Changes::TakeFolder(const std::string& path, const Look& above,
                                 const Look& below, Below old) {
  if (!below.IsFolder() || below.mode != above.mode) {
    Add(path, LayerEntry::Kind::kDirectory, above, "");
  }
  RETURN_IF_ERROR(Unlock(NewPath(path), above));
  char opaque = '\0';
  const bool is_opaque = lgetxattr(NewPath(path).c_str(), "user.overlay.opaque",
                                   &opaque, 1) == 1 &&
                         opaque == 'y';
  if (!below.IsFolder()) {
    old = Below::kNone;
  } else if (is_opaque) {
    old = Below::kReplaced;
  }
  if (old == Below::kReplaced) {
    RETURN_IF_ERROR(TakeMissing(path));
  }
  return Walk(path, old);
}

absl::Status Changes::TakeMissing(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> old,
                   ListDirectory(OldPath(folder)));
  for (const DirectoryEntry& entry : old) {
    const std::string path = Joined(folder, entry.name);
    ASSIGN_OR_RETURN(const Look above, LookAt(NewPath(path)));
    if (!above.is_there()) Add(path, LayerEntry::Kind::kRemoved, {}, "");
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Changes::IsSame(const std::string& path, const Look& above,
                                     const Look& below) const {
  if (above.IsLink() && below.IsLink()) {
    ASSIGN_OR_RETURN(const std::string target, ReadLink(NewPath(path)));
    ASSIGN_OR_RETURN(const std::string old, ReadLink(OldPath(path)));
    return target == old;
  }
  if (above.mode != below.mode || above.size != below.size) return false;
  return HaveSameBytes(NewPath(path), OldPath(path));
}

absl::Status Changes::TakeLeaf(const std::string& path, const Look& above,
                               const Look& below) {
  if (S_ISSOCK(above.mode)) return absl::OkStatus();
  if (!above.IsFile() && !above.IsLink()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the command left /", path,
                     ", a pipe or a device, which a layer of ours cannot hold; "
                     "remove it"));
  }
  RETURN_IF_ERROR(Unlock(NewPath(path), above));
  ASSIGN_OR_RETURN(const bool is_same, IsSame(path, above, below));
  if (is_same) return absl::OkStatus();
  if (above.IsFile()) {
    Add(path, LayerEntry::Kind::kFile, above, "");
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::string target, ReadLink(NewPath(path)));
  Add(path, LayerEntry::Kind::kSymlink, above, std::move(target));
  return absl::OkStatus();
}

absl::Status CopyTo(const std::string& path, ByteSink& out) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::vector<char> piece(kPiece);
  while (true) {
    ASSIGN_OR_RETURN(const size_t size, file.Read(piece.data(), kPiece));
    if (size == 0) return absl::OkStatus();
    RETURN_IF_ERROR(out.Write({piece.data(), size}));
  }
}

}  // namespace

absl::StatusOr<Digest> LayerOfChanges(const std::string& root,
                                      const std::string& upper,
                                      BlobStore& store) {
  Changes changes(root, upper);
  RETURN_IF_ERROR(changes.Walk("", Below::kMerged));
  const std::vector<LayerEntry>& entries = changes.entries();
  ASSIGN_OR_RETURN(const std::string path, store.NewTemporaryPath());
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSink> file, FileSink(path));
  const LayerContent content = [&](size_t index, ByteSink& out) {
    return CopyTo(absl::StrCat(upper, "/", entries[index].path), out);
  };
  absl::Status written = WriteLayer(entries, content, *file);
  if (!written.ok()) {
    RemoveTree(path).IgnoreError();
    return written;
  }
  return store.PutFile(path, /*consume=*/true);
}

}  // namespace graph
