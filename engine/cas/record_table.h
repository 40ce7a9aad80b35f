// SPDX-License-Identifier: Apache-2.0
// Small values under digests, in one LMDB file.
//
//   key   = kind (one byte), 32 bytes of SHA-256
//   value = XXH3-64 of the rest (8 bytes), last use (4 bytes: seconds since
//           1970), bytes; numbers are little-endian
//
// The last use is exact to kUseGrainS: who finds a record writes it anew only
// if it is older than that. Beside the records, the file counts the blobs that
// are files, for LocalStore (see LmdbFile::Counters).
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
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

  // Torn values are absent. A use: `*used_first`, if given, becomes true if the
  // last one was so long ago that this one was written down.
  std::optional<std::string> Find(Kind kind, const Digest::Hash& hash,
                                  bool* used_first = nullptr) const;

  // As Find, but not a use, and only of what is committed.
  std::optional<std::string> Peek(Kind kind, const Digest::Hash& hash) const;
  bool Has(Kind kind, const Digest::Hash& hash) const {
    return Peek(kind, hash).has_value();
  }

  // Replaces. Seen by this process at once, by others soon.
  void Put(Kind kind, const Digest::Hash& hash, absl::string_view value);
  void Remove(Kind kind, const Digest::Hash& hash);

  // Commits what was put, and syncs it if `sync`. Fails if that or an earlier
  // commit failed (a full disk).
  absl::Status Flush(bool sync);

  // What went wrong with the commits so far: what was put is lost.
  absl::Status failure() const;

  int64_t size() const;   // Committed records.
  int64_t bytes() const;  // Of the file, which never shrinks.

  // --- Housekeeping ---

  // A committed record. Valid as long as the call that shows it.
  struct Record {
    Kind kind;
    Digest::Hash hash;
    bool sound = false;    // What follows is set only if it is.
    int64_t last_use = 0;  // Seconds since 1970.
    absl::string_view value;
    int64_t space = 0;  // On the disk, roughly. Always set.
  };
  // Shows the committed records of `kind` whose hashes begin with this byte.
  // The visitor does not call the table.
  void Visit(Kind kind, uint8_t first_byte,
             const std::function<void(const Record&)>& visit) const;

  // Removes those of the records that `may_go`, all at once, and returns them.
  struct Removed {
    Digest::Hash hash;
    int64_t space = 0;
    std::string value;
  };
  absl::StatusOr<std::vector<Removed>> RemoveIf(
      Kind kind, const std::vector<Digest::Hash>& hashes,
      const std::function<bool(const Record&)>& may_go);

  // What is counted, with what this process has yet to commit.
  struct Usage {
    int64_t record_space = 0;  // Of all records together.
    int64_t files = 0;
    int64_t file_space = 0;
    // Whether SetCounted() was called since the table was made: if not, there
    // may be files that nobody has counted.
    bool counted = false;
    int64_t total() const { return record_space + file_space; }
    friend bool operator==(const Usage&, const Usage&) = default;
  };
  Usage usage() const;
  // Adds to the counts, soon.
  void CountFiles(int64_t files, int64_t space);
  void SetCounted();

 private:
  struct State;
  explicit RecordTable(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_RECORD_TABLE_H_
