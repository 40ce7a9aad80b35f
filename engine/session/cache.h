// SPDX-License-Identifier: Apache-2.0
// The cache itself, looked at and put in order. It belongs to a user, not to a
// workspace, so none is needed.

#ifndef GRAPH_ENGINE_SESSION_CACHE_H_
#define GRAPH_ENGINE_SESSION_CACHE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/cas/collector.h"
#include "engine/cas/examine.h"
#include "engine/cas/folder_store.h"
#include "engine/cas/local_store.h"

namespace graph {

struct CacheRequest {
  // As SessionOptions::flags.
  std::vector<std::pair<std::string, std::string>> flags;
  // For CollectCache: what remains at most; nullopt: the setting.
  std::optional<int64_t> max_bytes;
  int64_t older_than_s = 0;  // Also what was not used for so long.
  bool dry_run = false;
  bool repair = false;  // For ExamineCache.
};

struct CacheStatistics {
  std::string path;  // Of the store.
  std::optional<int64_t> max_bytes;
  StoreStatistics store;
  // What is kept beside the store.
  struct Folders {
    std::string name;
    int64_t count = 0;
    int64_t space = 0;
  };
  std::vector<Folders> folders;

  int64_t size() const;  // Of all.
};

// The folders that the ceiling of the cache at `cache_dir` covers as well.
std::vector<FolderStore> CacheFolders(const std::string& cache_dir);

// Fail as members of Session do; kUnavailable if another process makes room
// and does not end.
absl::StatusOr<CacheStatistics> DescribeCache(const CacheRequest& request);
absl::StatusOr<CollectReport> CollectCache(const CacheRequest& request);
absl::StatusOr<Examination> ExamineCache(const CacheRequest& request);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_CACHE_H_
