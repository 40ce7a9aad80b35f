// SPDX-License-Identifier: Apache-2.0
#include "engine/session/spec_files.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/load/file_view.h"
#include "engine/load/workspace.h"
#include "engine/model/pattern.h"
#include "engine/session/parts.h"

namespace graph {
namespace {

bool IsPattern(absl::string_view word) {
  return absl::StartsWith(word, "//") || absl::StartsWith(word, "@") ||
         absl::StartsWith(word, "-") || absl::StrContains(word, ':') ||
         absl::EndsWith(word, "...");
}

// `path` without `.`, `..` and empty parts; nothing if it leads out.
absl::StatusOr<std::string> Normal(absl::string_view path) {
  std::vector<absl::string_view> parts;
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    } else {
      return absl::InvalidArgumentError("outside");
    }
  }
  return absl::StrJoin(parts, "/");
}

class SpecFinder {
 public:
  SpecFinder(const SourceTree& tree, absl::string_view root,
             const PackageName& here)
      : tree_(tree), root_(root), here_(here) {}

  absl::Status Add(const std::string& word) {
    return IsPattern(word) ? AddPattern(word) : AddPath(word);
  }
  absl::Status AddFolder(const std::string& folder, bool below) {
    ASSIGN_OR_RETURN(const std::vector<SourceEntry> entries,
                     tree_.List(folder));
    for (const SourceEntry& entry : entries) {
      if (absl::StartsWith(entry.name, ".")) continue;
      const std::string path = JoinPath(folder, entry.name);
      if (entry.kind == EntryKind::kFile) {
        if (absl::EndsWith(entry.name, ".spec")) found_.insert(path);
      } else if (below && entry.kind == EntryKind::kDirectory &&
                 !entry.linked && path != kOutputFolder && !IsWorkspace(path)) {
        RETURN_IF_ERROR(AddFolder(path, below));
      }
    }
    return absl::OkStatus();
  }
  std::set<std::string> Take() { return std::move(found_); }

 private:
  bool IsWorkspace(const std::string& folder) const {
    return tree_.Stat(JoinPath(folder, kWorkspaceFileName)) == EntryKind::kFile;
  }

  absl::Status AddPath(const std::string& word) {
    std::string path = word;
    if (absl::string_view below = word; absl::ConsumePrefix(&below, root_) &&
                                        (below.empty() || below[0] == '/')) {
      path = std::string(below);
    } else if (absl::StartsWith(word, "/")) {
      return Outside(word);
    } else {
      path = JoinPath(here_.path, word);
    }
    const absl::StatusOr<std::string> normal = Normal(path);
    if (!normal.ok()) return Outside(word);
    switch (normal->empty() ? EntryKind::kDirectory : tree_.Stat(*normal)) {
      case EntryKind::kFile:
        found_.insert(*normal);
        return absl::OkStatus();
      case EntryKind::kDirectory:
        return AddFolder(*normal, /*below=*/true);
      case EntryKind::kAbsent:
        break;
    }
    return absl::NotFoundError(
        absl::StrCat("there is no file and no folder `", word, "`"));
  }

  absl::Status AddPattern(const std::string& word) {
    ASSIGN_OR_RETURN(const TargetPattern pattern,
                     TargetPattern::Parse(word, here_));
    if (!pattern.package.repo.empty()) return Outside(word);
    if (pattern.negative) {
      std::erase_if(found_, [&](const std::string& path) {
        return pattern.MatchesPackage({"", std::string(SplitPath(path).first)});
      });
      return absl::OkStatus();
    }
    const bool below = pattern.kind == TargetPattern::Kind::kRecursive;
    const std::string& folder = pattern.package.path;
    if (!folder.empty() && tree_.Stat(folder) != EntryKind::kDirectory) {
      return absl::NotFoundError(absl::StrCat("there is no package `",
                                              pattern.package.ToString(), "`"));
    }
    return AddFolder(folder, below);
  }

  absl::Status Outside(absl::string_view word) const {
    return absl::InvalidArgumentError(
        absl::StrCat("`", word, "` lies outside of the workspace ", root_));
  }

  const SourceTree& tree_;
  const absl::string_view root_;
  const PackageName& here_;
  std::set<std::string> found_;
};

}  // namespace

absl::StatusOr<std::set<std::string>> FindSpecFiles(
    const SourceTree& tree, absl::string_view root, const PackageName& here,
    const std::vector<std::string>& words) {
  SpecFinder finder(tree, root, here);
  if (words.empty()) {
    RETURN_IF_ERROR(finder.AddFolder("", /*below=*/true));
  }
  for (const std::string& word : words) RETURN_IF_ERROR(finder.Add(word));
  return finder.Take();
}

}  // namespace graph
