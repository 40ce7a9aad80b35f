// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/record_table.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/cas/lmdb_file.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr absl::Duration kCommitEvery = absl::Milliseconds(10);
constexpr size_t kBatch = 512;
constexpr size_t kMostBytes = 64 << 20;  // That wait in memory.
constexpr size_t kChecksumBytes = 8;

std::string KeyOf(RecordTable::Kind kind, const Digest::Hash& hash) {
  std::string key(1 + hash.size(), static_cast<char>(kind));
  std::memcpy(&key[1], hash.data(), hash.size());
  return key;
}

std::string Checksummed(absl::string_view value) {
  const uint64_t sum = XXH3_64bits(value.data(), value.size());
  std::string record(kChecksumBytes + value.size(), '\0');
  for (size_t i = 0; i < kChecksumBytes; ++i) {
    record[i] = static_cast<char>(sum >> (8 * i));
  }
  std::memcpy(&record[kChecksumBytes], value.data(), value.size());
  return record;
}

std::optional<std::string> Checked(absl::string_view record) {
  if (record.size() < kChecksumBytes) return std::nullopt;
  absl::string_view value = record.substr(kChecksumBytes);
  if (Checksummed(value) != record) return std::nullopt;
  return std::string(value);
}

// When the machine was started, as a name of that moment.
std::string BootId() {
  absl::StatusOr<std::string> id = ReadFile("/proc/sys/kernel/random/boot_id");
  return id.ok() ? std::string(absl::StripSuffix(*id, "\n")) : "unknown";
}

// The files that tell which processes have unsynced commits.
class WriterMarks {
 public:
  explicit WriterMarks(const std::string& path)
      : folder_(absl::StrCat(path, ".writers")), boot_(BootId()) {}

  // Whether the machine went down with unsynced commits.
  bool LostPower() const {
    for (const std::string& mark : Marks()) {
      absl::StatusOr<std::string> boot = ReadFile(Path(mark));
      if (boot.ok() && !boot->empty() && *boot != boot_) return true;
    }
    return false;
  }

  absl::Status Set() const {
    RETURN_IF_ERROR(MakeDirectories(folder_));
    return WriteFile(Path(absl::StrCat(ProcessId())), boot_);
  }

  // Those of this process and of processes that are gone: what is synced after
  // this call covers what they did.
  std::vector<std::string> Removable() const {
    std::vector<std::string> removable;
    for (const std::string& mark : Marks()) {
      if (mark == absl::StrCat(ProcessId()) ||
          !Exists(absl::StrCat("/proc/", mark))) {
        removable.push_back(mark);
      }
    }
    return removable;
  }
  void Remove(const std::vector<std::string>& marks) const {
    for (const std::string& mark : marks) RemoveFile(Path(mark)).IgnoreError();
  }
  void RemoveAll() const { Remove(Marks()); }

 private:
  std::vector<std::string> Marks() const {
    std::vector<std::string> names;
    auto entries = ListDirectory(folder_);
    if (!entries.ok()) return names;
    for (const DirectoryEntry& entry : *entries) names.push_back(entry.name);
    return names;
  }
  std::string Path(const std::string& mark) const {
    return absl::StrCat(folder_, "/", mark);
  }

  const std::string folder_;
  const std::string boot_;
};

// Moves the file away, so that a new one can be made. Processes that have it
// open go on with the old one.
void SetAside(const std::string& path) {
  Rename(path, absl::StrCat(path, ".damaged-", WallMillis())).IgnoreError();
  RemoveFile(absl::StrCat(path, "-lock")).IgnoreError();
}

absl::StatusOr<std::unique_ptr<LmdbFile>> OpenSound(const std::string& path,
                                                    const WriterMarks& marks) {
  // Two that find the table unsound at once must not set aside each other's
  // new one.
  ASSIGN_OR_RETURN(const FileLock opening,
                   FileLock::Acquire(absl::StrCat(path, ".opening"),
                                     FileLock::Mode::kExclusive));
  const std::string damaged = absl::StrCat(path, ".damaged");
  if (marks.LostPower() || Exists(damaged)) {
    SetAside(path);
    marks.RemoveAll();
    RemoveFile(damaged).IgnoreError();
  }
  absl::StatusOr<std::unique_ptr<LmdbFile>> file = LmdbFile::Open(path);
  if (file.ok() || !absl::IsDataLoss(file.status())) return file;
  SetAside(path);
  return LmdbFile::Open(path);
}

}  // namespace

struct RecordTable::State {
  // Value of a key; nullopt: removed.
  using Batch = absl::flat_hash_map<std::string, std::optional<std::string>>;

  State(std::string table_path, WriterMarks writer_marks,
        std::unique_ptr<LmdbFile> lmdb)
      : path(std::move(table_path)),
        marks(std::move(writer_marks)),
        file(std::move(lmdb)) {}

  void Put(std::string key, std::optional<std::string> record);
  // The record, or what is known of it without asking the file.
  std::optional<std::optional<std::string>> FindUncommitted(
      const std::string& key);
  void CommitForever();
  absl::Status CommitBatch(const Batch& batch);
  absl::Status Flush(bool sync);

  const std::string path;
  const WriterMarks marks;
  const std::unique_ptr<LmdbFile> file;

  Mutex mu;
  CondVar wake;       // For the committing thread: look again.
  CondVar committed;  // For everyone else.
  Batch pending ABSL_GUARDED_BY(mu);
  size_t pending_bytes ABSL_GUARDED_BY(mu) = 0;
  // What the thread is about to commit: it reads this without the lock, so
  // nobody may change it, but the thread under the lock.
  Batch committing ABSL_GUARDED_BY(mu);
  uint64_t puts ABSL_GUARDED_BY(mu) = 0;
  uint64_t puts_committed ABSL_GUARDED_BY(mu) = 0;
  bool hurry ABSL_GUARDED_BY(mu) = false;
  bool stop ABSL_GUARDED_BY(mu) = false;
  bool unsynced ABSL_GUARDED_BY(mu) = false;
  absl::Status failure ABSL_GUARDED_BY(mu);
  std::thread committer ABSL_GUARDED_BY(mu);
};

void RecordTable::State::Put(std::string key,
                             std::optional<std::string> record) {
  MutexLock lock(&mu);
  while (pending_bytes > kMostBytes) committed.Wait(&mu);
  if (!committer.joinable()) {
    committer = std::thread([this] { CommitForever(); });
  }
  pending_bytes += key.size() + (record.has_value() ? record->size() : 0);
  const bool first = pending.empty();
  pending[std::move(key)] = std::move(record);
  ++puts;
  if (first || pending.size() == kBatch) wake.Signal();
}

std::optional<std::optional<std::string>> RecordTable::State::FindUncommitted(
    const std::string& key) {
  MutexLock lock(&mu);
  for (const Batch* batch : {&pending, &committing}) {
    if (auto it = batch->find(key); it != batch->end()) return it->second;
  }
  return std::nullopt;
}

void RecordTable::State::CommitForever() {
  MutexLock lock(&mu);
  while (true) {
    while (pending.empty() && !stop) wake.Wait(&mu);
    if (pending.empty()) return;
    const absl::Time due = absl::Now() + kCommitEvery;
    while (!stop && !hurry && pending.size() < kBatch &&
           !wake.WaitWithDeadline(&mu, due)) {
    }
    committing.swap(pending);
    pending_bytes = 0;
    hurry = false;
    const uint64_t upto = puts;
    const Batch& batch = committing;
    const bool mark = !unsynced;
    unsynced = true;
    mu.Unlock();
    absl::Status status = mark ? marks.Set() : absl::OkStatus();
    if (status.ok()) status = CommitBatch(batch);
    mu.Lock();
    failure.Update(status);
    committing.clear();
    puts_committed = upto;
    committed.SignalAll();
  }
}

absl::Status RecordTable::State::CommitBatch(const Batch& batch) {
  std::vector<LmdbFile::Change> changes;
  changes.reserve(batch.size());
  for (const auto& [key, record] : batch) {
    changes.push_back({key, std::nullopt});
    if (record.has_value()) changes.back().value = *record;
  }
  std::sort(changes.begin(), changes.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  absl::Status status = file->Commit(changes);
  if (absl::IsDataLoss(status)) {
    // Whoever opens it next starts anew.
    WriteFile(absl::StrCat(path, ".damaged"), "").IgnoreError();
  }
  return status;
}

absl::Status RecordTable::State::Flush(bool sync) {
  {
    MutexLock lock(&mu);
    const uint64_t upto = puts;
    while (puts_committed < upto) {
      hurry = true;
      wake.Signal();
      committed.Wait(&mu);
    }
    RETURN_IF_ERROR(failure);
    if (!sync || !unsynced) return absl::OkStatus();
    unsynced = false;
  }
  const std::vector<std::string> removable = marks.Removable();
  RETURN_IF_ERROR(file->Sync());
  marks.Remove(removable);
  MutexLock lock(&mu);
  return unsynced ? marks.Set() : absl::OkStatus();
}

RecordTable::RecordTable(std::unique_ptr<State> state)
    : state_(std::move(state)) {}

absl::StatusOr<std::unique_ptr<RecordTable>> RecordTable::Open(
    const std::string& path) {
  WriterMarks marks(path);
  ASSIGN_OR_RETURN(std::unique_ptr<LmdbFile> file, OpenSound(path, marks));
  return std::unique_ptr<RecordTable>(
      new RecordTable(std::make_unique<State>(path, marks, std::move(file))));
}

RecordTable::~RecordTable() {
  std::thread committer;
  {
    MutexLock lock(&state_->mu);
    state_->stop = true;
    state_->wake.Signal();
    committer.swap(state_->committer);
  }
  if (committer.joinable()) committer.join();
}

std::optional<std::string> RecordTable::Find(Kind kind,
                                             const Digest::Hash& hash) const {
  const std::string key = KeyOf(kind, hash);
  std::optional<std::string> record;
  if (auto uncommitted = state_->FindUncommitted(key)) {
    record = *std::move(uncommitted);
  } else {
    record = state_->file->Find(key);
  }
  return record.has_value() ? Checked(*record) : std::nullopt;
}

void RecordTable::Put(Kind kind, const Digest::Hash& hash,
                      absl::string_view value) {
  state_->Put(KeyOf(kind, hash), Checksummed(value));
}

void RecordTable::Remove(Kind kind, const Digest::Hash& hash) {
  state_->Put(KeyOf(kind, hash), std::nullopt);
}

absl::Status RecordTable::Flush(bool sync) { return state_->Flush(sync); }

int64_t RecordTable::size() const { return state_->file->entries(); }
int64_t RecordTable::bytes() const { return state_->file->bytes(); }

}  // namespace graph
