// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/local_store.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/cas/last_use.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/survey.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/file_use.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

constexpr absl::string_view kFormatPrefix = "graph store ";
constexpr size_t kChunk = 256 << 10;

absl::StatusOr<Digest> DigestOf(InputFile& file) {
  thread_local std::string buffer(kChunk, '\0');
  Digester digester;
  while (true) {
    ASSIGN_OR_RETURN(size_t size, file.Read(buffer.data(), buffer.size()));
    digester.Update({buffer.data(), size});
    if (size < buffer.size()) return digester.Finish();
  }
}

absl::Status NotInStore(const Digest& digest) {
  return absl::NotFoundError(
      absl::StrCat("blob ", digest.ToString(), " is not in the store"));
}

absl::Status WriteFormat(const std::string& path) {
  return WriteFileAtomic(path,
                         absl::StrCat(kFormatPrefix, LocalStore::kFormat, "\n"),
                         {.sync = true});
}

// The index of an older format goes; blobs that are files stay.
absl::Status Upgrade(const std::string& root, const std::string& format_path) {
  const std::string index = absl::StrCat(root, "/index");
  ASSIGN_OR_RETURN(const FileLock opening,
                   FileLock::Acquire(absl::StrCat(index, ".opening"),
                                     FileLock::Mode::kExclusive));
  RETURN_IF_ERROR(RemoveTree(index));
  RETURN_IF_ERROR(RemoveTree(absl::StrCat(index, "-lock")));
  return WriteFormat(format_path);
}

absl::Status CheckFormat(const std::string& root) {
  const std::string path = absl::StrCat(root, "/format");
  absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) {
    RETURN_IF_ERROR(MakeDirectories(root));
    return WriteFormat(path);
  }
  RETURN_IF_ERROR(text.status());
  absl::string_view number = *text;
  int format = 0;
  if (!absl::ConsumePrefix(&number, kFormatPrefix) ||
      !absl::SimpleAtoi(number, &format)) {
    return absl::FailedPreconditionError(absl::StrCat(
        path,
        " does not look like that of a store of graph: `graph cache doctor "
        "--repair` mends it if it was damaged; if this is no store, give "
        "another --cache-dir"));
  }
  if (format > LocalStore::kFormat) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the store at ", root, " was made by a newer graph (store format ",
        format, ", this one knows up to ", LocalStore::kFormat,
        "): use that one, or give another --cache-dir"));
  }
  return format < LocalStore::kFormat ? Upgrade(root, path) : absl::OkStatus();
}

absl::Status SealAt(const std::string& path, bool executable) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  return file.Seal(BlobMode(executable), LocalStore::kSealTimeNs);
}

bool IsLongAgo(int64_t used_ns) {
  return used_ns / 1'000'000'000 + kUseGrainS < NowSeconds();
}

// Removes the temporary folders of processes that were killed. A lock that is
// a minute old and that nobody holds belongs to one.
void SweepTemporaryFolders(const std::string& folder) {
  constexpr int64_t kMinuteNs = 60'000'000'000;
  auto entries = ListDirectory(folder);
  if (!entries.ok()) return;
  for (const DirectoryEntry& entry : *entries) {
    absl::string_view name = entry.name;
    if (!absl::ConsumeSuffix(&name, ".lock")) continue;
    const std::string lock_path = absl::StrCat(folder, "/", entry.name);
    auto state = Stat(lock_path);
    if (!state.ok() || state->mtime_ns + kMinuteNs > FileClockNanos()) continue;
    auto lock = FileLock::TryAcquire(lock_path, FileLock::Mode::kExclusive);
    if (!lock.ok() || !lock->has_value()) continue;
    RemoveTree(absl::StrCat(folder, "/", name)).IgnoreError();
    RemoveFile(lock_path).IgnoreError();
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<LocalStore>> LocalStore::Open(
    const std::string& root) {
  RETURN_IF_ERROR(CheckFormat(root));
  ASSIGN_OR_RETURN(std::unique_ptr<RecordTable> records,
                   RecordTable::Open(absl::StrCat(root, "/index")));
  // Files of a store whose index was lost are there and not counted.
  if (!records->usage().counted && !Exists(absl::StrCat(root, "/blobs"))) {
    records->SetCounted();
  }
  return std::unique_ptr<LocalStore>(new LocalStore(root, std::move(records)));
}

LocalStore::LocalStore(std::string root, std::unique_ptr<RecordTable> records)
    : root_(std::move(root)),
      records_(std::move(records)),
      lease_(LeaseFolder()) {}

std::string LocalStore::LeaseFolder() const {
  return absl::StrCat(root_, "/leases");
}

void LocalStore::WatchGrowth(int64_t every, std::function<void()> grown) {
  watch_every_ = every;
  grown_ = std::move(grown);
}

void LocalStore::Grow(int64_t bytes) {
  if (grown_ == nullptr) return;
  if (growth_.fetch_add(bytes, std::memory_order_relaxed) + bytes <
      watch_every_) {
    return;
  }
  growth_.store(0, std::memory_order_relaxed);
  grown_();
}

void LocalStore::CountFile(int64_t files, int64_t size) {
  records_->CountFiles(files, files * SpaceOfFile(size));
  if (files > 0) Grow(SpaceOfFile(size));
}

LocalStore::~LocalStore() {
  MutexLock lock(&mu_);
  if (temporary_.empty()) return;
  RemoveTree(temporary_).IgnoreError();
  RemoveFile(absl::StrCat(temporary_, ".lock")).IgnoreError();
}

// --- Taking out --------------------------------------------------------------

absl::Status LocalStore::Quarantine(const std::string& path,
                                    const Digest& digest) {
  const std::string folder = absl::StrCat(root_, "/quarantine");
  RETURN_IF_ERROR(MakeDirectories(folder));
  const std::string aside =
      absl::StrCat(folder, "/", digest.hex(), "-", WallMillis());
  // If another process was quicker, there is nothing left to move.
  if (Rename(path, aside).ok()) {
    CountFile(-1, digest.size());
    // Who knows it by another name shall see that it is not whole.
    absl::StatusOr<InputFile> damaged = InputFile::Open(aside);
    if (damaged.ok())
      damaged->Seal(BlobMode(damaged->executable()), 0).IgnoreError();
  }
  return absl::DataLossError(absl::StrCat(
      "blob ", digest.ToString(), " was damaged in the store and set aside"));
}

absl::Status LocalStore::Verify(const Digest& digest, bool executable) {
  const std::string path = BlobPath(root_, digest, executable);
  absl::Status failed;
  // What cannot be read twice is as good as damaged.
  for (int i = 0; i < 2; ++i) {
    absl::StatusOr<InputFile> file = InputFile::Open(path);
    if (absl::IsNotFound(file.status())) return NotInStore(digest);
    if (absl::IsInvalidArgument(file.status())) {
      return Quarantine(path, digest);
    }
    failed = file.status();
    if (!file.ok()) continue;
    absl::StatusOr<Digest> found = DigestOf(*file);
    if (!found.ok()) continue;
    if (*found != digest) return Quarantine(path, digest);
    return file->Seal(BlobMode(executable), kSealTimeNs);
  }
  // What cannot even be opened may be whole: we have too many files open.
  return failed.ok() ? Quarantine(path, digest) : failed;
}

absl::Status LocalStore::Check(const Digest& digest, bool executable) {
  const std::string path = BlobPath(root_, digest, executable);
  lease_.Use(digest.hash());
  absl::StatusOr<FileUse> use = LinkStatUse(path);
  if (!use.ok()) return NotInStore(digest);
  if (!IsSealed(use->state, digest, executable)) {
    return Verify(digest, executable);
  }
  if (IsLongAgo(use->used_ns)) MarkUsed(path).IgnoreError();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Digest>> LocalStore::Missing(
    std::span<const Digest> wanted) {
  std::vector<Digest> missing;
  for (const Digest& digest : wanted) {
    if (digest.size() == 0) continue;
    if (digest.size() <= kSmallBlob && GetRecord(digest).ok()) continue;
    if (Check(digest, false).ok() || Check(digest, true).ok()) continue;
    missing.push_back(digest);
  }
  return missing;
}

absl::StatusOr<std::string> LocalStore::GetRecord(const Digest& digest) {
  lease_.Use(digest.hash());
  std::optional<std::string> bytes =
      records_->Find(RecordTable::Kind::kBlob, digest.hash());
  if (!bytes.has_value()) {
    // It may have been put and lost.
    RETURN_IF_ERROR(records_->failure());
    return NotInStore(digest);
  }
  if (Digest::Of(*bytes) != digest) {
    // Bytes that were right when they came but are not these: only a wrong
    // size does that, and then they are another blob's.
    return NotInStore(digest);
  }
  return *std::move(bytes);
}

absl::StatusOr<std::string> LocalStore::GetFile(const Digest& digest,
                                                bool executable) {
  lease_.Use(digest.hash());
  const std::string path = BlobPath(root_, digest, executable);
  absl::StatusOr<std::string> bytes = ReadFile(path);
  if (absl::IsNotFound(bytes.status())) return NotInStore(digest);
  if (bytes.ok() && Digest::Of(*bytes) == digest) return bytes;
  // Verify sets it aside, unless it can be read now.
  RETURN_IF_ERROR(Verify(digest, executable));
  bytes = ReadFile(path);
  if (bytes.ok() && Digest::Of(*bytes) == digest) return bytes;
  return Quarantine(path, digest);
}

absl::StatusOr<std::string> LocalStore::Get(const Digest& digest) {
  if (digest == EmptyDigest()) return "";
  absl::Status failed;  // The first that tells more than absence.
  const auto note = [&failed](const absl::Status& status) {
    if (failed.ok() || absl::IsNotFound(failed)) failed = status;
  };
  if (digest.size() <= kSmallBlob) {
    absl::StatusOr<std::string> bytes = GetRecord(digest);
    if (bytes.ok()) return bytes;
    note(bytes.status());
  }
  for (bool executable : {false, true}) {
    absl::StatusOr<std::string> bytes = GetFile(digest, executable);
    if (bytes.ok()) return bytes;
    note(bytes.status());
  }
  return failed;
}

absl::Status LocalStore::Link(const Digest& digest, bool executable,
                              const std::string& path) {
  if (absl::Status whole = Check(digest, executable); !whole.ok()) {
    absl::Status promoted = Promote(digest, executable);
    if (!promoted.ok()) return absl::IsNotFound(whole) ? promoted : whole;
  }
  const std::string blob = BlobPath(root_, digest, executable);
  absl::Status linked = HardLink(blob, path);
  // Somebody who settles the same blob puts his file in the place of the one
  // that we were about to link: the next is as good.
  for (int i = 0; i < 8 && absl::IsNotFound(linked) && Exists(blob); ++i) {
    linked = HardLink(blob, path);
  }
  if (absl::IsResourceExhausted(linked)) {
    // It has all the links that a file may have: go on with a fresh one.
    RETURN_IF_ERROR(PutCopyOf(blob, digest, executable));
    linked = HardLink(blob, path);
  }
  if (linked.ok() || absl::IsAlreadyExists(linked) ||
      absl::IsNotFound(linked)) {
    return linked;
  }
  absl::Status copied = CopyFile(blob, path);
  if (copied.ok()) copied = SealAt(path, executable);
  if (!copied.ok() && !absl::IsAlreadyExists(copied)) {
    RemoveFile(path).IgnoreError();  // Half of it.
  }
  return copied;
}

bool LocalStore::IsLinked(const Digest& digest, bool executable,
                          const std::string& path) {
  absl::StatusOr<FileState> there = LinkStat(path);
  if (!there.ok() || there->type != FileType::kRegular) return false;
  const std::string blob_path = BlobPath(root_, digest, executable);
  lease_.Use(digest.hash());
  absl::StatusOr<FileUse> use = LinkStatUse(blob_path);
  if (!use.ok()) return false;
  if (IsLongAgo(use->used_ns)) MarkUsed(blob_path).IgnoreError();
  const FileState* blob = &use->state;
  if (there->device != blob->device) {
    // Links cannot reach it: a copy of ours, perhaps.
    if (!IsSealed(*there, digest, executable)) return false;
    absl::StatusOr<InputFile> copy = InputFile::Open(path);
    if (!copy.ok()) return false;
    absl::StatusOr<Digest> found = DigestOf(*copy);
    return found.ok() && *found == digest;
  }
  return there->inode == blob->inode && (IsSealed(*blob, digest, executable) ||
                                         Verify(digest, executable).ok());
}

// --- Taking in ---------------------------------------------------------------

absl::StatusOr<std::string> LocalStore::NewTemporaryPath() {
  RETURN_IF_ERROR(MakeTemporaryFolder());
  MutexLock lock(&mu_);
  return absl::StrCat(temporary_, "/", ++last_temporary_);
}

absl::Status LocalStore::MakeTemporaryFolder() {
  MutexLock lock(&mu_);
  if (!temporary_.empty()) return absl::OkStatus();
  const std::string folder = absl::StrCat(root_, "/tmp");
  RETURN_IF_ERROR(MakeDirectories(folder));
  SweepTemporaryFolders(folder);
  ASSIGN_OR_RETURN(
      std::string own,
      MakeTemporaryDirectory(folder, absl::StrCat(ProcessId(), "-")));
  ASSIGN_OR_RETURN(FileLock held,
                   FileLock::Acquire(absl::StrCat(own, ".lock"),
                                     FileLock::Mode::kExclusive));
  temporary_lock_.emplace(std::move(held));
  temporary_ = std::move(own);
  return absl::OkStatus();
}

absl::Status LocalStore::Settle(const std::string& temporary,
                                const Digest& digest, bool executable) {
  if (Check(digest, executable).ok()) return RemoveFile(temporary);
  const std::string path = BlobPath(root_, digest, executable);
  const std::string folder = path.substr(0, path.rfind('/'));
  absl::Status moved = RenameNew(temporary, path);
  if (absl::IsNotFound(moved)) {
    RETURN_IF_ERROR(MakeDirectories(folder));
    moved = RenameNew(temporary, path);
  }
  if (absl::IsAlreadyExists(moved) && Check(digest, executable).ok()) {
    // Somebody was quicker. To put ours in its place would take the last name
    // from an inode that he may be about to link.
    return RemoveFile(temporary);
  }
  if (!moved.ok()) {
    // What is there is damaged, or this file system knows only plain renames.
    RETURN_IF_ERROR(MakeDirectories(folder));
    const bool replaces = Exists(path);
    moved = Rename(temporary, path);
    if (replaces) return moved;
  }
  if (moved.ok()) CountFile(1, digest.size());
  return moved;
}

absl::Status LocalStore::PutBytes(absl::string_view bytes, const Digest& digest,
                                  bool executable) {
  if (Check(digest, executable).ok()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string temporary, NewTemporaryPath());
  absl::Status put = WriteFile(temporary, bytes, 0600);
  if (put.ok()) put = SealAt(temporary, executable);
  if (put.ok()) put = Settle(temporary, digest, executable);
  if (!put.ok()) RemoveFile(temporary).IgnoreError();
  return put;
}

absl::Status LocalStore::PutCopyOf(const std::string& path,
                                   const Digest& digest, bool executable) {
  ASSIGN_OR_RETURN(std::string temporary, NewTemporaryPath());
  const std::string place = BlobPath(root_, digest, executable);
  absl::Status put = CopyFile(path, temporary);
  if (put.ok()) put = SealAt(temporary, executable);
  const bool replaces = Exists(place);
  if (put.ok()) put = Rename(temporary, place);
  if (!put.ok()) {
    RemoveFile(temporary).IgnoreError();
  } else if (!replaces) {
    CountFile(1, digest.size());
  }
  return put;
}

absl::Status LocalStore::Promote(const Digest& digest, bool executable) {
  if (digest == EmptyDigest()) return PutBytes("", digest, executable);
  if (digest.size() <= kSmallBlob) {
    absl::StatusOr<std::string> bytes = GetRecord(digest);
    if (bytes.ok()) return PutBytes(*bytes, digest, executable);
  }
  RETURN_IF_ERROR(Check(digest, !executable));
  return PutCopyOf(BlobPath(root_, digest, !executable), digest, executable);
}

absl::StatusOr<Digest> LocalStore::Put(absl::string_view bytes) {
  const Digest digest = Digest::Of(bytes);
  if (digest.size() == 0) return digest;
  if (digest.size() > kSmallBlob) {
    RETURN_IF_ERROR(PutBytes(bytes, digest, false));
  } else if (!GetRecord(digest).ok()) {
    records_->Put(RecordTable::Kind::kBlob, digest.hash(), bytes);
    Grow(digest.size());
  }
  return digest;
}

absl::StatusOr<Digest> LocalStore::PutFile(const std::string& path,
                                           bool consume) {
  std::string moving = path;
  if (!consume) {
    ASSIGN_OR_RETURN(FileState state, Stat(path));
    if (state.size <= kSmallBlob) {
      ASSIGN_OR_RETURN(std::string bytes, ReadFile(path));
      return Put(bytes);
    }
    ASSIGN_OR_RETURN(moving, NewTemporaryPath());
    if (absl::Status copied = CopyFile(path, moving); !copied.ok()) {
      RemoveFile(moving).IgnoreError();
      return copied;
    }
  }
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(moving));
  ASSIGN_OR_RETURN(Digest digest, DigestOf(file));
  RETURN_IF_ERROR(file.Seal(BlobMode(file.executable()), kSealTimeNs));
  absl::Status settled = Settle(moving, digest, file.executable());
  if (consume && !settled.ok() && Exists(moving)) {
    // It lies on another file system, or where we may not take it from.
    ASSIGN_OR_RETURN(Digest copied, PutFile(path, false));
    RETURN_IF_ERROR(RemoveFile(path));
    return copied;
  }
  RETURN_IF_ERROR(settled);
  return digest;
}

// --- For the doctor ----------------------------------------------------------

absl::StatusOr<Digest> LocalStore::Inspect(const Digest& digest,
                                           bool executable,
                                           bool* sealed) const {
  const std::string path = BlobPath(root_, digest, executable);
  ASSIGN_OR_RETURN(const FileState state, LinkStat(path));
  *sealed = IsSealed(state, digest, executable);
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  return DigestOf(file);
}

absl::StatusOr<std::string> LocalStore::Peek(const Digest& digest) const {
  if (digest == EmptyDigest()) return "";
  std::optional<std::string> record =
      records_->Peek(RecordTable::Kind::kBlob, digest.hash());
  if (record.has_value() && Digest::Of(*record) == digest) return *record;
  for (bool executable : {false, true}) {
    absl::StatusOr<std::string> bytes =
        ReadFile(BlobPath(root_, digest, executable));
    if (bytes.ok() && Digest::Of(*bytes) == digest) return bytes;
  }
  return NotInStore(digest);
}

// --- Housekeeping ------------------------------------------------------------

absl::Status LocalStore::Flush() { return records_->Flush(true); }

absl::StatusOr<StoreStatistics> LocalStore::Statistics() {
  RETURN_IF_ERROR(records_->Flush(false));
  return TakeStatistics(*this);
}

}  // namespace graph
