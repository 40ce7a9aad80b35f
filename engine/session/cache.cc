// SPDX-License-Identifier: Apache-2.0
#include "engine/session/cache.h"

#include <chrono>
#include <memory>
#include <thread>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/ceiling.h"
#include "engine/os/environment.h"
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

}  // namespace

absl::StatusOr<CacheStatistics> DescribeCache(const CacheRequest& request) {
  ASSIGN_OR_RETURN(const Settings settings, ReadSettings(request));
  ASSIGN_OR_RETURN(const std::unique_ptr<LocalStore> store,
                   LocalStore::Open(StoreFolder(settings)));
  CacheStatistics statistics;
  statistics.path = store->root();
  ASSIGN_OR_RETURN(statistics.store, store->Statistics());
  statistics.max_bytes = CeilingOf(settings, *store);
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
  if (!request.dry_run) EmptyQuarantine(store->root(), kQuarantineS);
  for (int waited_ms = 0; waited_ms < 60'000; waited_ms += 100) {
    ASSIGN_OR_RETURN(const CollectReport report, Collect(*store, options));
    if (!report.busy) {
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
  }
  examination.findings.insert(examination.findings.begin(), format.begin(),
                              format.end());
  return examination;
}

}  // namespace graph
