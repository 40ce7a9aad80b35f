// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/ceiling.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/base/quantity.h"
#include "engine/cas/collector.h"
#include "engine/os/filesystem.h"

namespace graph {

Ceiling::Ceiling(LocalStore& store, std::vector<FolderStore> folders,
                 int64_t max_bytes, std::function<void(std::string)> warn)
    : store_(store),
      folders_(std::move(folders)),
      max_bytes_(max_bytes),
      warn_(std::move(warn)) {
  store_.WatchGrowth(std::clamp<int64_t>(max_bytes / 64, 64 << 10, 64 << 20),
                     [this] { Wake(); });
  if (IsAbove(0)) Wake();
}

// With `beside` for what the folders take.
bool Ceiling::IsAbove(int64_t beside) {
  const RecordTable::Usage usage = store_.usage();
  return !usage.counted || usage.total() + beside > max_bytes_;
}

void Ceiling::Wake() {
  MutexLock lock(&mu_);
  if (stop_) return;
  awake_ = true;
  if (!holder_.joinable()) {
    holder_ = std::thread([this] { Hold(); });
  }
  wake_.Signal();
}

void Ceiling::Stop() {
  std::thread holder;
  {
    MutexLock lock(&mu_);
    stop_ = true;
    wake_.Signal();
    holder.swap(holder_);
  }
  if (holder.joinable()) holder.join();
}

void Ceiling::Hold() {
  const auto stopped = [this] {
    MutexLock lock(&mu_);
    return stop_;
  };
  while (true) {
    {
      MutexLock lock(&mu_);
      while (!awake_ && !stop_) wake_.Wait(&mu_);
      if (stop_) return;
      awake_ = false;
    }
    const int64_t beside = SpaceOfFolders(folders_);
    if (IsAbove(beside) && store_.usage().total() + beside >= worth_it_above_) {
      MakeRoom(stopped);
    }
  }
}

void Ceiling::MakeRoom(const std::function<bool()>& stop) {
  CollectOptions options;
  options.max_bytes = max_bytes_;
  options.stop = stop;
  const absl::StatusOr<CollectReport> report =
      Collect(store_, options, folders_);
  if (!report.ok() || report->busy || report->stopped) return;
  if (report->held_bytes == 0) {
    worth_it_above_ = 0;
    return;
  }
  worth_it_above_ = report->size_after + max_bytes_ / 16;
  if (std::exchange(warned_, true)) return;
  warn_(absl::StrCat("the cache holds ", SizeText(report->size_after),
                     ", more than cache-max-size (", SizeText(max_bytes_),
                     "), because running builds use it: what they do not need "
                     "in the end goes then; a larger --cache-max-size keeps "
                     "it"));
}

void Ceiling::Finish(absl::Duration most) {
  Stop();
  if (!IsAbove(SpaceOfFolders(folders_))) return;
  store_.lease().End();
  const absl::Time end = absl::Now() + most;
  MakeRoom([end] { return absl::Now() > end; });
}

int64_t UsualCeiling(const LocalStore& store) {
  const absl::StatusOr<int64_t> free = FreeBytes(store.root());
  if (!free.ok()) return kUsualCeiling;
  return std::min(kUsualCeiling, (*free + store.usage().total()) / 2);
}

}  // namespace graph
