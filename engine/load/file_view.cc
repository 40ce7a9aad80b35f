// SPDX-License-Identifier: Apache-2.0
#include "engine/load/file_view.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/load/workspace.h"
#include "engine/model/package.h"

namespace graph {

EntryKind Listing::Find(absl::string_view name) const {
  auto found =
      std::lower_bound(entries_.begin(), entries_.end(), name,
                       [](const SourceEntry& entry, absl::string_view wanted) {
                         return entry.name < wanted;
                       });
  return found != entries_.end() && found->name == name ? found->kind
                                                        : EntryKind::kAbsent;
}

bool Listing::is_package() const {
  return Find(kBuildFileName) == EntryKind::kFile;
}

bool Listing::is_workspace() const {
  return Find(kWorkspaceFileName) == EntryKind::kFile;
}

std::vector<absl::string_view> FileView::repos() const {
  std::vector<absl::string_view> names;
  for (const auto& [name, tree] : trees_) names.push_back(name);
  return names;
}

absl::StatusOr<std::string> FileView::Read(absl::string_view repo,
                                           absl::string_view path) {
  auto tree = trees_.find(repo);
  if (tree == trees_.end()) {
    return absl::NotFoundError(absl::StrCat("no repository `@", repo, "`"));
  }
  absl::StatusOr<std::string> text = tree->second->ReadFile(path);
  if (!text.ok() && !absl::IsNotFound(text.status())) return text;
  PackedString noted(path);
  MutexLock lock(&mu_);
  (text.ok() ? files_ : absent_)[repo].push_back(std::move(noted));
  return text;
}

const Listing* FileView::FindListing(const ReadLog::Item& key) const {
  MutexLock lock(&mu_);
  auto found = listings_.find(std::make_pair(key.repo, key.path));
  return found == listings_.end() ? nullptr : found->second.get();
}

const Listing& FileView::List(absl::string_view repo, absl::string_view path) {
  ReadLog::Item key{std::string(repo), std::string(path)};
  if (const Listing* known = FindListing(key)) return *known;
  std::vector<SourceEntry> entries;
  auto tree = trees_.find(repo);
  if (tree != trees_.end()) {
    absl::StatusOr<std::vector<SourceEntry>> listed = tree->second->List(path);
    if (listed.ok()) entries = *std::move(listed);
  }
  auto listing = std::make_unique<const Listing>(std::move(entries));
  MutexLock lock(&mu_);
  // Another thread may have been faster; its listing stays.
  return *listings_
              .try_emplace(
                  std::make_pair(std::move(key.repo), std::move(key.path)),
                  std::move(listing))
              .first->second;
}

EntryKind FileView::Stat(absl::string_view repo, absl::string_view path) {
  auto [folder, name] = SplitPath(path);
  if (const Listing* known =
          FindListing({std::string(repo), std::string(folder)})) {
    return known->Find(name);
  }
  auto tree = trees_.find(repo);
  return tree == trees_.end() ? EntryKind::kAbsent : tree->second->Stat(path);
}

std::vector<ReadLog::Item> FileView::Sorted(const Paths& paths) {
  std::vector<ReadLog::Item> items;
  for (const auto& [repo, noted] : paths) {
    for (const PackedString& path : noted) {
      items.push_back({repo, std::string(path.view())});
    }
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

ReadLog FileView::log() const {
  MutexLock lock(&mu_);
  ReadLog log;
  log.files = Sorted(files_);
  log.absent = Sorted(absent_);
  for (const auto& [key, listing] : listings_) {
    log.folders.push_back({key.first, key.second});
  }
  std::sort(log.folders.begin(), log.folders.end());
  return log;
}

std::string JoinPath(absl::string_view folder, absl::string_view name) {
  if (folder.empty()) return std::string(name);
  if (name.empty()) return std::string(folder);
  return absl::StrCat(folder, "/", name);
}

std::pair<absl::string_view, absl::string_view> SplitPath(
    absl::string_view path) {
  size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return {"", path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace graph
