// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/root_folder.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/archive/layer.h"
#include "engine/archive/layer_reader.h"
#include "engine/exec/sandbox.h"
#include "engine/os/errors.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// Of files whose times nobody told: SOURCE_DATE_EPOCH of commands.
constexpr timespec kTime{315532800, 0};
constexpr timespec kTimes[] = {kTime, kTime};

// As many as the kernel follows.
constexpr int kMostLinks = 40;

// The folder `path` below `root`. Links are followed as in a root folder of its
// own, unless `resolve` says otherwise.
FileDescriptor OpenFolder(int root, const std::string& path,
                          uint64_t resolve = RESOLVE_IN_ROOT |
                                             RESOLVE_NO_MAGICLINKS) {
  open_how how{};
  how.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  how.resolve = resolve;
  return FileDescriptor(static_cast<int>(Retry([&] {
    return syscall(SYS_openat2, root, path.empty() ? "." : path.c_str(), &how,
                   sizeof(how));
  })));
}

std::string PathOf(const FileDescriptor& folder, absl::string_view name) {
  return absl::StrCat("/proc/self/fd/", folder.get(), "/", name);
}

bool IsFolderAt(const FileDescriptor& folder, const std::string& name) {
  struct stat state;
  return fstatat(folder.get(), name.c_str(), &state, AT_SYMLINK_NOFOLLOW) ==
             0 &&
         S_ISDIR(state.st_mode);
}

// Where a link in the folder `from` leads to. Both are without links.
std::string LedTo(const std::string& from, absl::string_view target) {
  std::vector<absl::string_view> parts;
  if (!absl::StartsWith(target, "/")) {
    parts = absl::StrSplit(from, '/', absl::SkipEmpty());
  }
  for (absl::string_view part :
       absl::StrSplit(target, '/', absl::SkipEmpty())) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
  }
  return absl::StrJoin(parts, "/");
}

absl::Status Failed(const char* tried, absl::string_view path) {
  return ErrnoError(absl::StrCat("cannot ", tried), absl::StrCat("/", path));
}

}  // namespace

// One of the two readings of a layer: what it hides goes before what it brings
// comes, wherever in it they stand.
class RootLayerSink : public LayerSink {
 public:
  enum class Pass : uint8_t { kHide, kBring };

  RootLayerSink(RootFolder& root, Pass pass) : root_(root), pass_(pass) {}

  absl::Status Entry(const LayerEntry& entry) override {
    using Kind = LayerEntry::Kind;
    const bool hides =
        entry.kind == Kind::kRemoved || entry.kind == Kind::kOpaque;
    if (hides != (pass_ == Pass::kHide)) return absl::OkStatus();
    switch (entry.kind) {
      case Kind::kRemoved:
        return root_.Remove(entry.path);
      case Kind::kOpaque:
        return root_.Empty(entry.path);
      case Kind::kDirectory:
        return root_.MakeFolder(entry.path, entry.mode);
      case Kind::kFile:
        return Begin(entry);
      case Kind::kSymlink:
        return MakeLink(entry);
      case Kind::kHardLink:
        return MakeHardLink(entry);
    }
    return absl::InternalError("an entry of no kind");
  }

  absl::Status Write(absl::string_view bytes) override {
    if (pass_ == Pass::kHide) return absl::OkStatus();
    while (!bytes.empty()) {
      const ssize_t count =
          Retry([&] { return write(file_.get(), bytes.data(), bytes.size()); });
      if (count <= 0) return Failed("write", path_);
      bytes.remove_prefix(count);
    }
    return absl::OkStatus();
  }

  absl::Status EndFile() override {
    if (pass_ == Pass::kHide) return absl::OkStatus();
    if (fchmod(file_.get(), mode_) != 0 || futimens(file_.get(), kTimes) != 0) {
      return Failed("finish", path_);
    }
    file_ = FileDescriptor();
    return absl::OkStatus();
  }

 private:
  absl::Status Begin(const LayerEntry& entry) {
    ASSIGN_OR_RETURN(const RootFolder::Place place, root_.PlaceOf(entry.path));
    RETURN_IF_ERROR(root_.Clear(place));
    path_ = entry.path;
    mode_ = entry.mode;
    file_ =
        FileDescriptor(openat(place.folder.get(), place.name.c_str(),
                              O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return file_.valid() ? absl::OkStatus() : Failed("make", path_);
  }

  absl::Status MakeLink(const LayerEntry& entry) {
    ASSIGN_OR_RETURN(const RootFolder::Place place, root_.PlaceOf(entry.path));
    RETURN_IF_ERROR(root_.Clear(place));
    if (symlinkat(entry.target.c_str(), place.folder.get(),
                  place.name.c_str()) != 0 ||
        utimensat(place.folder.get(), place.name.c_str(), kTimes,
                  AT_SYMLINK_NOFOLLOW) != 0) {
      return Failed("make", entry.path);
    }
    return absl::OkStatus();
  }

  absl::Status MakeHardLink(const LayerEntry& entry) {
    ASSIGN_OR_RETURN(const RootFolder::Place from, root_.PlaceOf(entry.target));
    ASSIGN_OR_RETURN(const RootFolder::Place to, root_.PlaceOf(entry.path));
    struct stat a, b;
    if (fstatat(from.folder.get(), from.name.c_str(), &a,
                AT_SYMLINK_NOFOLLOW) == 0 &&
        fstatat(to.folder.get(), to.name.c_str(), &b, AT_SYMLINK_NOFOLLOW) ==
            0 &&
        a.st_dev == b.st_dev && a.st_ino == b.st_ino) {
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(root_.Clear(to));
    if (linkat(from.folder.get(), from.name.c_str(), to.folder.get(),
               to.name.c_str(), 0) != 0) {
      return ErrnoError(
          "cannot make a hard link",
          absl::StrCat("from /", entry.path, " to /", entry.target));
    }
    return absl::OkStatus();
  }

  RootFolder& root_;
  const Pass pass_;
  FileDescriptor file_;
  std::string path_;
  uint32_t mode_ = 0;
};

absl::StatusOr<RootFolder> RootFolder::Make(const std::string& path) {
  RETURN_IF_ERROR(MakeDirectory(path));
  ASSIGN_OR_RETURN(FileDescriptor folder, OpenDirectory(path));
  return RootFolder(path, std::move(folder));
}

absl::StatusOr<std::string> RootFolder::RealPathOf(
    const FileDescriptor& folder) const {
  ASSIGN_OR_RETURN(const std::string real,
                   ReadLink(absl::StrCat("/proc/self/fd/", folder.get())));
  ASSIGN_OR_RETURN(const std::string top,
                   ReadLink(absl::StrCat("/proc/self/fd/", root_.get())));
  if (real == top) return "";
  absl::string_view inside = real;
  if (!absl::ConsumePrefix(&inside, absl::StrCat(top, "/"))) {
    return absl::InternalError(
        absl::StrCat("a folder of a root filesystem is ", real));
  }
  return std::string(inside);
}

absl::StatusOr<RootFolder::Place> RootFolder::PlaceOf(const std::string& path,
                                                      int links) {
  const size_t slash = path.rfind('/');
  const std::string parent =
      slash == std::string::npos ? "" : path.substr(0, slash);
  Place place;
  place.name = slash == std::string::npos ? path : path.substr(slash + 1);
  place.folder = OpenFolder(root_.get(), parent);
  if (!place.folder.valid() && (errno == ENOENT || errno == ENOTDIR)) {
    RETURN_IF_ERROR(MakeParent(parent, links));
    place.folder = OpenFolder(root_.get(), parent);
  }
  if (!place.folder.valid()) return Failed("enter", parent);
  return place;
}

// Where a link leads to nothing, that is made: `bin` may come before `usr/bin`.
absl::Status RootFolder::MakeParent(const std::string& path, int links) {
  if (links > kMostLinks) {
    errno = ELOOP;
    return Failed("enter", path);
  }
  ASSIGN_OR_RETURN(const Place place, PlaceOf(path, links + 1));
  absl::StatusOr<std::string> target =
      ReadLink(PathOf(place.folder, place.name));
  if (!target.ok()) return MakeFolderAt(place, path, 0755);
  ASSIGN_OR_RETURN(const std::string from, RealPathOf(place.folder));
  // Something in the folder that the link should lead to.
  return PlaceOf(absl::StrCat(LedTo(from, *target), "/x"), links + 1).status();
}

absl::Status RootFolder::Clear(const Place& place) {
  if (unlinkat(place.folder.get(), place.name.c_str(), 0) == 0 ||
      errno == ENOENT) {
    return absl::OkStatus();
  }
  return RemoveTree(PathOf(place.folder, place.name));
}

absl::Status RootFolder::MakeFolder(const std::string& path, uint32_t mode) {
  ASSIGN_OR_RETURN(const Place place, PlaceOf(path));
  return MakeFolderAt(place, path, mode);
}

absl::Status RootFolder::MakeFolderAt(const Place& place,
                                      const std::string& path, uint32_t mode) {
  if (!IsFolderAt(place.folder, place.name)) {
    RETURN_IF_ERROR(Clear(place));
    if (mkdirat(place.folder.get(), place.name.c_str(), 0755) != 0) {
      return Failed("make", path);
    }
  }
  ASSIGN_OR_RETURN(const std::string parent, RealPathOf(place.folder));
  modes_[parent.empty() ? place.name : absl::StrCat(parent, "/", place.name)] =
      mode;
  return absl::OkStatus();
}

absl::Status RootFolder::Remove(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string parent =
      slash == std::string::npos ? "" : path.substr(0, slash);
  Place place;
  place.name = slash == std::string::npos ? path : path.substr(slash + 1);
  place.folder = OpenFolder(root_.get(), parent);
  if (!place.folder.valid()) return absl::OkStatus();
  return Clear(place);
}

absl::Status RootFolder::Empty(const std::string& path) {
  const FileDescriptor folder = OpenFolder(root_.get(), path);
  if (!folder.valid()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> entries,
                   ListDirectory(PathOf(folder, "")));
  for (const DirectoryEntry& entry : entries) {
    RETURN_IF_ERROR(RemoveTree(PathOf(folder, entry.name)));
  }
  return absl::OkStatus();
}

absl::Status RootFolder::Clone(const std::string& other) {
  return CloneFolder(other, path_, "");
}

// `path` is that of the folder in the root filesystem.
absl::Status RootFolder::CloneFolder(const std::string& from,
                                     const std::string& to,
                                     const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> entries,
                   ListDirectory(from));
  for (const DirectoryEntry& entry : entries) {
    const std::string old = absl::StrCat(from, "/", entry.name);
    const std::string made = absl::StrCat(to, "/", entry.name);
    if (entry.type == FileType::kDirectory) {
      const std::string inside =
          path.empty() ? entry.name : absl::StrCat(path, "/", entry.name);
      ASSIGN_OR_RETURN(const FileState state, LinkStat(old));
      modes_[inside] = state.mode;
      RETURN_IF_ERROR(MakeDirectory(made));
      RETURN_IF_ERROR(CloneFolder(old, made, inside));
    } else if (!HardLink(old, made).ok()) {
      // A file may only have so many names.
      if (entry.type == FileType::kSymlink) {
        ASSIGN_OR_RETURN(const std::string target, ReadLink(old));
        RETURN_IF_ERROR(Symlink(target, made));
      } else {
        RETURN_IF_ERROR(CopyFile(old, made));
      }
      if (utimensat(AT_FDCWD, made.c_str(), kTimes, AT_SYMLINK_NOFOLLOW) != 0) {
        return ErrnoError("cannot set the times of", made);
      }
    }
  }
  return absl::OkStatus();
}

absl::Status RootFolder::Apply(const std::string& path,
                               const Cancellation& cancellation) {
  LayerReadOptions options;
  options.skip_devices = true;
  RootLayerSink hide(*this, RootLayerSink::Pass::kHide);
  RETURN_IF_ERROR(ReadLayer(path, options, hide, cancellation));
  RootLayerSink bring(*this, RootLayerSink::Pass::kBring);
  return ReadLayer(path, options, bring, cancellation);
}

absl::Status RootFolder::Finish() {
  for (const char* name : kSandboxFolders) {
    ASSIGN_OR_RETURN(const Place place, PlaceOf(name));
    if (IsFolderAt(place.folder, place.name)) continue;
    // A link would have the sandbox mount something elsewhere.
    RETURN_IF_ERROR(MakeFolder(name, 0755));
  }
  // What is deepest comes first: a folder's own mode may forbid to enter it.
  for (auto mode = modes_.rbegin(); mode != modes_.rend(); ++mode) {
    const FileDescriptor folder = OpenFolder(
        root_.get(), mode->first, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    if (!folder.valid()) continue;  // A layer has something else there.
    if (futimens(folder.get(), kTimes) != 0 ||
        fchmod(folder.get(), mode->second) != 0) {
      return Failed("finish", mode->first);
    }
  }
  return absl::OkStatus();
}

}  // namespace graph
