// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/overlay_tree.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace graph {

void OverlayTree::Set(absl::string_view path,
                      std::shared_ptr<const dsl::Source> text) {
  open_.insert_or_assign(std::string(path), std::move(text));
}

void OverlayTree::Remove(absl::string_view path) {
  open_.erase(std::string(path));
}

absl::StatusOr<std::string> OverlayTree::ReadFile(
    absl::string_view path) const {
  const auto open = open_.find(path);
  if (open != open_.end()) return std::string(open->second->text());
  return below_.ReadFile(path);
}

absl::StatusOr<std::vector<SourceEntry>> OverlayTree::List(
    absl::string_view path) const {
  ASSIGN_OR_RETURN(std::vector<SourceEntry> entries, below_.List(path));
  const std::string prefix = path.empty() ? "" : absl::StrCat(path, "/");
  for (auto it = open_.lower_bound(prefix);
       it != open_.end() && absl::StartsWith(it->first, prefix); ++it) {
    const absl::string_view rest = absl::StripPrefix(it->first, prefix);
    const size_t slash = rest.find('/');
    const absl::string_view name = rest.substr(0, slash);
    const auto at = std::lower_bound(
        entries.begin(), entries.end(), name,
        [](const SourceEntry& entry, absl::string_view wanted) {
          return entry.name < wanted;
        });
    if (at != entries.end() && at->name == name) continue;
    entries.insert(at, {std::string(name), slash == absl::string_view::npos
                                               ? EntryKind::kFile
                                               : EntryKind::kDirectory});
  }
  return entries;
}

EntryKind OverlayTree::Stat(absl::string_view path) const {
  if (open_.contains(path)) return EntryKind::kFile;
  const EntryKind kind = below_.Stat(path);
  if (kind != EntryKind::kAbsent) return kind;
  const std::string prefix = path.empty() ? "" : absl::StrCat(path, "/");
  const auto below = open_.lower_bound(prefix);
  return below != open_.end() && absl::StartsWith(below->first, prefix)
             ? EntryKind::kDirectory
             : EntryKind::kAbsent;
}

}  // namespace graph
