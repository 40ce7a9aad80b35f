// SPDX-License-Identifier: Apache-2.0
#include "engine/load/source_tree.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// What every path below the folder begins with.
std::string PrefixOf(absl::string_view folder) {
  return folder.empty() ? std::string() : absl::StrCat(folder, "/");
}

}  // namespace

MemoryTree::MemoryTree(
    const std::vector<std::pair<std::string, std::string>>& files) {
  for (const auto& [path, text] : files) Add(path, text);
}

void MemoryTree::Add(absl::string_view path, absl::string_view text) {
  files_.insert_or_assign(std::string(path), std::string(text));
}

void MemoryTree::Remove(absl::string_view path) {
  files_.erase(std::string(path));
}

absl::StatusOr<std::string> MemoryTree::ReadFile(absl::string_view path) const {
  auto found = files_.find(path);
  if (found == files_.end()) {
    return absl::NotFoundError(absl::StrCat("no file `", path, "`"));
  }
  return found->second;
}

absl::StatusOr<std::vector<SourceEntry>> MemoryTree::List(
    absl::string_view path) const {
  std::string prefix = PrefixOf(path);
  std::map<std::string, EntryKind> entries;
  for (auto it = files_.lower_bound(prefix);
       it != files_.end() && absl::StartsWith(it->first, prefix); ++it) {
    absl::string_view rest = absl::StripPrefix(it->first, prefix);
    size_t slash = rest.find('/');
    entries.emplace(rest.substr(0, slash), slash == absl::string_view::npos
                                               ? EntryKind::kFile
                                               : EntryKind::kDirectory);
  }
  std::vector<SourceEntry> sorted;
  for (auto& [name, kind] : entries) sorted.push_back({name, kind});
  return sorted;
}

EntryKind MemoryTree::Stat(absl::string_view path) const {
  if (files_.contains(path)) return EntryKind::kFile;
  std::string prefix = PrefixOf(path);
  auto below = files_.lower_bound(prefix);
  return below != files_.end() && absl::StartsWith(below->first, prefix)
             ? EntryKind::kDirectory
             : EntryKind::kAbsent;
}

}  // namespace graph
