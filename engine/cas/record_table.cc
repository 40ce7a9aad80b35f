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
#include "engine/cas/last_use.h"
#include "engine/cas/lmdb_file.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr absl::Duration kCommitEvery = absl::Milliseconds(10);
constexpr size_t kBatch = 512;
constexpr size_t kFilesCounter = 1;
constexpr size_t kFileSpaceCounter = 2;
constexpr size_t kCountedCounter = 3;
constexpr size_t kMostBytes = 64 << 20;  // That wait in memory.
constexpr size_t kChecksumBytes = 8;
constexpr size_t kUseBytes = 4;
constexpr size_t kHeaderBytes = kChecksumBytes + kUseBytes;

std::string KeyOf(RecordTable::Kind kind, const Digest::Hash& hash) {
  std::string key(1 + hash.size(), static_cast<char>(kind));
  std::memcpy(&key[1], hash.data(), hash.size());
  return key;
}

// Number of `bytes` bytes at `at`.
uint64_t NumberAt(absl::string_view record, size_t at, size_t bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < bytes; ++i) {
    number |= uint64_t{static_cast<uint8_t>(record[at + i])} << (8 * i);
  }
  return number;
}

void SetNumber(uint64_t number, size_t at, size_t bytes, std::string* record) {
  for (size_t i = 0; i < bytes; ++i) {
    (*record)[at + i] = static_cast<char>(number >> (8 * i));
  }
}

// `value`, last used now, as it is kept.
std::string RecordOf(absl::string_view value) {
  std::string record(kHeaderBytes + value.size(), '\0');
  std::memcpy(&record[kHeaderBytes], value.data(), value.size());
  SetNumber(static_cast<uint64_t>(NowSeconds()), kChecksumBytes, kUseBytes,
            &record);
  SetNumber(
      XXH3_64bits(&record[kChecksumBytes], record.size() - kChecksumBytes), 0,
      kChecksumBytes, &record);
  return record;
}

struct Parsed {
  int64_t last_use;
  absl::string_view value;
};

// nullopt if it is torn.
std::optional<Parsed> Parse(absl::string_view record) {
  if (record.size() < kHeaderBytes) return std::nullopt;
  const absl::string_view summed = record.substr(kChecksumBytes);
  if (XXH3_64bits(summed.data(), summed.size()) !=
      NumberAt(record, 0, kChecksumBytes)) {
    return std::nullopt;
  }
  return Parsed{
      static_cast<int64_t>(NumberAt(record, kChecksumBytes, kUseBytes)),
      record.substr(kHeaderBytes)};
}

RecordTable::Record Described(absl::string_view key, absl::string_view bytes) {
  RecordTable::Record record;
  record.kind = static_cast<RecordTable::Kind>(key[0]);
  std::memcpy(record.hash.data(), &key[1], record.hash.size());
  record.space = LmdbFile::SpaceOf(key.size(), bytes.size());
  if (const std::optional<Parsed> parsed = Parse(bytes)) {
    record.sound = true;
    record.last_use = parsed->last_use;
    record.value = parsed->value;
  }
  return record;
}

bool IsRecordKey(absl::string_view key) {
  return key.size() == 1 + Digest::kHashBytes;
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

  // With `if_idle`, not if there is something to commit for the key.
  void Put(std::string key, std::optional<std::string> record,
           bool if_idle = false);
  void StartCommitter() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  void Count(const LmdbFile::Counters& add);
  absl::Status Failure() {
    MutexLock lock(&mu);
    return failure;
  }
  // The record, or what is known of it without asking the file.
  std::optional<std::optional<std::string>> FindUncommitted(
      const std::string& key);
  void CommitForever();
  absl::Status CommitBatch(const Batch& batch,
                           const LmdbFile::Counters& counted);
  absl::Status Flush(bool sync);

  const std::string path;
  const WriterMarks marks;
  const std::unique_ptr<LmdbFile> file;

  Mutex mu;
  CondVar wake;       // For the committing thread: look again.
  CondVar committed;  // For everyone else.
  Batch pending ABSL_GUARDED_BY(mu);
  size_t pending_bytes ABSL_GUARDED_BY(mu) = 0;
  LmdbFile::Counters pending_counts ABSL_GUARDED_BY(mu){};
  // What the thread is about to commit: it reads this without the lock, so
  // nobody may change it, but the thread under the lock.
  Batch committing ABSL_GUARDED_BY(mu);
  bool is_committing ABSL_GUARDED_BY(mu) = false;
  uint64_t puts ABSL_GUARDED_BY(mu) = 0;
  uint64_t puts_committed ABSL_GUARDED_BY(mu) = 0;
  bool hurry ABSL_GUARDED_BY(mu) = false;
  bool stop ABSL_GUARDED_BY(mu) = false;
  bool unsynced ABSL_GUARDED_BY(mu) = false;
  absl::Status failure ABSL_GUARDED_BY(mu);
  std::thread committer ABSL_GUARDED_BY(mu);
};

void RecordTable::State::StartCommitter() {
  if (!committer.joinable()) {
    committer = std::thread([this] { CommitForever(); });
  }
}

void RecordTable::State::Put(std::string key, std::optional<std::string> record,
                             bool if_idle) {
  MutexLock lock(&mu);
  while (pending_bytes > kMostBytes) committed.Wait(&mu);
  if (if_idle && (pending.contains(key) || committing.contains(key))) return;
  StartCommitter();
  pending_bytes += key.size() + (record.has_value() ? record->size() : 0);
  const bool first = pending.empty();
  pending[std::move(key)] = std::move(record);
  ++puts;
  if (first || pending.size() == kBatch) wake.Signal();
}

void RecordTable::State::Count(const LmdbFile::Counters& add) {
  MutexLock lock(&mu);
  StartCommitter();
  const bool first = pending.empty() && pending_counts == LmdbFile::Counters{};
  for (size_t i = 0; i < add.size(); ++i) pending_counts[i] += add[i];
  ++puts;
  if (first) wake.Signal();
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
    while (puts == puts_committed && !stop) wake.Wait(&mu);
    if (puts == puts_committed) return;
    const absl::Time due = absl::Now() + kCommitEvery;
    while (!stop && !hurry && pending.size() < kBatch &&
           !wake.WaitWithDeadline(&mu, due)) {
    }
    committing.swap(pending);
    pending_bytes = 0;
    hurry = false;
    const uint64_t upto = puts;
    const Batch& batch = committing;
    const LmdbFile::Counters counted = std::exchange(pending_counts, {});
    const bool mark = !unsynced;
    unsynced = true;
    is_committing = true;
    mu.Unlock();
    absl::Status status = mark ? marks.Set() : absl::OkStatus();
    if (status.ok()) status = CommitBatch(batch, counted);
    mu.Lock();
    failure.Update(status);
    committing.clear();
    is_committing = false;
    puts_committed = upto;
    committed.SignalAll();
  }
}

absl::Status RecordTable::State::CommitBatch(
    const Batch& batch, const LmdbFile::Counters& counted) {
  std::vector<LmdbFile::Change> changes;
  changes.reserve(batch.size());
  for (const auto& [key, record] : batch) {
    changes.push_back({key, std::nullopt});
    if (record.has_value()) changes.back().value = *record;
  }
  std::sort(changes.begin(), changes.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  absl::Status status = file->Commit(changes, counted);
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
                                             const Digest::Hash& hash,
                                             bool* used_first) const {
  const std::string key = KeyOf(kind, hash);
  std::optional<std::string> record;
  if (auto uncommitted = state_->FindUncommitted(key)) {
    record = *std::move(uncommitted);
  } else {
    record = state_->file->Find(key);
  }
  if (!record.has_value()) return std::nullopt;
  const std::optional<Parsed> parsed = Parse(*record);
  if (!parsed.has_value()) return std::nullopt;
  const bool first = parsed->last_use + kUseGrainS < NowSeconds();
  if (first) state_->Put(key, RecordOf(parsed->value), /*if_idle=*/true);
  if (used_first != nullptr) *used_first = first;
  return record->substr(kHeaderBytes);
}

std::optional<std::string> RecordTable::Peek(Kind kind,
                                             const Digest::Hash& hash) const {
  std::optional<std::string> record = state_->file->Find(KeyOf(kind, hash));
  if (!record.has_value() || !Parse(*record).has_value()) return std::nullopt;
  return record->substr(kHeaderBytes);
}

void RecordTable::Put(Kind kind, const Digest::Hash& hash,
                      absl::string_view value) {
  state_->Put(KeyOf(kind, hash), RecordOf(value));
}

void RecordTable::Remove(Kind kind, const Digest::Hash& hash) {
  state_->Put(KeyOf(kind, hash), std::nullopt);
}

absl::Status RecordTable::Flush(bool sync) { return state_->Flush(sync); }

absl::Status RecordTable::failure() const { return state_->Failure(); }

void RecordTable::Visit(Kind kind, uint8_t first_byte,
                        const std::function<void(const Record&)>& visit) const {
  std::optional<std::string> from = {
      {static_cast<char>(kind), static_cast<char>(first_byte)}};
  std::string to = *from;
  if (first_byte == 0xff) {
    to = static_cast<char>(static_cast<char>(kind) + 1);
  } else {
    to[1] = static_cast<char>(first_byte + 1);
  }
  while (from.has_value()) {
    from = state_->file->Visit(
        *from, to, [&](absl::string_view key, absl::string_view bytes) {
          if (IsRecordKey(key)) visit(Described(key, bytes));
        });
  }
}

absl::StatusOr<std::vector<RecordTable::Removed>> RecordTable::RemoveIf(
    Kind kind, const std::vector<Digest::Hash>& hashes,
    const std::function<bool(const Record&)>& may_go) {
  std::vector<std::string> keys;
  keys.reserve(hashes.size());
  for (const Digest::Hash& hash : hashes) keys.push_back(KeyOf(kind, hash));
  ASSIGN_OR_RETURN(const std::vector<LmdbFile::Entry> entries,
                   state_->file->RemoveIf(keys, [&](absl::string_view key,
                                                    absl::string_view bytes) {
                     return may_go(Described(key, bytes));
                   }));
  std::vector<Removed> removed;
  for (const LmdbFile::Entry& entry : entries) {
    const Record record = Described(entry.key, entry.value);
    removed.push_back({record.hash, record.space, std::string(record.value)});
  }
  return removed;
}

RecordTable::Usage RecordTable::usage() const {
  // While a batch is on its way, nobody can tell whether the file has its
  // counts already.
  MutexLock lock(&state_->mu);
  while (state_->is_committing) state_->committed.Wait(&state_->mu);
  LmdbFile::Counters counters = state_->file->counters();
  for (size_t i = 0; i < counters.size(); ++i) {
    counters[i] += state_->pending_counts[i];
  }
  return {counters[0], counters[kFilesCounter], counters[kFileSpaceCounter],
          counters[kCountedCounter] > 0};
}

void RecordTable::CountFiles(int64_t files, int64_t space) {
  LmdbFile::Counters add{};
  add[kFilesCounter] = files;
  add[kFileSpaceCounter] = space;
  state_->Count(add);
}

void RecordTable::SetCounted() {
  LmdbFile::Counters add{};
  add[kCountedCounter] = 1;
  state_->Count(add);
}

int64_t RecordTable::size() const { return state_->file->entries(); }
int64_t RecordTable::bytes() const { return state_->file->bytes(); }

}  // namespace graph
