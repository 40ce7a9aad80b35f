// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/memory_store.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {

absl::StatusOr<std::vector<Digest>> MemoryStore::Missing(
    std::span<const Digest> wanted) {
  MutexLock lock(&mu_);
  std::vector<Digest> missing;
  for (const Digest& digest : wanted) {
    if (digest != EmptyDigest() && !blobs_.contains(digest)) {
      missing.push_back(digest);
    }
  }
  return missing;
}

absl::StatusOr<std::string> MemoryStore::Get(const Digest& digest) {
  if (digest == EmptyDigest()) return "";
  MutexLock lock(&mu_);
  auto it = blobs_.find(digest);
  if (it == blobs_.end()) {
    return absl::NotFoundError(
        absl::StrCat("blob ", digest.ToString(), " is not in the store"));
  }
  return it->second;
}

absl::StatusOr<Digest> MemoryStore::Put(absl::string_view bytes) {
  Digest digest = Digest::Of(bytes);
  MutexLock lock(&mu_);
  blobs_.try_emplace(digest, bytes);
  return digest;
}

absl::StatusOr<Digest> MemoryStore::PutFile(const std::string& path,
                                            bool consume) {
  ASSIGN_OR_RETURN(std::string bytes, ReadFile(path));
  if (consume) {
    RETURN_IF_ERROR(RemoveFile(path));
  }
  return Put(bytes);
}

absl::Status MemoryStore::Link(const Digest& digest, bool executable,
                               const std::string& path) {
  ASSIGN_OR_RETURN(std::string bytes, Get(digest));
  if (Exists(path)) {
    return absl::AlreadyExistsError(absl::StrCat(path, " exists already"));
  }
  return WriteFile(path, bytes, executable ? 0555 : 0444);
}

void MemoryStore::Remove(const Digest& digest) {
  MutexLock lock(&mu_);
  blobs_.erase(digest);
}

absl::StatusOr<std::optional<ActionResult>> MemoryActionCache::Find(
    const Digest& key, Isolation at_least) {
  std::optional<ActionResult> found;
  {
    MutexLock lock(&mu_);
    auto it = results_.find(key);
    if (it == results_.end() || it->second.isolation < at_least) {
      return std::nullopt;
    }
    found = it->second;
  }
  if (store_ != nullptr) {
    std::vector<Digest> named;
    for (const OutputEntry& output : found->outputs) {
      if (output.kind != OutputEntry::Kind::kSymlink) {
        named.push_back(output.digest);
      }
    }
    ASSIGN_OR_RETURN(std::vector<Digest> missing, store_->Missing(named));
    if (!missing.empty()) return std::nullopt;
  }
  return found;
}

absl::Status MemoryActionCache::Record(const Digest& key,
                                       const ActionResult& result) {
  MutexLock lock(&mu_);
  results_[key] = result;
  return absl::OkStatus();
}

size_t MemoryActionCache::size() const {
  MutexLock lock(&mu_);
  return results_.size();
}

}  // namespace graph
