// SPDX-License-Identifier: Apache-2.0
#include "engine/session/cache.h"

#include <chrono>
#include <memory>
#include <span>
#include <thread>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/ceiling.h"
#include "engine/exec/root_store.h"
#include "engine/exec/toolchain.h"
#include "engine/exec/tree_store.h"
#include "engine/fetch/apt.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/session/parts.h"
#include "engine/session/settings.h"

namespace graph {
namespace {

// What was set aside is kept for so long, for whoever wants to know why.
constexpr int64_t kQuarantineS = 7 * 86400;

std::string StoreFolder(const Settings& settings) {
  return absl::StrCat(settings.cache_dir(), "/store");
}

// nullopt: no ceiling.
std::optional<int64_t> CeilingOf(const Settings& settings,
                                 const LocalStore& store) {
  const int64_t most = settings.cache_max_size().value_or(UsualCeiling(store));
  return most == Settings::kNoCeiling ? std::nullopt
                                      : std::optional<int64_t>(most);
}

absl::StatusOr<Settings> ReadSettings(const CacheRequest& request) {
  const HostEnvironment environment = HostEnvironment::FromProcess();
  Settings settings(environment);
  RETURN_IF_ERROR(
      ReadLayers(environment, request.flags, settings, /*user_file=*/nullptr));
  return settings;
}

// What stands beside the folders of each of CacheFolders(), by its beginning.
constexpr absl::string_view kBesideTrees[] = {"at"};
constexpr absl::string_view kBesideToolchains[] = {"index-", ".index-", "lock"};
constexpr std::span<const absl::string_view> kBeside[] = {
    kBesideTrees, {}, kBesideToolchains, {}};

void ExamineFolders(const std::string& cache_dir, LocalStore& store,
                    bool repair, Examination* examination) {
  using Kind = Finding::Kind;
  const std::vector<FolderStore> all = CacheFolders(cache_dir);
  const auto found = [&](Kind kind, const FolderStore& folders,
                         absl::string_view where, std::string text,
                         bool mended) {
    examination->findings.push_back({kind,
                                     absl::StrCat(folders.name(), "/", where),
                                     std::move(text), mended});
  };
  const TreeStore trees(cache_dir, store);
  for (const TreeStore::Damage& damage : trees.Examine()) {
    found(Kind::kDamagedTree, all[0], damage.name,
          absl::StrCat(damage.entries,
                       " of its entries are not what the store "
                       "says"),
          repair && all[0].Remove(damage.name));
  }
  for (size_t i = 0; i < all.size(); ++i) {
    examination->folders += static_cast<int64_t>(all[i].List().size());
    for (const std::string& name : all[i].Leftovers(repair)) {
      found(Kind::kStrayTemporary, all[i], name,
            "a process that is gone left it", repair);
    }
    for (const std::string& name : all[i].Strays(kBeside[i])) {
      const std::string path = absl::StrCat(all[i].root(), "/", name);
      const std::string aside = absl::StrCat(store.root(), "/quarantine");
      found(Kind::kStrayFile, all[i], name, "nothing of this name is kept here",
            repair && MakeDirectories(aside).ok() &&
                Rename(path, absl::StrCat(aside, "/", name, "-", WallMillis()))
                    .ok());
    }
  }
}

}  // namespace

std::vector<FolderStore> CacheFolders(const std::string& cache_dir) {
  return {TreeStore::Folders(cache_dir), RootStore::Folders(cache_dir),
          ToolchainFolders(cache_dir), AptFolders(cache_dir)};
}

int64_t CacheStatistics::size() const {
  int64_t size = store.file_space + store.record_space;
  for (const Folders& kept : folders) size += kept.space;
  return size;
}

absl::StatusOr<CacheStatistics> DescribeCache(const CacheRequest& request) {
  ASSIGN_OR_RETURN(const Settings settings, ReadSettings(request));
  ASSIGN_OR_RETURN(const std::unique_ptr<LocalStore> store,
                   LocalStore::Open(StoreFolder(settings)));
  CacheStatistics statistics;
  statistics.path = store->root();
  ASSIGN_OR_RETURN(statistics.store, store->Statistics());
  statistics.max_bytes = CeilingOf(settings, *store);
  for (const FolderStore& folders : CacheFolders(settings.cache_dir())) {
    CacheStatistics::Folders sums{folders.name()};
    for (const KeptFolder& folder : folders.Measure()) {
      ++sums.count;
      sums.space += folder.space;
    }
    statistics.folders.push_back(std::move(sums));
  }
  return statistics;
}

absl::StatusOr<CollectReport> CollectCache(const CacheRequest& request) {
  ASSIGN_OR_RETURN(const Settings settings, ReadSettings(request));
  ASSIGN_OR_RETURN(const std::unique_ptr<LocalStore> store,
                   LocalStore::Open(StoreFolder(settings)));
  CollectOptions options;
  options.max_bytes = request.max_bytes.has_value()
                          ? request.max_bytes
                          : CeilingOf(settings, *store);
  options.older_than_s = request.older_than_s;
  options.dry_run = request.dry_run;
  options.exact = true;
  const std::vector<FolderStore> folders = CacheFolders(settings.cache_dir());
  if (!request.dry_run) EmptyQuarantine(store->root(), kQuarantineS);
  for (int waited_ms = 0; waited_ms < 60'000; waited_ms += 100) {
    ASSIGN_OR_RETURN(const CollectReport report,
                     Collect(*store, options, folders));
    if (!report.busy) {
      if (!request.dry_run) {
        TreeStore(settings.cache_dir(), *store).DropOldNotes();
      }
      RETURN_IF_ERROR(store->Flush());
      return report;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return absl::UnavailableError(
      "another process has been making room in the cache for a minute: "
      "let it end, then try again");
}

absl::StatusOr<Examination> ExamineCache(const CacheRequest& request) {
  ASSIGN_OR_RETURN(const Settings settings, ReadSettings(request));
  const std::string folder = StoreFolder(settings);
  const std::vector<Finding> format = ExamineFormat(folder, request.repair);
  Examination examination;
  if (format.empty() || request.repair) {
    ASSIGN_OR_RETURN(const std::unique_ptr<LocalStore> store,
                     LocalStore::Open(folder));
    ASSIGN_OR_RETURN(examination,
                     Examine(*store, request.repair, UsableProcessors()));
    ExamineFolders(settings.cache_dir(), *store, request.repair, &examination);
  }
  examination.findings.insert(examination.findings.begin(), format.begin(),
                              format.end());
  return examination;
}

}  // namespace graph
