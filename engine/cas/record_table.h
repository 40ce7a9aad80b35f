// SPDX-License-Identifier: Apache-2.0
// Small values under digests, in one LMDB file.
//
//   key   = kind (one byte), 32 bytes of SHA-256
//   value = XXH3-64 of the rest (8 bytes, little-endian), bytes
//
// Puts are collected and committed together by a thread of the table's own,
// every few milliseconds. LMDB commits by copy on write and a switch of its
// first pages, so a process that is killed loses what it had not committed and
// nothing else. Nothing is synced before Flush(): a loss of power may tear the
// file as a whole. `<path>.writers/` therefore has a file for each process with
// unsynced commits, which tells when the machine was started; one from before
// the last start means that the table cannot be trusted, and it starts empty.

#ifndef GRAPH_ENGINE_CAS_RECORD_TABLE_H_
#define GRAPH_ENGINE_CAS_RECORD_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// Safe for concurrent use, by threads and by processes; as for LocalStore, one
// object per path in a process, and none across a fork.
class RecordTable {
 public:
  enum class Kind : char { kBlob = 'b', kAction = 'a' };

  // Makes the file if there is none; one that is damaged is set aside.
  static absl::StatusOr<std::unique_ptr<RecordTable>> Open(
      const std::string& path);
  // Commits what was put.
  ~RecordTable();

  // Torn values are absent.
  std::optional<std::string> Find(Kind kind, const Digest::Hash& hash) const;

  // Replaces. Seen by this process at once, by others soon.
  void Put(Kind kind, const Digest::Hash& hash, absl::string_view value);
  void Remove(Kind kind, const Digest::Hash& hash);

  // Commits what was put, and syncs it if `sync`. Fails if that or an earlier
  // commit failed (a full disk).
  absl::Status Flush(bool sync);

  int64_t size() const;   // Committed records.
  int64_t bytes() const;  // Of the file.

 private:
  struct State;
  explicit RecordTable(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_RECORD_TABLE_H_
