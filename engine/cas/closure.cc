// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/closure.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/store_layout.h"
#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"

namespace graph {

bool Closure::IsBlobThere(const Digest& digest) const {
  if (digest.size() == 0) return true;
  const auto counts = [this](const std::string& where) {
    return is_bad_ == nullptr || !is_bad_(where);
  };
  if (digest.size() <= LocalStore::kSmallBlob &&
      store_.records().Has(RecordTable::Kind::kBlob, digest.hash()) &&
      counts(absl::StrCat("small blob ", digest.hex()))) {
    return true;
  }
  for (bool executable : {false, true}) {
    const std::string path = BlobPath("", digest, executable);
    if (Exists(absl::StrCat(store_.root(), path)) && counts(path.substr(1))) {
      return true;
    }
  }
  return false;
}

bool Closure::IsTreeThere(const Digest& root) const {
  if (!IsBlobThere(root)) return false;
  absl::StatusOr<std::string> bytes = store_.Peek(root);
  if (!bytes.ok()) return false;
  absl::StatusOr<Directory> folder = Directory::Decode(*bytes);
  return folder.ok() &&
         std::all_of(folder->files.begin(), folder->files.end(),
                     [this](const FileNode& file) {
                       return IsBlobThere(file.digest);
                     }) &&
         std::all_of(folder->directories.begin(), folder->directories.end(),
                     [this](const DirectoryNode& child) {
                       return IsTreeThere(child.digest);
                     });
}

bool Closure::IsThere(const ActionResult& result) const {
  if (!IsBlobThere(result.stdout_digest) ||
      !IsBlobThere(result.stderr_digest)) {
    return false;
  }
  return std::all_of(result.outputs.begin(), result.outputs.end(),
                     [this](const OutputEntry& output) {
                       switch (output.kind) {
                         case OutputEntry::Kind::kFile:
                           return IsBlobThere(output.digest);
                         case OutputEntry::Kind::kDirectory:
                           return IsTreeThere(output.digest);
                         case OutputEntry::Kind::kSymlink:
                           return true;
                       }
                       return false;
                     });
}

void DropOpenResults(
    LocalStore& store, int part, const Closure& closure,
    const std::function<bool(const Digest::Hash&)>& may_go,
    const std::function<void(const RecordTable::Removed&)>& removed) {
  // Copied first: who is shown a record must not ask the table.
  std::vector<std::pair<Digest::Hash, std::string>> results;
  store.records().Visit(RecordTable::Kind::kAction, static_cast<uint8_t>(part),
                        [&](const RecordTable::Record& record) {
                          if (record.sound)
                            results.emplace_back(record.hash, record.value);
                        });
  for (const auto& [hash, bytes] : results) {
    const auto result = LocalActionCache::Parse(bytes);
    if (!result.has_value() || closure.IsThere(*result)) continue;
    if (!may_go(hash)) continue;
    auto gone = store.records().RemoveIf(
        RecordTable::Kind::kAction, {hash},
        [&bytes = bytes](const RecordTable::Record& record) {
          return record.value == bytes;
        });
    if (gone.ok() && !gone->empty()) removed(gone->front());
  }
}

}  // namespace graph
