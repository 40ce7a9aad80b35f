// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/merge_tree.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// One part against one part; `*` is any letters.
bool MatchesPart(absl::string_view pattern, absl::string_view part) {
  size_t p = 0, t = 0, star = pattern.npos, retry = 0;
  while (t < part.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && pattern[p] == part[t]) {
      ++p;
      ++t;
    } else if (star != pattern.npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

using Parts = std::span<const absl::string_view>;

bool MatchesParts(Parts pattern, Parts path) {
  if (pattern.empty()) return true;  // The rest lies in what matched.
  if (pattern[0] == "**") {
    for (size_t skip = 0; skip <= path.size(); ++skip) {
      if (MatchesParts(pattern.subspan(1), path.subspan(skip))) return true;
    }
    return false;
  }
  return !path.empty() && MatchesPart(pattern[0], path[0]) &&
         MatchesParts(pattern.subspan(1), path.subspan(1));
}

bool IsFolder(const TreeEntry& entry) {
  return entry.kind == TreeEntry::Kind::kEmptyDirectory;
}

}  // namespace

bool MatchesPattern(absl::string_view pattern, absl::string_view path) {
  const std::vector<absl::string_view> pattern_parts =
      absl::StrSplit(absl::StripSuffix(pattern, "/"), '/');
  const std::vector<absl::string_view> path_parts = absl::StrSplit(path, '/');
  return MatchesParts(pattern_parts, path_parts);
}

absl::Status RemoveMatches(std::span<const std::string> patterns,
                           TreeEntries& entries) {
  // Each is held against all, so that overlapping ones do not hide each other.
  std::vector<bool> used(patterns.size(), false);
  for (auto it = entries.begin(); it != entries.end();) {
    bool removed = false;
    for (size_t i = 0; i < patterns.size(); ++i) {
      if (!MatchesPattern(patterns[i], it->first)) continue;
      used[i] = removed = true;
    }
    it = removed ? entries.erase(it) : std::next(it);
  }
  for (size_t i = 0; i < patterns.size(); ++i) {
    if (used[i]) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("the pattern `", patterns[i], "` removes nothing"));
  }
  return absl::OkStatus();
}

void DiscardMatches(std::span<const std::string> patterns,
                    TreeEntries& entries) {
  std::erase_if(entries, [&](const auto& entry) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) {
                         return MatchesPattern(pattern, entry.first);
                       });
  });
}

absl::StatusOr<TreeEntries> Below(absl::string_view strip,
                                  TreeEntries entries) {
  strip = absl::StripSuffix(strip, "/");
  if (strip.empty()) return entries;
  const std::string folder = absl::StrCat(strip, "/");
  TreeEntries below;
  bool is_there = false;
  for (auto& [path, entry] : entries) {
    if (absl::StartsWith(path, folder)) {
      below[path.substr(folder.size())] = std::move(entry);
    } else if (path == strip && IsFolder(entry)) {
      is_there = true;
    }
  }
  if (below.empty() && !is_there) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no folder `", strip, "`"));
  }
  return below;
}

absl::Status Overlay(const TreeEntries& layer, absl::string_view prefix,
                     TreeEntries& tree) {
  prefix = absl::StripSuffix(prefix, "/");
  for (const auto& [path, entry] : layer) {
    std::string place = prefix.empty() ? path : absl::StrCat(prefix, "/", path);
    auto [there, is_new] = tree.try_emplace(std::move(place), entry);
    if (is_new) continue;
    if (IsFolder(there->second) != IsFolder(entry)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`", there->first, "` would be both a file and a folder"));
    }
    there->second = entry;
  }
  return absl::OkStatus();
}

}  // namespace graph
