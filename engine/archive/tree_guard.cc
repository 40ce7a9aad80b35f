// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tree_guard.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

// As the kernel: more symlinks on one way are taken for a loop, which leads
// nowhere.
constexpr int kMostHops = 40;

absl::Status Refused(absl::string_view path, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", absl::Utf8SafeCEscape(path), "` ", why));
}

void PushParts(absl::string_view path, std::vector<std::string>& todo) {
  std::vector<std::string> parts = absl::StrSplit(path, '/', absl::SkipEmpty());
  todo.insert(todo.end(), std::make_move_iterator(parts.rbegin()),
              std::make_move_iterator(parts.rend()));
}

}  // namespace

absl::StatusOr<std::string> NormalisedPath(absl::string_view name) {
  if (absl::StartsWith(name, "/")) return Refused(name, "is an absolute path");
  if (absl::StrContains(name, '\0')) return Refused(name, "has a NUL in it");
  std::vector<absl::string_view> parts;
  for (absl::string_view part : absl::StrSplit(name, '/')) {
    if (part == "..") return Refused(name, "has a `..` in it");
    if (!part.empty() && part != ".") parts.push_back(part);
  }
  return absl::StrJoin(parts, "/");
}

absl::Status TreeGuard::AddParents(absl::string_view path) {
  for (size_t slash = path.rfind('/'); slash != absl::string_view::npos;
       slash = path.rfind('/')) {
    path = path.substr(0, slash);
    auto [node, added] = nodes_.try_emplace(std::string(path));
    if (node->second.kind != Node::Kind::kDirectory) {
      return Refused(path, "is a file or a symlink, and something lies below");
    }
    node->second.has_children = true;
    if (!added) break;  // Then its parents are known.
  }
  return absl::OkStatus();
}

absl::Status TreeGuard::AddLeaf(const std::string& path, Node node) {
  if (path.empty()) return Refused(path, "is the root, and not a folder");
  RETURN_IF_ERROR(AddParents(path));
  auto [known, added] = nodes_.try_emplace(path, std::move(node));
  if (added) return absl::OkStatus();
  return Refused(path, known->second.kind == Node::Kind::kDirectory
                           ? "is both a folder and a file"
                           : "comes twice");
}

absl::Status TreeGuard::AddFile(const std::string& path) {
  return AddLeaf(path, {.kind = Node::Kind::kFile});
}

absl::Status TreeGuard::AddSymlink(const std::string& path,
                                   absl::string_view target) {
  return AddLeaf(path,
                 {.kind = Node::Kind::kSymlink, .target = std::string(target)});
}

absl::Status TreeGuard::AddDirectory(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(AddParents(path));
  auto [known, added] = nodes_.try_emplace(path);
  if (known->second.kind == Node::Kind::kDirectory) return absl::OkStatus();
  return Refused(path, "is both a folder and a file");
}

bool TreeGuard::IsFile(const std::string& path) const {
  auto node = nodes_.find(path);
  return node != nodes_.end() && node->second.kind == Node::Kind::kFile;
}

const std::string* TreeGuard::SymlinkTarget(const std::string& path) const {
  auto node = nodes_.find(path);
  if (node == nodes_.end() || node->second.kind != Node::Kind::kSymlink) {
    return nullptr;
  }
  return &node->second.target;
}

// Walks as the kernel would. What is not there counts as a folder, since
// whoever uses the tree may yet make one.
bool TreeGuard::StaysInside(absl::string_view path,
                            absl::string_view target) const {
  std::vector<std::string> todo;  // Parts still to go, the next one last.
  std::vector<std::string> here = absl::StrSplit(path, '/');
  here.pop_back();
  if (absl::StartsWith(target, "/")) return false;
  PushParts(target, todo);
  int hops = 1;
  while (!todo.empty()) {
    std::string part = std::move(todo.back());
    todo.pop_back();
    if (part == ".") continue;
    if (part == "..") {
      if (here.empty()) return false;
      here.pop_back();
      continue;
    }
    here.push_back(std::move(part));
    const std::string* next = SymlinkTarget(absl::StrJoin(here, "/"));
    if (next == nullptr) continue;
    if (absl::StartsWith(*next, "/")) return false;
    if (++hops > kMostHops) return true;
    here.pop_back();
    PushParts(*next, todo);
  }
  return true;
}

absl::Status TreeGuard::CheckSymlinks() const {
  const std::string* worst = nullptr;  // The first by name, to be repeatable.
  for (const auto& [path, node] : nodes_) {
    if (node.kind != Node::Kind::kSymlink) continue;
    if (worst != nullptr && *worst <= path) continue;
    if (!StaysInside(path, node.target)) worst = &path;
  }
  if (worst == nullptr) return absl::OkStatus();
  return Refused(*worst, absl::StrCat("is a symlink that leads outside: `",
                                      nodes_.at(*worst).target, "`"));
}

std::vector<std::string> TreeGuard::EmptyDirectories() const {
  std::vector<std::string> empty;
  for (const auto& [path, node] : nodes_) {
    if (node.kind == Node::Kind::kDirectory && !node.has_children) {
      empty.push_back(path);
    }
  }
  std::sort(empty.begin(), empty.end());
  return empty;
}

}  // namespace graph
