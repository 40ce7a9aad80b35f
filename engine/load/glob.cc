// SPDX-License-Identifier: Apache-2.0
#include "engine/load/glob.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

using Parts = std::span<const absl::string_view>;

bool HasWildcard(absl::string_view part) {
  return part.find_first_of("*?") != absl::string_view::npos;
}

// Greedy, going back to the last `*` only: linear in practice.
bool PartMatches(absl::string_view pattern, absl::string_view name) {
  size_t p = 0;
  size_t n = 0;
  size_t star = absl::string_view::npos;
  size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != absl::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool PartsMatch(Parts pattern, Parts path) {
  if (pattern.empty()) return path.empty();
  if (pattern[0] == "**") {
    if (pattern.size() == 1) return !path.empty();
    for (size_t skip = 0; skip <= path.size(); ++skip) {
      if (PartsMatch(pattern.subspan(1), path.subspan(skip))) return true;
    }
    return false;
  }
  return !path.empty() && PartMatches(pattern[0], path[0]) &&
         PartsMatch(pattern.subspan(1), path.subspan(1));
}

absl::Status BadGlob(absl::string_view pattern, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad pattern `", pattern, "` in glob(): ", why));
}

// Walks one package; collects what patterns match.
class Walker {
 public:
  Walker(const PackageName& package, bool directories, FileView& files)
      : package_(package), directories_(directories), files_(files) {}

  // Whether the pattern has matched anything.
  bool Match(absl::string_view pattern, std::set<std::string>& found) {
    std::vector<absl::string_view> parts = absl::StrSplit(pattern, '/');
    matched_ = false;
    other_package_.clear();
    Walk("", parts, found);
    return matched_;
  }
  // The folder at which the last pattern was stopped, being a package; empty
  // if there was none.
  const std::string& other_package() const { return other_package_; }

 private:
  const Listing& List(const std::string& folder) {
    return files_.List(package_.repo, folder.empty()
                                          ? package_.path
                                          : JoinPath(package_.path, folder));
  }

  void Take(std::string path, std::set<std::string>& found) {
    matched_ = true;
    found.insert(std::move(path));
  }

  // Goes on with `rest` in a folder, unless that is another package.
  void Enter(const std::string& folder, Parts rest,
             std::set<std::string>& found) {
    if (List(folder).is_boundary()) {
      other_package_ = folder;
      return;
    }
    Walk(folder, rest, found);
  }

  bool MayEnter(const std::string& folder, const SourceEntry& entry) const {
    if (entry.kind != EntryKind::kDirectory || entry.linked) return false;
    if (entry.name.front() == '.') return false;
    return !(folder.empty() && package_.path.empty() &&
             entry.name == kOutputFolder);
  }

  void Walk(const std::string& folder, Parts parts,
            std::set<std::string>& found) {
    const absl::string_view part = parts[0];
    const bool last = parts.size() == 1;
    if (!HasWildcard(part)) {
      std::string path = JoinPath(folder, part);
      EntryKind kind = List(folder).Find(part);
      if (!last) {
        if (kind == EntryKind::kDirectory) {
          Enter(path, parts.subspan(1), found);
        }
      } else if (kind == EntryKind::kFile) {
        Take(std::move(path), found);
      } else if (kind == EntryKind::kDirectory) {
        TakeFolder(std::move(path), found);
      }
      return;
    }
    const bool deep = part == "**";
    if (deep && !last) Walk(folder, parts.subspan(1), found);
    for (const SourceEntry& entry : List(folder).entries()) {
      if (!deep && !PartMatches(part, entry.name)) continue;
      if (entry.kind == EntryKind::kFile) {
        if (last) Take(JoinPath(folder, entry.name), found);
        continue;
      }
      if (!MayEnter(folder, entry)) continue;
      std::string path = JoinPath(folder, entry.name);
      if (last) TakeFolder(path, found);
      if (deep) {
        Enter(path, parts, found);
      } else if (!last) {
        Enter(path, parts.subspan(1), found);
      }
    }
  }

  void TakeFolder(std::string path, std::set<std::string>& found) {
    if (!directories_) return;
    if (!List(path).is_boundary()) Take(std::move(path), found);
  }

  const PackageName& package_;
  const bool directories_;
  FileView& files_;
  bool matched_ = false;
  std::string other_package_;
};

absl::Status MatchedNothing(absl::string_view pattern,
                            const std::string& other_package) {
  if (!other_package.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("glob pattern `", pattern, "` matches nothing: `",
                     other_package, "` is a package of its own"));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("glob pattern `", pattern,
                   "` matches nothing; if that is meant, say `allow_empty = "
                   "True`"));
}

}  // namespace

absl::Status CheckGlob(absl::string_view pattern) {
  if (pattern.empty()) return BadGlob(pattern, "it is empty");
  if (pattern.front() == '/') {
    return BadGlob(pattern,
                   "it begins with `/`; it is relative to the package");
  }
  for (absl::string_view part : absl::StrSplit(pattern, '/')) {
    if (part.empty()) return BadGlob(pattern, "it has an empty part");
    if (part == ".." || part == ".") {
      return BadGlob(pattern, absl::StrCat("`", part, "` leaves the package"));
    }
    if (part != "**" && absl::StrContains(part, "**")) {
      return BadGlob(pattern, "`**` must be a whole part");
    }
  }
  return absl::OkStatus();
}

bool GlobMatches(absl::string_view pattern, absl::string_view path) {
  std::vector<absl::string_view> pattern_parts = absl::StrSplit(pattern, '/');
  std::vector<absl::string_view> path_parts = absl::StrSplit(path, '/');
  return PartsMatch(pattern_parts, path_parts);
}

absl::StatusOr<std::vector<std::string>> Glob(const GlobRequest& request,
                                              const PackageName& package,
                                              FileView& files) {
  for (const auto* patterns : {&request.include, &request.exclude}) {
    for (const std::string& pattern : *patterns) {
      RETURN_IF_ERROR(CheckGlob(pattern));
    }
  }
  Walker walker(package, !request.exclude_directories, files);
  std::set<std::string> found;
  for (const std::string& pattern : request.include) {
    if (!walker.Match(pattern, found) && !request.allow_empty) {
      return MatchedNothing(pattern, walker.other_package());
    }
  }
  std::vector<std::string> paths;
  for (const std::string& path : found) {
    if (std::none_of(request.exclude.begin(), request.exclude.end(),
                     [&path](const std::string& pattern) {
                       return GlobMatches(pattern, path);
                     })) {
      paths.push_back(path);
    }
  }
  if (paths.empty() && !request.allow_empty) {
    return absl::InvalidArgumentError(
        "glob() gives nothing: all that it includes is excluded; if that is "
        "meant, say `allow_empty = True`");
  }
  return paths;
}

}  // namespace graph
