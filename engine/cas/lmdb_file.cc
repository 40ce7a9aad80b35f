// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/lmdb_file.h"

#include <lmdb.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// The main database of the file: no other is used.
constexpr MDB_dbi kMain = 1;
// Address space, not memory and not disk.
constexpr size_t kFirstMap = size_t{1} << 36;
constexpr unsigned kReaders = 1024;
// LMDB does not write pages that it took and gave back in one transaction, so
// a sound file may lack a few at its end.
constexpr int64_t kUnwrittenPages = 256;

absl::Status LmdbError(int code, absl::string_view tried) {
  std::string text = absl::StrCat(tried, ": ", mdb_strerror(code));
  switch (code) {
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
      return absl::DataLossError(text);
    case MDB_PANIC:
      // A commit could not write its first pages. The file is as it was before,
      // but this process may not go on with it.
      return absl::UnavailableError(
          absl::StrCat(tried, ": an earlier write to it failed"));
    case ENOSPC:
    case EDQUOT:
    case MDB_MAP_FULL:
      return absl::ResourceExhaustedError(text);
    case EACCES:
    case EROFS:
      return absl::PermissionDeniedError(text);
    default:
      return absl::UnavailableError(text);
  }
}

MDB_val ValueOf(absl::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}

absl::string_view TextOf(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

LmdbFile::Counters CountersIn(absl::string_view bytes) {
  LmdbFile::Counters counters{};
  if (bytes.size() == sizeof(counters)) {
    std::memcpy(&counters, bytes.data(), sizeof(counters));
  }
  return counters;
}

int AddTo(MDB_txn* transaction, const LmdbFile::Counters& add) {
  MDB_val key = ValueOf(LmdbFile::kCountersKey);
  MDB_val value;
  LmdbFile::Counters sums{};
  int code = mdb_get(transaction, kMain, &key, &value);
  if (code != 0 && code != MDB_NOTFOUND) return code;
  if (code == 0) sums = CountersIn(TextOf(value));
  for (size_t i = 0; i < sums.size(); ++i) {
    // Below 0 only after a kill at the wrong moment.
    sums[i] = std::max<int64_t>(0, sums[i] + add[i]);
  }
  value = {sizeof(sums), &sums};
  return mdb_put(transaction, kMain, &key, &value, 0);
}

}  // namespace

// A reading transaction out of the pool.
class LmdbFile::Reading {
 public:
  explicit Reading(const LmdbFile& file) : file_(file) {
    file_.map_mu_.ReaderLock();
    int code = Begin();
    if (code == MDB_MAP_RESIZED) {
      file_.map_mu_.ReaderUnlock();
      file_.Remap(0);
      file_.map_mu_.ReaderLock();
      code = Begin();
    }
    if (code != 0) transaction_ = nullptr;
  }
  ~Reading() {
    if (transaction_ != nullptr) {
      mdb_txn_reset(transaction_);
      MutexLock lock(&file_.idle_mu_);
      file_.idle_.push_back(transaction_);
    }
    file_.map_mu_.ReaderUnlock();
  }

  // nullptr if there is no transaction. To be closed before this object.
  MDB_cursor* NewCursor() {
    MDB_cursor* cursor = nullptr;
    if (transaction_ == nullptr ||
        mdb_cursor_open(transaction_, kMain, &cursor) != 0) {
      return nullptr;
    }
    return cursor;
  }

  // The value lies in the map: valid as long as this object.
  bool Find(absl::string_view key, MDB_val* value) {
    MDB_val name = ValueOf(key);
    return transaction_ != nullptr &&
           mdb_get(transaction_, kMain, &name, value) == 0;
  }

 private:
  int Begin() {
    {
      MutexLock lock(&file_.idle_mu_);
      transaction_ = nullptr;
      if (!file_.idle_.empty()) {
        transaction_ = file_.idle_.back();
        file_.idle_.pop_back();
      }
    }
    if (transaction_ == nullptr) {
      return mdb_txn_begin(file_.env_, nullptr, MDB_RDONLY, &transaction_);
    }
    const int code = mdb_txn_renew(transaction_);
    if (code != 0) mdb_txn_abort(transaction_);
    return code;
  }

  const LmdbFile& file_;
  MDB_txn* transaction_ = nullptr;
};

absl::StatusOr<std::unique_ptr<LmdbFile>> LmdbFile::Open(
    const std::string& path) {
  MDB_env* env = nullptr;
  if (int code = mdb_env_create(&env); code != 0) {
    return LmdbError(code, "cannot use LMDB");
  }
  std::unique_ptr<LmdbFile> file(new LmdbFile(env));
  mdb_env_set_mapsize(env, kFirstMap);
  mdb_env_set_maxreaders(env, kReaders);
  constexpr unsigned kFlags = MDB_NOSUBDIR | MDB_NOSYNC | MDB_NOTLS;
  if (int code = mdb_env_open(env, path.c_str(), kFlags, 0600); code != 0) {
    return LmdbError(code, absl::StrCat("cannot open ", path));
  }
  int dead = 0;
  mdb_reader_check(env, &dead);
  RETURN_IF_ERROR(file->CheckLength(path));
  if (int code = file->OpenMain(); code != 0) {
    return LmdbError(code, absl::StrCat("cannot read ", path));
  }
  return file;
}

// Has LMDB set up how keys compare.
int LmdbFile::OpenMain() {
  MDB_txn* transaction = nullptr;
  int code = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &transaction);
  if (code != 0) return code;
  MDB_dbi main = 0;
  code = mdb_dbi_open(transaction, nullptr, 0, &main);
  if (code == 0 && main != kMain) code = MDB_BAD_DBI;
  mdb_txn_abort(transaction);
  return code;
}

LmdbFile::~LmdbFile() {
  for (MDB_txn* transaction : idle_) mdb_txn_abort(transaction);
  mdb_env_close(env_);
}

// A file that is shorter than its pages kills who reads behind its end.
absl::Status LmdbFile::CheckLength(const std::string& path) {
  const auto lacking = [&]() -> int64_t {
    MDB_envinfo info;
    MDB_stat stat;
    std::error_code error;
    mdb_env_info(env_, &info);
    mdb_env_stat(env_, &stat);
    const int64_t want = (info.me_last_pgno + 1) * stat.ms_psize;
    const int64_t have = std::filesystem::file_size(path, error);
    if (have >= want) return 0;
    if (have < want - kUnwrittenPages * stat.ms_psize) return -1;
    return want;
  };
  if (lacking() == 0) return absl::OkStatus();
  // Now without anybody writing.
  MDB_txn* transaction = nullptr;
  if (int code = mdb_txn_begin(env_, nullptr, 0, &transaction); code != 0) {
    return LmdbError(code, absl::StrCat("cannot write ", path));
  }
  const int64_t want = lacking();
  std::error_code error;
  if (want > 0) std::filesystem::resize_file(path, want, error);
  mdb_txn_abort(transaction);
  if (want < 0 || error) {
    return absl::DataLossError(absl::StrCat(path, " is cut off"));
  }
  return absl::OkStatus();
}

void LmdbFile::Remap(size_t bytes) const {
  MutexLock lock(&map_mu_);
  {
    MutexLock idle_lock(&idle_mu_);
    for (MDB_txn* transaction : idle_) mdb_txn_abort(transaction);
    idle_.clear();
  }
  mdb_env_set_mapsize(env_, bytes);
}

std::optional<std::string> LmdbFile::Find(absl::string_view key) const {
  Reading reading(*this);
  MDB_val value;
  if (!reading.Find(key, &value)) return std::nullopt;
  return std::string(static_cast<const char*>(value.mv_data), value.mv_size);
}

// Begins, lets `write` do its part, adds to the counters, and commits.
int LmdbFile::TryWrite(const Writing& write) {
  MDB_txn* transaction = nullptr;
  int code = mdb_txn_begin(env_, nullptr, 0, &transaction);
  if (code != 0) return code;
  Counters add{};
  code = write(transaction, &add);
  if (code == 0 && add != Counters{}) code = AddTo(transaction, add);
  if (code != 0) {
    mdb_txn_abort(transaction);
    return code;
  }
  return mdb_txn_commit(transaction);
}

absl::Status LmdbFile::Write(const Writing& write) {
  constexpr int kTries = 8;
  int code = 0;
  for (int i = 0; i < kTries; ++i) {
    {
      ReaderMutexLock lock(&map_mu_);
      code = TryWrite(write);
    }
    if (code == 0) return absl::OkStatus();
    if (code == MDB_MAP_RESIZED) {
      Remap(0);
    } else if (code == MDB_MAP_FULL) {
      MDB_envinfo info;
      mdb_env_info(env_, &info);
      Remap(info.me_mapsize * 2);
    } else {
      break;
    }
  }
  return LmdbError(code, "cannot write to the index of the store");
}

absl::Status LmdbFile::Commit(std::span<const Change> changes,
                              const Counters& add) {
  return Write([&](MDB_txn* transaction, Counters* counters) {
    *counters = add;
    for (const Change& change : changes) {
      MDB_val key = ValueOf(change.key);
      MDB_val old;
      int code = mdb_get(transaction, kMain, &key, &old);
      if (code != 0 && code != MDB_NOTFOUND) return code;
      const bool was_there = code == 0;
      if (was_there) (*counters)[0] -= SpaceOf(key.mv_size, old.mv_size);
      code = 0;
      if (change.value.has_value()) {
        MDB_val value = ValueOf(*change.value);
        (*counters)[0] += SpaceOf(key.mv_size, value.mv_size);
        code = mdb_put(transaction, kMain, &key, &value, 0);
      } else if (was_there) {
        code = mdb_del(transaction, kMain, &key, nullptr);
      }
      if (code != 0) return code;
    }
    return 0;
  });
}

absl::StatusOr<std::vector<LmdbFile::Entry>> LmdbFile::RemoveIf(
    std::span<const std::string> keys, const Filter& may_go) {
  std::vector<Entry> removed;
  RETURN_IF_ERROR(Write([&](MDB_txn* transaction, Counters* counters) {
    removed.clear();
    *counters = {};
    for (const std::string& name : keys) {
      MDB_val key = ValueOf(name);
      MDB_val value;
      int code = mdb_get(transaction, kMain, &key, &value);
      if (code == MDB_NOTFOUND) continue;
      if (code != 0) return code;
      if (!may_go(name, TextOf(value))) continue;
      removed.push_back({name, std::string(TextOf(value))});
      (*counters)[0] -= SpaceOf(key.mv_size, value.mv_size);
      code = mdb_del(transaction, kMain, &key, nullptr);
      if (code != 0) return code;
    }
    return 0;
  }));
  return removed;
}

std::optional<std::string> LmdbFile::Visit(absl::string_view from,
                                           absl::string_view to,
                                           const Visitor& visit) const {
  // So long a transaction keeps pages that others free from being used again.
  constexpr int kMost = 4096;
  Reading reading(*this);
  MDB_cursor* cursor = reading.NewCursor();
  if (cursor == nullptr) return std::nullopt;
  std::optional<std::string> next;
  MDB_val key = ValueOf(from);
  MDB_val value;
  int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  for (int i = 0; code == 0 && TextOf(key) < to; ++i) {
    if (i == kMost) {
      next.emplace(TextOf(key));
      break;
    }
    if (TextOf(key) != kCountersKey) visit(TextOf(key), TextOf(value));
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  mdb_cursor_close(cursor);
  return next;
}

absl::Status LmdbFile::Sync() {
  if (int code = mdb_env_sync(env_, 1); code != 0) {
    return LmdbError(code, "cannot sync the index of the store");
  }
  return absl::OkStatus();
}

int64_t LmdbFile::SpaceOf(size_t key_bytes, size_t value_bytes) {
  constexpr size_t kPage = 4096;
  constexpr size_t kHeader = 10;        // Of an entry and its place.
  constexpr size_t kMostInPage = 2020;  // Larger ones have their own pages.
  const size_t entry = key_bytes + kHeader + value_bytes;
  if (entry <= kMostInPage) return static_cast<int64_t>(entry * 3 / 2);
  const size_t pages = (value_bytes + 16 + kPage - 1) / kPage;
  return static_cast<int64_t>(pages * kPage + (key_bytes + kHeader) * 3 / 2);
}

LmdbFile::Counters LmdbFile::counters() const {
  return CountersIn(Find(kCountersKey).value_or(""));
}

int64_t LmdbFile::entries() const {
  MDB_stat stat;
  mdb_env_stat(env_, &stat);
  const int64_t all = static_cast<int64_t>(stat.ms_entries);
  return Find(kCountersKey).has_value() ? all - 1 : all;
}

int64_t LmdbFile::bytes() const {
  MDB_envinfo info;
  MDB_stat stat;
  mdb_env_info(env_, &info);
  mdb_env_stat(env_, &stat);
  return (info.me_last_pgno + 1) * stat.ms_psize;
}

}  // namespace graph
