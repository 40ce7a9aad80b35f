// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/examine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "engine/base/mutex.h"
#include "engine/cas/closure.h"
#include "engine/cas/lease.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/survey.h"
#include "engine/os/clock.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

using Kind = Finding::Kind;

constexpr absl::string_view kKnown[] = {"blobs",
                                        "collecting",
                                        "format",
                                        "index",
                                        "index-lock",
                                        "index.damaged",
                                        "index.opening",
                                        "index.writers",
                                        "leases",
                                        "quarantine",
                                        "tmp"};

std::string HexOf(const Digest::Hash& hash) { return Digest(hash, 0).hex(); }

// Whether somebody holds the lock, or may be about to take it.
bool IsHeld(const std::string& lock_path) {
  // A process makes its folder, and then the lock.
  constexpr int kTries = 20;
  for (int i = 0; i < kTries; ++i) {
    if (Exists(lock_path)) {
      auto lock = FileLock::TryAcquire(lock_path, FileLock::Mode::kExclusive);
      if (!lock.ok() || !lock->has_value()) return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

absl::string_view FindingName(Finding::Kind kind) {
  constexpr absl::string_view kNames[] = {
      "damaged-blob",   "broken-seal", "stray-file", "torn-record",
      "open-result",    "leftover",    "old-index",  "wrong-count",
      "damaged-format", "damaged-tree"};
  return kNames[static_cast<size_t>(kind)];
}

namespace {

class Examiner {
 public:
  Examiner(LocalStore& store, bool repair)
      : store_(store), repair_(repair), recount_(store.records()) {}

  absl::StatusOr<Examination> Run(int threads);

 private:
  std::string Path(absl::string_view below) const {
    return absl::StrCat(store_.root(), "/", below);
  }
  void Found(Kind kind, std::string where, std::string text, bool mended)
      ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(&mu_);
    result_.findings.push_back(
        {kind, std::move(where), std::move(text), mended});
  }
  // Moves it out of the way.
  bool SetAside(const std::string& path);

  void ExaminePart(int part) ABSL_LOCKS_EXCLUDED(mu_);
  void ExamineFile(const std::string& where, const DirectoryEntry& file,
                   int part) ABSL_LOCKS_EXCLUDED(mu_);
  void ExamineBlob(const std::string& where, const BlobName& name)
      ABSL_LOCKS_EXCLUDED(mu_);
  void ExamineRecords(RecordTable::Kind kind, int part)
      ABSL_LOCKS_EXCLUDED(mu_);
  void ExamineResults(int part) ABSL_LOCKS_EXCLUDED(mu_);
  void ExamineTemporaries();
  void ExamineRoot();
  void ExamineCounts();
  // Calls `examine` for each part, by threads.
  void ForEachPart(int threads, void (Examiner::*examine)(int));

  LocalStore& store_;
  const bool repair_;
  Mutex mu_;
  Examination result_ ABSL_GUARDED_BY(mu_);
  Recount recount_ ABSL_GUARDED_BY(mu_);
  // Of files that are damaged, of records that are torn.
  absl::flat_hash_set<std::string> bad_ ABSL_GUARDED_BY(mu_);
};

bool Examiner::SetAside(const std::string& path) {
  const std::string folder = Path("quarantine");
  const std::string name = path.substr(path.rfind('/') + 1);
  return MakeDirectories(folder).ok() &&
         Rename(path, absl::StrCat(folder, "/", name, "-", WallMillis())).ok();
}

void Examiner::ExamineFile(const std::string& where, const DirectoryEntry& file,
                           int part) {
  const std::optional<BlobName> name = ParseBlobName(file.name);
  if (!name.has_value() || name->digest.hash()[0] != part ||
      file.type != FileType::kRegular) {
    Found(Kind::kStrayFile, where, "no blob has this name and place",
          repair_ && SetAside(Path(where)));
    return;
  }
  ExamineBlob(where, *name);
}

void Examiner::ExamineBlob(const std::string& where, const BlobName& name) {
  bool sealed = false;
  absl::StatusOr<Digest> found =
      store_.Inspect(name.digest, name.executable, &sealed);
  if (absl::IsNotFound(found.status())) return;  // It was just evicted.
  if (found.ok() && *found == name.digest && sealed) return;
  if (found.ok() && *found == name.digest) {
    Found(Kind::kBrokenSeal, where,
          "its bytes are right, but somebody changed its mode or time",
          repair_ && store_.Verify(name.digest, name.executable).ok());
    return;
  }
  {
    MutexLock lock(&mu_);
    bad_.insert(where);
  }
  const bool mended =
      repair_ && absl::IsDataLoss(store_.Verify(name.digest, name.executable));
  Found(Kind::kDamagedBlob, where,
        found.ok() ? absl::StrCat("its bytes are those of ", found->ToString())
                   : std::string(found.status().message()),
        mended);
}

void Examiner::ExaminePart(int part) {
  const std::string folder = absl::StrFormat("blobs/%02x", part);
  if (auto files = ListDirectory(Path(folder)); files.ok()) {
    for (const DirectoryEntry& file : *files) {
      ExamineFile(absl::StrCat(folder, "/", file.name), file, part);
    }
  }
  // The visitor is called with locks of the table held, and takes none.
  Recount counted(store_.records());
  Examination seen;
  VisitPart(store_, part, [&](const StoredItem& item) {
    counted.Add(item);
    if (item.kind == StoredItem::Kind::kFile) {
      ++seen.files;
      seen.bytes += item.name.digest.size();
    } else {
      ++seen.records;
    }
  });
  {
    MutexLock lock(&mu_);
    recount_.Add(counted);
    result_.files += seen.files;
    result_.bytes += seen.bytes;
    result_.records += seen.records;
  }
  ExamineRecords(RecordTable::Kind::kBlob, part);
  ExamineRecords(RecordTable::Kind::kAction, part);
}

void Examiner::ExamineRecords(RecordTable::Kind kind, int part) {
  const bool blobs = kind == RecordTable::Kind::kBlob;
  const auto is_sound = [blobs](const RecordTable::Record& record) {
    return record.sound &&
           (blobs ? Digest::Of(record.value).hash() == record.hash
                  : LocalActionCache::Parse(record.value).has_value());
  };
  std::vector<Digest::Hash> torn;
  store_.records().Visit(kind, static_cast<uint8_t>(part),
                         [&](const RecordTable::Record& record) {
                           if (!is_sound(record)) torn.push_back(record.hash);
                         });
  if (torn.empty()) return;
  bool removed = false;
  if (repair_) {
    removed = store_.records()
                  .RemoveIf(kind, torn,
                            [&](const RecordTable::Record& record) {
                              return !is_sound(record);
                            })
                  .ok();
  }
  for (const Digest::Hash& hash : torn) {
    const std::string where =
        absl::StrCat(blobs ? "small blob " : "result ", HexOf(hash));
    {
      MutexLock lock(&mu_);
      bad_.insert(where);
    }
    Found(Kind::kTornRecord, where, "its bytes do not match its checksum",
          removed);
  }
}

void Examiner::ExamineResults(int part) {
  const Closure closure(store_, [this](const std::string& where) {
    MutexLock lock(&mu_);
    return bad_.contains(where);
  });
  const auto found = [this](const Digest::Hash& hash, bool mended) {
    Found(Kind::kOpenResult, absl::StrCat("result ", HexOf(hash)),
          "it names blobs that are not there", mended);
  };
  DropOpenResults(
      store_, part, closure,
      [&](const Digest::Hash& hash) {
        if (!repair_) found(hash, false);
        return repair_;
      },
      [&](const RecordTable::Removed& record) { found(record.hash, true); });
}

void Examiner::ExamineTemporaries() {
  const auto leftover = [this](const std::string& where) {
    Found(Kind::kStrayTemporary, where, "a process that is gone left it",
          repair_ && RemoveTree(Path(where)).ok());
  };
  if (auto entries = ListDirectory(Path("tmp")); entries.ok()) {
    for (const DirectoryEntry& entry : *entries) {
      const std::string where = absl::StrCat("tmp/", entry.name);
      const std::string lock = absl::StrCat(
          Path("tmp/"), absl::StripSuffix(entry.name, ".lock"), ".lock");
      if (!IsHeld(lock) && Exists(Path(where))) leftover(where);
    }
  }
  for (const std::string& name : DeadLeases(store_.LeaseFolder())) {
    leftover(absl::StrCat("leases/", name));
  }
}

void Examiner::ExamineRoot() {
  auto entries = ListDirectory(store_.root());
  if (!entries.ok()) return;
  for (const DirectoryEntry& entry : *entries) {
    if (absl::StartsWith(entry.name, "index.damaged-")) {
      Found(Kind::kOldIndex, entry.name,
            "the index was damaged and set aside; a new one is in its place",
            repair_ && RemoveTree(Path(entry.name)).ok());
    } else if (absl::StartsWith(entry.name, ".format.")) {
      Found(Kind::kStrayTemporary, entry.name, "a process that is gone left it",
            repair_ && RemoveTree(Path(entry.name)).ok());
    } else if (std::find(std::begin(kKnown), std::end(kKnown), entry.name) ==
               std::end(kKnown)) {
      Found(Kind::kStrayFile, entry.name, "a store has nothing of this name",
            repair_ && SetAside(Path(entry.name)));
    }
  }
  auto folders = ListDirectory(Path("blobs"));
  if (!folders.ok()) return;
  for (const DirectoryEntry& folder : *folders) {
    int part = 0;
    if (folder.type == FileType::kDirectory && folder.name.size() == 2 &&
        absl::SimpleHexAtoi(folder.name, &part) &&
        absl::StrFormat("%02x", part) == folder.name) {
      continue;
    }
    const std::string where = absl::StrCat("blobs/", folder.name);
    Found(Kind::kStrayFile, where, "no blob has this name and place",
          repair_ && SetAside(Path(where)));
  }
}

void Examiner::ExamineCounts() {
  std::optional<Recount> counted;
  {
    MutexLock lock(&mu_);
    counted.emplace(recount_);
  }
  std::optional<std::string> wrong = counted->Wrong();
  if (!wrong.has_value()) return;
  if (repair_) counted->Settle();
  Found(Kind::kWrongCount, "index", *std::move(wrong), repair_);
}

void Examiner::ForEachPart(int threads, void (Examiner::*examine)(int)) {
  std::atomic<int> next = 0;
  std::vector<std::thread> helpers;
  for (int i = 0; i < std::max(1, threads); ++i) {
    helpers.emplace_back([&] {
      for (int part = next++; part < kStoreParts; part = next++) {
        (this->*examine)(part);
      }
    });
  }
  for (std::thread& helper : helpers) helper.join();
}

absl::StatusOr<Examination> Examiner::Run(int threads) {
  ForEachPart(threads, &Examiner::ExaminePart);
  // Now it is known which blobs are whole.
  ForEachPart(threads, &Examiner::ExamineResults);
  ExamineTemporaries();
  ExamineRoot();
  ExamineCounts();
  if (repair_) {
    RETURN_IF_ERROR(store_.Flush());
  }
  MutexLock lock(&mu_);
  if (auto aside = ListDirectory(Path("quarantine")); aside.ok()) {
    result_.quarantined = static_cast<int64_t>(aside->size());
  }
  std::sort(result_.findings.begin(), result_.findings.end(),
            [](const Finding& a, const Finding& b) {
              return std::tie(a.kind, a.where) < std::tie(b.kind, b.where);
            });
  return std::move(result_);
}

}  // namespace

absl::StatusOr<Examination> Examine(LocalStore& store, bool repair,
                                    int threads) {
  return Examiner(store, repair).Run(threads);
}

std::vector<Finding> ExamineFormat(const std::string& root, bool repair) {
  const std::string path = absl::StrCat(root, "/format");
  if (!Exists(absl::StrCat(root, "/index"))) return {};
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok() && !absl::IsNotFound(text.status())) return {};
  absl::string_view number;
  if (text.ok()) number = *text;
  int format = 0;
  if (absl::ConsumePrefix(&number, "graph store ") &&
      absl::SimpleAtoi(number, &format)) {
    return {};
  }
  Finding finding{
      Kind::kFormat, "format",
      text.ok() ? "it does not say which format this is" : "it is not there",
      false};
  if (repair) {
    finding.mended =
        WriteFileAtomic(path,
                        absl::StrCat("graph store ", LocalStore::kFormat, "\n"),
                        {.sync = true})
            .ok();
  }
  return {finding};
}

}  // namespace graph
