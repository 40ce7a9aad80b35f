// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/layer_tree.h"

#include <iterator>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/exec/merge_tree.h"

namespace graph {
namespace {

using Kind = LayerEntry::Kind;

// As the kernel: more symlinks on one way are taken for a loop.
constexpr int kMostHops = 40;

absl::Status Refused(absl::string_view path, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", absl::Utf8SafeCEscape(path), "` ", why));
}

absl::string_view Parent(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : path.substr(0, slash);
}

}  // namespace

std::string LinkPlace(absl::string_view folder, absl::string_view target) {
  std::vector<absl::string_view> parts;
  if (!absl::StartsWith(target, "/")) {
    parts = absl::StrSplit(folder, '/', absl::SkipEmpty());
  }
  for (absl::string_view part : absl::StrSplit(target, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  return absl::StrJoin(parts, "/");
}

bool LayerTree::HasBelow(const std::string& path) const {
  auto below = nodes_.lower_bound(path + "/");
  return below != nodes_.end() && absl::StartsWith(below->first, path + "/");
}

bool LayerTree::IsFolder(const std::string& path) const {
  auto node = nodes_.find(path);
  if (node == nodes_.end()) return path.empty() || HasBelow(path);
  return node->second.entry.kind == Kind::kDirectory;
}

void LayerTree::EraseBelow(const std::string& path) {
  // `/` is followed by `0`.
  nodes_.erase(nodes_.lower_bound(path + "/"), nodes_.lower_bound(path + "0"));
}

// `path` with the symlinks among its parents followed.
absl::StatusOr<std::string> LayerTree::Resolved(const std::string& path) const {
  std::string now = path;
  for (int hops = 0; hops < kMostHops; ++hops) {
    const Node* link = nullptr;
    std::string below;
    for (size_t slash = now.find('/'); slash != std::string::npos;
         slash = now.find('/', slash + 1)) {
      auto node = nodes_.find(now.substr(0, slash));
      if (node == nodes_.end() || node->second.entry.kind == Kind::kDirectory) {
        continue;
      }
      if (node->second.entry.kind != Kind::kSymlink) {
        return Refused(path, absl::StrCat("lies below `", node->first,
                                          "`, which is no folder"));
      }
      link = &node->second;
      below = now.substr(slash + 1);
      break;
    }
    if (link == nullptr) return now;
    const std::string place =
        LinkPlace(Parent(link->entry.path), link->entry.target);
    now = place.empty() ? below : absl::StrCat(place, "/", below);
  }
  return Refused(path, "lies below a loop of symlinks");
}

absl::Status LayerTree::Put(LayerEntry entry, LayerBytes bytes) {
  if (entry.path.empty()) {
    return absl::InvalidArgumentError("a layer cannot replace the root itself");
  }
  ASSIGN_OR_RETURN(entry.path, Resolved(entry.path));
  switch (entry.kind) {
    case Kind::kDirectory:
      return PutDirectory(std::move(entry), 0);
    case Kind::kOpaque: {
      const std::string path = entry.path;
      EraseBelow(path);
      RETURN_IF_ERROR(PutWeakly(std::move(entry)));
      nodes_.at(path).opaque = true;
      return absl::OkStatus();
    }
    case Kind::kHardLink:
      return CopyOf(std::move(entry));
    case Kind::kRemoved:
      EraseBelow(entry.path);
      nodes_.erase(entry.path);
      return PutLeaf(std::move(entry), {});
    default:
      return PutLeaf(std::move(entry), std::move(bytes));
  }
}

absl::Status LayerTree::PutWeakly(LayerEntry directory) {
  ASSIGN_OR_RETURN(directory.path, Resolved(directory.path));
  auto there = nodes_.find(directory.path);
  if (there != nodes_.end() && there->second.entry.kind == Kind::kDirectory) {
    return absl::OkStatus();
  }
  directory.kind = Kind::kDirectory;
  directory.mode = 0755;
  return PutDirectory(std::move(directory), 0);
}

absl::Status LayerTree::PutDirectory(LayerEntry entry, int hops) {
  if (hops == kMostHops) return Refused(entry.path, "is in a loop of symlinks");
  auto [there, is_new] = nodes_.try_emplace(entry.path);
  Node& node = there->second;
  if (!is_new && node.entry.kind == Kind::kSymlink) {
    const std::string place = LinkPlace(Parent(entry.path), node.entry.target);
    if (place.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(entry.path, Resolved(place));
    return PutDirectory(std::move(entry), hops + 1);
  }
  if (!is_new && node.entry.kind == Kind::kFile) {
    return Refused(entry.path, "would be both a file and a folder");
  }
  // What was removed and comes again is a new folder.
  const bool was_removed = !is_new && node.entry.kind == Kind::kRemoved;
  node.opaque = node.opaque || was_removed;
  node.entry = std::move(entry);
  return absl::OkStatus();
}

absl::Status LayerTree::PutLeaf(LayerEntry entry, LayerBytes bytes) {
  if (IsFolder(entry.path)) {
    if (entry.kind == Kind::kSymlink) return absl::OkStatus();
    return Refused(entry.path, "would be both a file and a folder");
  }
  const std::string path = entry.path;
  nodes_[path] = {std::move(entry), std::move(bytes), false};
  return absl::OkStatus();
}

absl::Status LayerTree::CopyOf(LayerEntry entry) {
  ASSIGN_OR_RETURN(std::string existing, Resolved(entry.target));
  auto node = nodes_.find(existing);
  if (node == nodes_.end() || (node->second.entry.kind != Kind::kFile &&
                               node->second.entry.kind != Kind::kSymlink)) {
    return Refused(entry.path, absl::StrCat("is a hard link to `", entry.target,
                                            "`, which is no file before it"));
  }
  LayerEntry copy = node->second.entry;
  copy.path = entry.path;
  return PutLeaf(std::move(copy), node->second.bytes);
}

template <typename Change>
absl::Status LayerTree::ForMatches(absl::string_view pattern,
                                   const Change& change) {
  bool used = false;
  for (auto it = nodes_.begin(); it != nodes_.end();) {
    auto next = std::next(it);
    if (MatchesPattern(pattern, it->first)) {
      used = true;
      change(it);
    }
    it = next;
  }
  if (used) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the pattern `", pattern, "` matches nothing"));
}

absl::Status LayerTree::Drop(absl::string_view pattern) {
  return ForMatches(pattern, [&](auto node) { nodes_.erase(node); });
}

absl::Status LayerTree::SetMode(absl::string_view pattern, uint32_t mode) {
  return ForMatches(pattern, [&](auto node) {
    if (node->second.entry.kind != Kind::kSymlink) {
      node->second.entry.mode = mode;
    }
  });
}

absl::Status LayerTree::SetOwner(absl::string_view pattern, uint32_t uid,
                                 uint32_t gid) {
  return ForMatches(pattern, [&](auto node) {
    node->second.entry.uid = uid;
    node->second.entry.gid = gid;
  });
}

}  // namespace graph
