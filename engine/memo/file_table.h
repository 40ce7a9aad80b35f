// SPDX-License-Identifier: Apache-2.0
// The digests of files that were read before, so that a file whose stamp still
// holds need not be read again.

#ifndef GRAPH_ENGINE_MEMO_FILE_TABLE_H_
#define GRAPH_ENGINE_MEMO_FILE_TABLE_H_

#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/base/file_stamp.h"
#include "engine/base/mutex.h"

namespace graph {

// Path → stamp and digest. Safe for concurrent use.
class FileTable {
 public:
  // What Encode() wrote; anything else is as an empty table.
  static void Load(absl::string_view bytes, FileTable& table);
  std::string Encode() const ABSL_LOCKS_EXCLUDED(mu_);

  // The digest of `path`, if it was last seen with this very stamp.
  std::optional<Digest> Find(absl::string_view path,
                             const FileStamp& stamp) const
      ABSL_LOCKS_EXCLUDED(mu_);

  // Remembers that `path` had these bytes. REQUIRES: `stamp` was settled (see
  // FileStamp) when it was taken, or a change could go unseen.
  void Set(absl::string_view path, const FileStamp& stamp, const Digest& digest)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Whether Set() was called since Load().
  bool changed() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct Entry {
    FileStamp stamp;
    Digest digest;
  };

  mutable Mutex mu_;
  absl::flat_hash_map<std::string, Entry> entries_ ABSL_GUARDED_BY(mu_);
  bool changed_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MEMO_FILE_TABLE_H_
