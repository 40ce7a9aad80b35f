// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/collector.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/closure.h"
#include "engine/cas/last_use.h"
#include "engine/cas/lease.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/survey.h"
#include "engine/os/clock.h"
#include "engine/os/file_lock.h"
#include "engine/os/file_use.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

// Above so many items a sample is enough.
constexpr int64_t kManyItems = 200'000;
constexpr int kSampleStep = 16;
// Enough for a while: room is made down to this part of the ceiling.
constexpr int64_t kKeepTenths = 9;
// Taken away together, between two looks at the leases.
constexpr size_t kBatch = 256;

// See collector.h.
constexpr int64_t kGraceS = 7 * 86400;

// The moment of its last use, as far as the order is concerned.
int64_t RankOf(const StoredItem& item) {
  const bool graced = item.linked || item.kind != StoredItem::Kind::kFile;
  return item.last_use + (graced ? kGraceS : 0);
}

// What is ranked before a moment must go; of what is at it, so many bytes.
struct Cutoff {
  int64_t moment = -1;
  int64_t bytes = 0;

  bool Takes(int64_t rank, int64_t space) {
    if (rank != moment) return rank < moment;
    if (bytes <= 0) return false;
    bytes -= space;
    return true;
  }
};

// The moment up to which `need` bytes lie; takes them off `*need`.
Cutoff CutoffOf(const std::map<int64_t, int64_t>& ages, int64_t* need) {
  Cutoff cutoff;
  for (const auto& [used, bytes] : ages) {
    if (*need <= 0) break;
    cutoff = {used, *need};
    *need -= bytes;
  }
  return cutoff;
}

class Collection {
 public:
  Collection(LocalStore& store, const CollectOptions& options,
             std::span<const FolderStore> folders)
      : store_(store),
        options_(options),
        folders_(folders),
        leases_(store.LeaseFolder()),
        now_(NowSeconds()) {}

  absl::StatusOr<CollectReport> Run();

 private:
  bool Stopped() {
    report_.stopped =
        report_.stopped || (options_.stop != nullptr && options_.stop());
    return report_.stopped;
  }
  bool IsOld(int64_t last_use) const {
    return options_.older_than_s > 0 && last_use + options_.older_than_s < now_;
  }
  bool ShouldGo(const StoredItem& item) {
    if (leases_.Hold(item.hash)) return false;
    return IsOld(item.last_use) || cutoff_.Takes(RankOf(item), item.space);
  }

  int64_t Size() const {
    return store_.usage().total() + SpaceOfFolders(folders_);
  }
  // All false if the walk was stopped.
  bool Measure();
  bool Evict();
  bool EvictFolders();
  int64_t MeasureFolders(std::map<int64_t, int64_t>& ages);
  void EvictPart(int part);
  // Without those, the results that name what was evicted would be misses
  // until they are old themselves.
  void DropOpen();
  void EvictFiles(const std::vector<StoredItem>& files);
  void EvictRecords(RecordTable::Kind kind,
                    const std::vector<StoredItem>& records);
  void Took(const StoredItem& item) {
    ++(item.kind == StoredItem::Kind::kFile ? report_.files : report_.records);
    report_.bytes += item.space;
  }

  LocalStore& store_;
  const CollectOptions& options_;
  const std::span<const FolderStore> folders_;
  std::vector<std::vector<KeptFolder>> kept_;  // That nobody holds.
  Leases leases_;
  const int64_t now_;
  int64_t need_ = 0;  // How many bytes are to go for the ceiling.
  Cutoff cutoff_;
  bool all_ = false;  // The walk was no sample.
  CollectReport report_;
};

bool Collection::Measure() {
  const RecordTable::Usage counted = store_.usage();
  const int64_t items = counted.files + store_.records().size();
  all_ = options_.exact || !counted.counted || items < kManyItems;
  const int step = all_ ? 1 : kSampleStep;
  Recount recount(store_.records());
  std::map<int64_t, int64_t> ages;  // Bytes by rank.
  int64_t held = 0;
  for (int part = all_ ? 0 : static_cast<int>(now_ % step); part < kStoreParts;
       part += step) {
    if (Stopped()) return false;
    VisitPart(store_, part, [&](const StoredItem& item) {
      recount.Add(item);
      if (leases_.Hold(item.hash)) {
        held += item.space * step;
      } else {
        ages[RankOf(item)] += item.space * step;
      }
    });
  }
  if (all_) recount.Settle();
  held += MeasureFolders(ages);
  report_.size_before = Size();
  if (!options_.max_bytes.has_value() ||
      report_.size_before <= *options_.max_bytes) {
    return true;
  }
  const int64_t keep = *options_.max_bytes / 10 * kKeepTenths;
  need_ = report_.size_before - keep;
  int64_t lacking = need_;
  cutoff_ = CutoffOf(ages, &lacking);
  // Only the ceiling itself is worth a word.
  lacking -= *options_.max_bytes - keep;
  report_.held_bytes = std::clamp<int64_t>(lacking, 0, held);
  return true;
}

// Returns what is held.
int64_t Collection::MeasureFolders(std::map<int64_t, int64_t>& ages) {
  int64_t held = 0;
  for (const FolderStore& store : folders_) {
    if (!options_.dry_run) store.Leftovers(/*remove=*/true);
    std::vector<KeptFolder> kept =
        options_.exact ? store.Measure() : store.List();
    std::erase_if(kept, [&](const KeptFolder& folder) {
      const bool in_use = store.IsHeld(folder.name);
      (in_use ? held : ages[folder.last_use]) += folder.space;
      return in_use;
    });
    kept_.push_back(std::move(kept));
  }
  return held;
}

bool Collection::EvictFolders() {
  for (size_t i = 0; i < folders_.size(); ++i) {
    bool removed = false;
    for (const KeptFolder& folder : kept_[i]) {
      if (Stopped()) return false;
      // Blobs that it links may be noted as used a little later.
      const bool goes = IsOld(folder.last_use - kUseGrainS) ||
                        cutoff_.Takes(folder.last_use, folder.space);
      if (!goes) continue;
      if (!options_.dry_run && !folders_[i].Remove(folder.name)) continue;
      removed = true;
      ++report_.folders;
      report_.bytes += folder.space;
    }
    // What they shared is now counted where it is left.
    if (removed && !options_.dry_run) folders_[i].Measure();
  }
  return true;
}

void Collection::EvictFiles(const std::vector<StoredItem>& files) {
  struct Moved {
    const StoredItem* item;
    std::string path;
    std::string away;
  };
  std::vector<Moved> moved;
  for (const StoredItem& item : files) {
    std::string path =
        BlobPath(store_.root(), item.name.digest, item.name.executable);
    // Somebody may have used it since it was seen.
    auto use = LinkStatUse(path);
    if (!use.ok() || use->used_ns / 1'000'000'000 != item.last_use) continue;
    auto away = store_.NewTemporaryPath();
    if (!away.ok() || !Rename(path, *away).ok()) continue;
    moved.push_back({&item, std::move(path), *std::move(away)});
  }
  if (moved.empty()) return;
  leases_.Refresh();
  int64_t space = 0;
  int64_t count = 0;
  for (const Moved& file : moved) {
    if (leases_.Hold(file.item->hash) && RenameNew(file.away, file.path).ok()) {
      continue;
    }
    RemoveFile(file.away).IgnoreError();
    Took(*file.item);
    ++count;
    space += file.item->space;
  }
  store_.records().CountFiles(-count, -space);
}

void Collection::EvictRecords(RecordTable::Kind kind,
                              const std::vector<StoredItem>& records) {
  if (records.empty()) return;
  std::vector<Digest::Hash> hashes;
  for (const StoredItem& item : records) hashes.push_back(item.hash);
  const int64_t newest = std::max_element(records.begin(), records.end(),
                                          [](const auto& a, const auto& b) {
                                            return a.last_use < b.last_use;
                                          })
                             ->last_use;
  auto removed = store_.records().RemoveIf(
      kind, hashes, [&](const RecordTable::Record& record) {
        return record.last_use <= newest && !leases_.Hold(record.hash);
      });
  if (!removed.ok()) return;
  leases_.Refresh();
  for (const RecordTable::Removed& record : *removed) {
    if (leases_.Hold(record.hash)) {
      store_.records().Put(kind, record.hash, record.value);
      continue;
    }
    ++report_.records;
    report_.bytes += record.space;
  }
}

void Collection::EvictPart(int part) {
  std::vector<StoredItem> files, blobs, results;
  VisitPart(store_, part, [&](const StoredItem& item) {
    if (!ShouldGo(item)) return;
    if (options_.dry_run) {
      Took(item);
      return;
    }
    (item.kind == StoredItem::Kind::kFile        ? files
     : item.kind == StoredItem::Kind::kSmallBlob ? blobs
                                                 : results)
        .push_back(item);
  });
  const auto in_batches = [](std::vector<StoredItem>& items, auto evict) {
    for (size_t begin = 0; begin < items.size(); begin += kBatch) {
      const size_t end = std::min(begin + kBatch, items.size());
      std::vector<StoredItem> batch(items.begin() + begin, items.begin() + end);
      evict(batch);
    }
  };
  // A result goes before what it names.
  in_batches(results, [&](auto& batch) {
    EvictRecords(RecordTable::Kind::kAction, batch);
  });
  in_batches(blobs, [&](auto& batch) {
    EvictRecords(RecordTable::Kind::kBlob, batch);
  });
  in_batches(files, [&](auto& batch) { EvictFiles(batch); });
}

bool Collection::Evict() {
  // Whoever is stopped early and often still comes to all parts.
  const int first = static_cast<int>(MonotonicMicros() % kStoreParts);
  for (int i = 0; i < kStoreParts; ++i) {
    if (Stopped()) return false;
    EvictPart((first + i) % kStoreParts);
  }
  return true;
}

void Collection::DropOpen() {
  const Closure closure(store_);
  for (int part = 0; part < kStoreParts; ++part) {
    if (Stopped()) return;
    DropOpenResults(
        store_, part, closure,
        [this](const Digest::Hash& hash) { return !leases_.Hold(hash); },
        [this](const RecordTable::Removed& record) {
          ++report_.records;
          report_.bytes += record.space;
        });
  }
}

absl::StatusOr<CollectReport> Collection::Run() {
  ASSIGN_OR_RETURN(
      const std::optional<FileLock> alone,
      FileLock::TryAcquire(absl::StrCat(store_.root(), "/collecting"),
                           FileLock::Mode::kExclusive));
  report_.size_before = report_.size_after = Size();
  report_.busy = !alone.has_value();
  if (report_.busy) return report_;
  leases_.Refresh();
  if (Measure() && (need_ > 0 || options_.older_than_s > 0) && EvictFolders() &&
      Evict() && all_ && !options_.dry_run && report_.bytes > 0) {
    DropOpen();
  }
  report_.size_after = Size();
  if (options_.dry_run) report_.size_after -= report_.bytes;
  return report_;
}

}  // namespace

absl::StatusOr<CollectReport> Collect(LocalStore& store,
                                      const CollectOptions& options,
                                      std::span<const FolderStore> folders) {
  return Collection(store, options, folders).Run();
}

int64_t SpaceOfFolders(std::span<const FolderStore> folders) {
  int64_t space = 0;
  for (const FolderStore& store : folders) {
    for (const KeptFolder& folder : store.List()) space += folder.space;
  }
  return space;
}

int64_t EmptyQuarantine(const std::string& root, int64_t seconds) {
  const std::string folder = absl::StrCat(root, "/quarantine");
  const int64_t before_ns = (NowSeconds() - seconds) * 1'000'000'000;
  int64_t bytes = 0;
  auto files = ListDirectory(folder);
  if (!files.ok()) return 0;
  for (const DirectoryEntry& file : *files) {
    const std::string path = absl::StrCat(folder, "/", file.name);
    auto state = LinkStat(path);
    // A rename sets the time of the change of state.
    if (!state.ok() || state->ctime_ns > before_ns) continue;
    if (RemoveTree(path).ok()) bytes += state->size;
  }
  return bytes;
}

}  // namespace graph
