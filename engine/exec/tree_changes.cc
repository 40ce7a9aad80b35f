// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/tree_changes.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/last_use.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/tree.h"
#include "engine/os/file_use.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

constexpr uint32_t kFolderMode = 0755;  // As LinkDirectory() makes them.

absl::StatusOr<Directory> FolderOf(const Digest& digest, BlobStore& store) {
  ASSIGN_OR_RETURN(const std::string bytes, store.Get(digest));
  return Directory::Decode(bytes);
}

SpawnInput Wanted(const FileNode& file) {
  SpawnInput wanted;
  wanted.digest = file.digest;
  wanted.executable = file.executable;
  return wanted;
}

SpawnInput Wanted(const SymlinkNode& link) {
  SpawnInput wanted;
  wanted.kind = SpawnInput::Kind::kSymlink;
  wanted.target = link.target;
  return wanted;
}

SpawnInput Wanted(const DirectoryNode& folder) {
  SpawnInput wanted;
  wanted.kind = SpawnInput::Kind::kDirectory;
  wanted.digest = folder.digest;
  return wanted;
}

class Comparison {
 public:
  explicit Comparison(BlobStore& store) : store_(store) {}

  // Of two folders at `prefix`, which is empty or ends with a slash.
  absl::Status Compare(const Digest& from, const Digest& to,
                       const std::string& prefix) {
    ASSIGN_OR_RETURN(const Directory old, FolderOf(from, store_));
    ASSIGN_OR_RETURN(const Directory now, FolderOf(to, store_));
    // What a name stood for goes before it stands for something else.
    CompareNodes(old.files, now.files, prefix);
    CompareNodes(old.symlinks, now.symlinks, prefix);
    CompareNodes(old.directories, now.directories, prefix);
    for (const auto& [path, digests] : std::exchange(differing_, {})) {
      RETURN_IF_ERROR(Compare(digests.first, digests.second, path + "/"));
    }
    return absl::OkStatus();
  }

  TreeDifference Take() {
    // Removals first: a file of the old tree may be a folder of the new one.
    for (TreeChange& change : added_) {
      difference_.changes.push_back(std::move(change));
    }
    return std::move(difference_);
  }

 private:
  template <typename Node>
  void CompareNodes(const std::vector<Node>& old, const std::vector<Node>& now,
                    const std::string& prefix) {
    auto was = old.begin();
    for (const Node& node : now) {
      for (; was != old.end() && was->name < node.name; ++was) {
        Remove(prefix + was->name);
      }
      const bool there = was != old.end() && was->name == node.name;
      if (there && *was == node) {
        ++difference_.same;
      } else if (there) {
        Change(*was, node, prefix + node.name);
      } else {
        added_.push_back({prefix + node.name, Wanted(node)});
      }
      if (there) ++was;
    }
    for (; was != old.end(); ++was) Remove(prefix + was->name);
  }

  template <typename Node>
  void Change(const Node& /*old*/, const Node& now, std::string path) {
    added_.push_back({std::move(path), Wanted(now)});
  }
  void Change(const DirectoryNode& old, const DirectoryNode& now,
              std::string path) {
    differing_.push_back({std::move(path), {old.digest, now.digest}});
  }

  void Remove(std::string path) {
    difference_.changes.push_back({std::move(path), std::nullopt});
  }

  BlobStore& store_;
  TreeDifference difference_;
  std::vector<TreeChange> added_;
  std::vector<std::pair<std::string, std::pair<Digest, Digest>>> differing_;
};

class Inspection {
 public:
  Inspection(BlobStore& store, bool use) : store_(store), use_(use) {}

  absl::Status Inspect(const Digest& digest, const std::string& path,
                       const std::string& prefix) {
    ASSIGN_OR_RETURN(const Directory folder, FolderOf(digest, store_));
    ASSIGN_OR_RETURN(const FileState state, LinkStat(path));
    if (use_ && state.mode != kFolderMode) {
      RETURN_IF_ERROR(SetMode(path, kFolderMode));
    }
    ASSIGN_OR_RETURN(const FileDescriptor opened, OpenDirectory(path));
    for (const FileNode& file : folder.files) {
      absl::StatusOr<FileUse> use = LinkStatUseAt(opened, file.name);
      if (!use.ok() || !IsSealed(use->state, file.digest, file.executable)) {
        broken_.push_back({prefix + file.name, Wanted(file)});
      } else if (use_ &&
                 use->used_ns / 1'000'000'000 + kUseGrainS < NowSeconds()) {
        MarkUsed(absl::StrCat(path, "/", file.name)).IgnoreError();
      }
    }
    for (const SymlinkNode& link : folder.symlinks) {
      const auto target = ReadLink(absl::StrCat(path, "/", link.name));
      if (!target.ok() || *target != link.target) {
        broken_.push_back({prefix + link.name, Wanted(link)});
      }
    }
    for (const DirectoryNode& child : folder.directories) {
      const std::string below = absl::StrCat(path, "/", child.name);
      absl::StatusOr<FileState> there = LinkStat(below);
      if (!there.ok() || there->type != FileType::kDirectory) {
        broken_.push_back({prefix + child.name, Wanted(child)});
        continue;
      }
      RETURN_IF_ERROR(
          Inspect(child.digest, below, absl::StrCat(prefix, child.name, "/")));
    }
    return absl::OkStatus();
  }

  std::vector<TreeChange> Take() { return std::move(broken_); }

 private:
  BlobStore& store_;
  const bool use_;
  std::vector<TreeChange> broken_;
};

absl::Status Make(const SpawnInput& wanted, const std::string& path,
                  BlobStore& store) {
  switch (wanted.kind) {
    case SpawnInput::Kind::kFile:
      return store.Link(wanted.digest, wanted.executable, path);
    case SpawnInput::Kind::kSymlink:
      return Symlink(wanted.target, path);
    case SpawnInput::Kind::kDirectory:
      return LinkDirectory(wanted.digest, path, store);
  }
  return absl::InternalError("an entry of no kind");
}

}  // namespace

absl::StatusOr<TreeDifference> DifferenceOf(const Digest& from,
                                            const Digest& to,
                                            BlobStore& store) {
  Comparison comparison(store);
  RETURN_IF_ERROR(comparison.Compare(from, to, ""));
  return comparison.Take();
}

absl::StatusOr<std::vector<TreeChange>> FindBroken(const Digest& digest,
                                                   const std::string& path,
                                                   BlobStore& store, bool use) {
  Inspection inspection(store, use);
  RETURN_IF_ERROR(inspection.Inspect(digest, path, ""));
  return inspection.Take();
}

absl::Status ApplyChanges(const std::vector<TreeChange>& changes,
                          const std::string& path, BlobStore& store) {
  for (const TreeChange& change : changes) {
    const std::string place = absl::StrCat(path, "/", change.path);
    if (!change.wanted.has_value()) {
      RETURN_IF_ERROR(RemoveTree(place));
      continue;
    }
    ASSIGN_OR_RETURN(const std::string fresh, store.NewTemporaryPath());
    absl::Status made = Make(*change.wanted, fresh, store);
    if (made.ok()) {
      made = Exists(place) ? ExchangeNames(fresh, place) : Rename(fresh, place);
    }
    const absl::Status removed = RemoveTree(fresh);
    RETURN_IF_ERROR(made);
    RETURN_IF_ERROR(removed);
  }
  return absl::OkStatus();
}

}  // namespace graph
